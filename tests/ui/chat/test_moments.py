"""Moments in answers: which of them lead to a file, to which one, and what stays words."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.attachments import Attachment
from desktop.core.conversations import MessageId, StoredMessage, TurnState
from desktop.core.events import TurnDelta
from desktop.core.media import Facts, Format, Kind
from desktop.core.messages import Message, Role, TextPart
from desktop.core.stream import TextDelta
from desktop.core.taking import AttachmentPart
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.formula_placer import plain_text
from desktop.ui.chat.markdown_writer import MarkdownWriter
from desktop.ui.chat.message_menu import MessageMenu
from desktop.ui.chat.moments import file_with, moments, reach, seconds_at
from desktop.ui.theme import light
from tests.ui.chat.conftest import HERE, Asked, answer, opened, question


def file(name: str, seconds: float, kind: Kind = Kind.VIDEO) -> Attachment:
    form = {Kind.PICTURE: Format.PNG, Kind.VIDEO: Format.MP4, Kind.SOUND: Format.WAV}[kind]
    return Attachment(f"digest of {name}", name, 5_000, Facts(kind, form, 640, 360, 1, seconds, True))


CLIP, LONG, PHOTO = file("clip.mp4", 90.0), file("hearing.wav", 4000.0, Kind.SOUND), file("a.png", 0.0, Kind.PICTURE)


def asked(number: int, *files: Attachment, parent: int | None = None) -> StoredMessage:
    parts = tuple(AttachmentPart(one) for one in files)
    return replace(question(number, "", parent), message=Message(Role.USER, (*parts, TextPart("What happens?"))))


def links(document: QTextDocument) -> dict[str, str]:
    """The words of each link, and where it leads."""
    found, block = {}, document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            fragment = pieces.fragment()
            if fragment.charFormat().isAnchor():
                found[fragment.text()] = fragment.charFormat().anchorHref()
            pieces += 1
        block = block.next()
    return found


def written(text: str, last: float = 4000.0, size: int = 10_000) -> QTextDocument:
    document = QTextDocument()
    writer = MarkdownWriter(document, light(), reach=last)
    for at in range(0, len(text), size):
        writer.append(text[at : at + size])
    writer.append("", last=True)
    return document


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("[01:23]", 83), ("[1:02:03]", 3723), ("[0:05]", 5), ("see [00:00].", 0), ("[99:59:59]", 359_999)],
)
def test_a_moment_is_read(text: str, seconds: int) -> None:
    assert [one for _, _, one in moments(text)] == [seconds]


@pytest.mark.parametrize("text", ["01:23", "[1:2]", "[01:60]", "[60:00]", "[a:12]", "[٠١:٢٣]", "[01:23-01:30]", "[1]"])
def test_what_only_looks_like_a_moment_is_none(text: str) -> None:
    assert not list(moments(text))


@pytest.mark.parametrize("address", ["app:moment/", "app:moment/x", "app:quit", "app:moment/1/2", "app:moment/-1"])
def test_other_addresses_of_the_app_mean_nothing(address: str) -> None:
    assert seconds_at(address) is None


def test_the_nearest_file_above_that_is_long_enough_is_meant() -> None:
    rows = [asked(1, LONG), answer(2, "Yes", 1), asked(3, CLIP, PHOTO, parent=2), answer(4, "No", 3)]
    assert file_with(rows, MessageId(4), 83) == CLIP
    assert file_with(rows, MessageId(4), 3723) == LONG
    assert file_with(rows, MessageId(4), 4001) is None
    assert file_with(rows, MessageId(2), 83) == LONG
    assert reach(rows, MessageId(4)) == 4000.0


def test_pictures_and_files_below_have_no_moments() -> None:
    rows = [asked(1, PHOTO), answer(2, "Yes", 1), asked(3, CLIP, parent=2)]
    assert reach(rows, MessageId(2)) == 0.0


def test_moments_become_links_and_stay_the_same_words(qapp: QApplication) -> None:
    document = written(
        "At [01:23] and **[1:02:03]**, 😀 [00:05].\n\n- [00:07] list\n\n> [00:08] quote\n\n# [00:09] head"
    )
    assert links(document) == {
        "[01:23]": "app:moment/83", "[1:02:03]": "app:moment/3723", "[00:05]": "app:moment/5",
        "[00:07]": "app:moment/7", "[00:08]": "app:moment/8", "[00:09]": "app:moment/9",
    }  # fmt: skip
    assert document.toPlainText() == written("At [01:23] and **[1:02:03]**, 😀 [00:05].\n\n- [00:07] list\n\n"
                                             "> [00:08] quote\n\n# [00:09] head", last=0.0).toPlainText()  # fmt: skip
    assert "At [01:23] and" in document.toPlainText()


def test_moments_in_a_table_become_links(qapp: QApplication) -> None:
    assert links(written("| when | what |\n|---|---|\n| [00:12] | falls |\n")) == {"[00:12]": "app:moment/12"}


def test_code_formulas_and_other_links_stay_as_they_are(qapp: QApplication) -> None:
    text = "`[00:01]` $a_{[00:02]}$ [[00:03]](https://a.example)\n\n```\n[00:04]\n```\n\n    [00:05]\n"
    found = links(written(text))
    assert not [where for where in found.values() if where.startswith("app:")]
    assert found["[00:03]"] == "https://a.example"


def test_a_moment_behind_the_end_stays_words(qapp: QApplication) -> None:
    assert links(written("[01:30] [01:31]", last=90.0)) == {"[01:30]": "app:moment/90"}


def test_nothing_is_a_link_where_there_is_no_file(qapp: QApplication) -> None:
    assert not links(written("[00:01]", last=0.0))


@pytest.mark.parametrize("size", [1, 3, 7])
def test_moments_that_arrive_in_pieces_become_links(qapp: QApplication, size: int) -> None:
    assert links(written("First [00:01], then [00:02].\n\nLast [00:03].", size=size)) == {
        f"[00:0{at}]": f"app:moment/{at}" for at in (1, 2, 3)
    }


@pytest.fixture
def page(qtbot: QtBot) -> ChatPage:
    made = ChatPage(Asked(), Asked(), light(), draw=lambda _: None)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def text_of(page: ChatPage, row: int) -> QTextDocument:
    view = page.transcript.view_of(row)
    assert view is not None
    return view.text.document()


def follow(page: ChatPage, row: int, address: str) -> None:
    view = page.transcript.view_of(row)
    assert view is not None
    view.text.anchorClicked.emit(QUrl(address))


def test_a_moment_leads_to_its_file_and_never_to_a_browser(page: ChatPage) -> None:
    page.apply(opened(asked(1, CLIP), answer(2, "It falls at [01:23]. [x](app:quit) [y](APP:moment/1)", 1)))
    requested: list[tuple[Attachment, float]] = []
    addresses: list[str] = []
    page.moments.requested.connect(lambda *one: requested.append(one))
    page.link_requested.connect(addresses.append)
    assert links(text_of(page, 1))["[01:23]"] == "app:moment/83"
    for address in ("app:moment/83", "app:quit", "APP:quit", "app:moment/5000"):
        follow(page, 1, address)
    assert requested == [(CLIP, 83.0)]
    assert addresses == []
    follow(page, 1, "https://a.example/")
    assert addresses == ["https://a.example/"]


def test_the_address_of_a_moment_is_not_offered_for_copying(page: ChatPage) -> None:
    page.apply(opened(asked(1, CLIP), answer(2, "At [01:23].", 1)))
    stored = page.model.rows[1]

    def offered(link: str) -> list[str]:
        menu = MessageMenu(page, stored, ())
        menu.add_copies("", link)
        return [action.text() for action in menu.menu.actions() if action.text()]

    assert "Copy the link" in offered("https://a.example/")
    assert "Copy the link" not in offered("app:moment/83")


def test_an_answer_above_the_file_has_no_links(page: ChatPage) -> None:
    page.apply(opened(question(1, "Hi"), answer(2, "[00:01]", 1), asked(3, CLIP, parent=2), answer(4, "[00:01]", 3)))
    assert not links(text_of(page, 1))
    assert links(text_of(page, 3))


def test_moments_of_a_growing_answer_become_links(page: ChatPage) -> None:
    page.apply(opened(asked(1, CLIP), answer(2, "It ", 1, TurnState.PARTIAL)))
    for piece in ("falls at [0", "1:2", "3] and"):
        page.apply(TurnDelta(HERE, MessageId(2), TextDelta(piece)))
    page.transcript.flush()
    document = text_of(page, 1)
    assert links(document) == {"[01:23]": "app:moment/83"}
    cursor = document.find("falls")
    cursor.select(cursor.SelectionType.Document)
    assert plain_text(cursor) == "It falls at [01:23] and"
