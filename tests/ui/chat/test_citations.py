"""Citations in answers: which numbers lead to a source, what they say, and what stays words."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCharFormat, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.conversations import MessageId, StoredMessage, TurnState
from desktop.core.coverage import SourceId
from desktop.core.events import TurnDelta, TurnFinished
from desktop.core.grounding import AnswerMode, Check, ChecksPart, FoundPart, FoundPassage, Quote, Verdict
from desktop.core.messages import Message, Role, TextPart
from desktop.core.stream import GroundAdded, TextDelta
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.citation_links import fragments
from desktop.ui.chat.citations import citations, number_at
from desktop.ui.chat.markdown_styles import SPOKEN
from desktop.ui.theme import light
from tests.ui.chat.conftest import HERE, Asked, answer, opened, question


def passage(
    number: int, name: str = "Lease.pdf", text: str = "The rent is 1,200.00 a month.", **more: object
) -> FoundPassage:
    return replace(FoundPassage(number, SourceId(7), name, 3, 10, 10 + len(text), text), **more)  # type: ignore[arg-type]


FOUND = FoundPart(AnswerMode.PASSAGES, tuple(passage(number) for number in (1, 2, 3)))


def answered(text: str, *checks: Check, found: FoundPart = FOUND) -> StoredMessage:
    parts = (found, TextPart(text), ChecksPart(checks))
    return replace(answer(2, "x", 1), message=Message(Role.ASSISTANT, parts))


@pytest.fixture
def page(qtbot: QtBot) -> ChatPage:
    made = ChatPage(Asked(), Asked(), light(), draw=lambda _: None)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def text_of(page: ChatPage, row: int = 1) -> QTextDocument:
    view = page.transcript.view_of(row)
    assert view is not None
    return view.text.document()


def looks(document: QTextDocument) -> list[tuple[str, QTextCharFormat]]:
    found, block = [], document.begin()
    while block.isValid():
        found += [(text, form) for _, text, form in fragments(block)]
        block = block.next()
    return found


def links(document: QTextDocument) -> list[tuple[str, str]]:
    return [(text, form.anchorHref()) for text, form in looks(document) if form.isAnchor()]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[1]", [1]),
        ("[1, 2]", [1, 2]),
        ("[1][2]", [1, 2]),
        ("[1–3]", [1, 3]),
        ("[2;3]", [2, 3]),
        ("[12345] [a] [ ] 1", []),
    ],
)
def test_the_numbers_of_citations_are_read(text: str, numbers: list[int]) -> None:
    assert [number for _, _, number in citations(text)] == numbers


@pytest.mark.parametrize("address", ["app:source/", "app:source/x", "app:source/1/2", "app:source/-1", "https://a/1"])
def test_other_addresses_name_no_source(address: str) -> None:
    assert number_at(address) is None


def test_citations_become_links_and_stay_the_same_words(page: ChatPage) -> None:
    text = "The rent is 1,200 [1]. It rises [1, 2][3].\n\n- A list [2–3]\n\n| a |\n|---|\n| b [3] |\n"
    page.apply(opened(question(1, "What?"), answered(text)))
    assert links(text_of(page)) == [
        ("[1]", "app:source/1"), ("[1", "app:source/1"), ("2]", "app:source/2"), ("[3]", "app:source/3"),
        ("[2", "app:source/2"), ("3]", "app:source/3"), ("[3]", "app:source/3"),
    ]  # fmt: skip
    assert "The rent is 1,200 [1]. It rises [1, 2][3]." in text_of(page).toPlainText()


def test_a_number_that_is_no_source_code_and_other_links_stay_as_they_are(page: ChatPage) -> None:
    text = "No [4], `[1]`, [[2]](https://a.example) \n\n```\n[1]\n```\n"
    page.apply(opened(question(1, "What?"), answered(text)))
    assert [where for _, where in links(text_of(page)) if where.startswith("app:")] == []


def test_an_answer_without_documents_has_no_citations(page: ChatPage) -> None:
    page.apply(opened(question(1, "What?"), answer(2, "As [1] says", 1)))
    assert links(text_of(page)) == []


@pytest.mark.parametrize("size", [1, 4])
def test_citations_are_links_while_the_answer_grows(page: ChatPage, size: int) -> None:
    page.apply(opened(question(1, "What?"), answer(2, "", 1, TurnState.PARTIAL)))
    page.apply(TurnDelta(HERE, MessageId(2), GroundAdded(FOUND)))
    text = "The rent is 1,200 [1] and"
    for at in range(0, len(text), size):
        page.apply(TurnDelta(HERE, MessageId(2), TextDelta(text[at : at + size])))
    page.transcript.flush()
    assert links(text_of(page)) == [("[1]", "app:source/1")]


def test_hovering_shows_file_place_and_words_and_nothing_of_them_is_markup(page: ChatPage) -> None:
    found = FoundPart(AnswerMode.PASSAGES, (passage(1, "<img src=x>.pdf", "<b>Rent</b> & more", label="iv"),))
    page.apply(opened(question(1, "What?"), answered("So [1].", found=found)))
    tip = next(form.toolTip() for text, form in looks(text_of(page)) if text == "[1]")
    assert "&lt;img src=x&gt;.pdf</b>, page iv" in tip
    assert "&lt;b&gt;Rent&lt;/b&gt; &amp; more" in tip


def test_a_citation_leads_to_its_source_and_never_to_a_browser(page: ChatPage) -> None:
    page.apply(opened(question(1, "What?"), answered("So [1], [x](app:source/9).")))
    requested: list[tuple[int, int]] = []
    addresses: list[str] = []
    page.moments.source_requested.connect(lambda stored, number: requested.append((stored.id, number)))
    page.link_requested.connect(addresses.append)
    view = page.transcript.view_of(1)
    assert view is not None
    for address in ("app:source/1", "app:source/9"):
        view.text.anchorClicked.emit(QUrl(address))
    assert requested == [(2, 1)]
    assert addresses == []


def dotted(document: QTextDocument) -> list[tuple[str, str]]:
    wanted = QTextCharFormat.UnderlineStyle.DotLine
    return [(text, form.toolTip()) for text, form in looks(document) if form.underlineStyle() == wanted]


def test_what_the_source_does_not_bear_out_is_marked_with_the_reason(page: ChatPage) -> None:
    good, bad, bare = "The **rent** is 1,200.00 [1]. ", "It rises to 1,250.50 [2]. ", "Dogs are 😀 welcome."
    text = good + bad + bare
    checks = (
        Check(0, len(good) - 1, Verdict.VERIFIED, (1,), (), (Quote(1, 10, 20, "The rent"),)),
        Check(len(good), len(good + bad) - 1, Verdict.NOT_FOUND, (2,), ("1,250.50",)),
        Check(len(good + bad), len(text), Verdict.UNCITED),
    )
    page.apply(opened(question(1, "What?"), answered(text, *checks)))
    marked = dotted(text_of(page))
    assert "".join(words for words, _ in marked) == "It rises to 1,250.50 Dogs are 😀 welcome"
    assert "Not found in the source: 1,250.50" in marked[0][1]
    assert "No source is named" in marked[-1][1]
    assert ("[2]", "app:source/2") in links(text_of(page))


def test_verdicts_that_come_with_the_end_are_marked(page: ChatPage) -> None:
    page.apply(opened(question(1, "What?"), answer(2, "", 1, TurnState.PARTIAL)))
    page.apply(TurnDelta(HERE, MessageId(2), GroundAdded(FOUND)))
    page.apply(TurnDelta(HERE, MessageId(2), TextDelta("It rises to 1,250.50 [2].")))
    page.apply(TurnFinished(HERE, answered("It rises to 1,250.50 [2].", Check(0, 25, Verdict.NOT_FOUND, (2,)))))
    assert dotted(text_of(page))


def test_a_statement_that_reads_otherwise_on_the_page_is_passed_over(qapp: QApplication, page: ChatPage) -> None:
    text = "See [here](https://a.example/x) now. It is late."
    checks = (Check(0, 36, Verdict.NOT_FOUND), Check(37, 48, Verdict.NOT_FOUND))
    page.apply(opened(question(1, "What?"), answered(text, *checks)))
    assert "".join(words for words, _ in dotted(text_of(page))) == "It is late"


def test_a_citation_is_reached_and_followed_with_the_keyboard(page: ChatPage, qtbot: QtBot) -> None:
    page.apply(opened(question(1, "What?"), answered("So [1], and [2].")))
    requested: list[int] = []
    page.moments.source_requested.connect(lambda _, number: requested.append(number))
    view = page.transcript.view_of(1)
    assert view is not None
    view.text.setFocus()
    QTest.keyClick(view.text, Qt.Key.Key_Tab)
    QTest.keyClick(view.text, Qt.Key.Key_Tab)
    assert view.text.textCursor().charFormat().stringProperty(SPOKEN) == "Source 2: Lease.pdf, page 3"
    QTest.keyClick(view.text, Qt.Key.Key_Return)
    assert requested == [2]
