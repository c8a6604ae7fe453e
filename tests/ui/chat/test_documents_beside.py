"""Documents beside a question: dropped, read, refused, sent, kept with the draft."""

from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.core.coverage import CollectionId, SourceId
from desktop.core.document_errors import SourceGone
from desktop.core.documents import DocumentKind, PageUnit, Trouble
from desktop.core.drafts import Draft, dump_draft, load_draft
from desktop.core.grounding import DocumentPart, ScopePart
from desktop.core.library import BESIDE, Keeping, LibrarySource, SourceState
from desktop.core.library_events import DocumentReady, ImportFailed, SourceChanged, SourcesListed
from desktop.core.messages import Message, Role, TextPart
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.document_tags import DocumentTags
from desktop.ui.chat.document_wiring import add_documents
from desktop.ui.theme import light
from tests.ui.chat.conftest import Asked, opened, question


class Sent(Asked):
    """Notes the documents of each question too."""

    def send(self, *arguments: object, documents: object, scope: object, token: str, **_: object) -> None:
        self.asked.append(("send", *arguments, documents, scope))
        self.token = token

    def edit(self, *arguments: object, documents: object, scope: object, token: str, **_: object) -> None:
        self.asked.append(("edit", *arguments, documents, scope))
        self.token = token


class Shelf:
    """Notes what is asked of the library."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def list(self) -> None:
        self.asked.append(("list",))

    def open(self, collection: CollectionId, /) -> None:
        self.asked.append(("open", collection))

    def add_beside(self, path: str, token: str, /) -> None:
        self.asked.append(("add", path, token))

    def leave(self, token: str, /) -> None:
        self.asked.append(("leave", token))

    def give_password(self, source: SourceId, password: str, /) -> None:
        self.asked.append(("password", source, password))


@dataclass
class Desk:
    """A page and what it asks."""

    page: ChatPage
    chat: Sent
    history: Asked
    attach: Asked
    library: Shelf

    def drop(self, path: str) -> str:
        """Add a file; returns its token."""
        assert self.page.attaching is not None
        self.page.attaching.add_files([path])
        return str(self.library.asked[-1][2])

    @property
    def words(self) -> list[str]:
        return [item.words for item in self.page.composer.strip.items]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    chat, history, attach, library = Sent(), Asked(), Asked(), Shelf()
    page = ChatPage(chat, history, light(), attach=attach)
    qtbot.addWidget(page)
    add_documents(page, library, library)
    page.resize(900, 700)
    page.show()
    page.apply(opened(conversation=1))
    return Desk(page, chat, history, attach, library)


def source(number: int = 7, **more: Any) -> LibrarySource:
    made = LibrarySource(SourceId(number), BESIDE, "Lease.pdf", "/x/Lease.pdf", Keeping.COPY, "d", 1, 0.0, 0.0)
    return replace(made, **more)


READ: dict[str, Any] = {"kind": DocumentKind.PDF, "pages": 12, "pages_read": 12, "state": SourceState.SEARCHED}


def test_a_document_goes_to_the_library_and_a_picture_to_the_model(desk: Desk) -> None:
    desk.drop("/x/Lease.PDF")
    assert desk.library.asked[-1][:2] == ("add", "/x/Lease.PDF")
    assert desk.page.attaching is not None
    desk.page.attaching.add_files(["/x/photo.png", "/x/film.mp4"])
    assert [one[:2] for one in desk.attach.asked if one[0] == "add"] == [
        ("add", "/x/photo.png"),
        ("add", "/x/film.mp4"),
    ]


def test_the_card_tells_how_far_the_reading_is(desk: Desk) -> None:
    token = desk.drop("/x/Lease.pdf")
    assert desk.words == ["Adding…"]
    desk.page.apply(DocumentReady(token, source()))
    assert desk.words == ["Waiting to be read"]
    desk.page.apply(SourceChanged(source(kind=DocumentKind.PDF, pages=12, pages_read=3, state=SourceState.READING)))
    assert desk.words == ["Reading page 4 of 12"]
    assert "still being read" in desk.page.composer.notes.words[0]
    desk.page.apply(SourceChanged(source(**READ)))
    assert desk.words == ["PDF · 12 pages"]
    assert desk.page.composer.notes.words == ()


def test_what_cannot_be_read_says_why(desk: Desk) -> None:
    desk.page.apply(DocumentReady(desk.drop("/x/Lease.pdf"), source()))
    desk.page.apply(SourceChanged(source(state=SourceState.UNREADABLE, reason="It is protected by a password.")))
    assert desk.words == ["Cannot be read"]
    assert "protected by a password" in desk.page.composer.notes.words[0]
    troubles = ((Trouble.DAMAGED, (3, 5)),)
    desk.page.apply(SourceChanged(source(state=SourceState.PARTLY, pages=12, pages_read=10, troubles=troubles)))
    assert desk.page.composer.notes.words == ("Some pages of Lease.pdf could not be read: 3, 5",)


def test_a_document_that_cannot_be_taken_in_is_refused_with_the_reason(desk: Desk) -> None:
    desk.page.apply(ImportFailed(desk.drop("/x/Lease.pdf"), SourceGone(name="Lease.pdf")))
    assert desk.words == ["Not added"]
    assert "Lease.pdf" in desk.page.composer.notes.words[0]


def test_an_import_of_the_library_screen_is_no_business_of_the_chat(desk: Desk) -> None:
    desk.page.apply(ImportFailed("somebody else", SourceGone(name="x")))
    desk.page.apply(DocumentReady("somebody else", source()))
    assert desk.page.composer.strip.items == ()
    assert desk.page.composer.notes.words == ()


def test_documents_are_sent_with_the_question(desk: Desk) -> None:
    desk.page.apply(DocumentReady(desk.drop("/x/Lease.pdf"), source()))
    desk.page.apply(SourceChanged(source(**READ)))
    desk.page.composer.text.put("What is the rent?")
    desk.page.composer.button.click()
    part = DocumentPart(SourceId(7), "Lease.pdf", PageUnit.PAGE, 12)
    assert desk.chat.asked[-1] == ("send", 1, "What is the rent?", (part,), None)
    assert desk.page.composer.strip.items == ()


def test_a_document_that_is_taken_away_is_not_sent(desk: Desk) -> None:
    token = desk.drop("/x/Lease.pdf")
    desk.page.composer.strip.remove(0)
    assert desk.library.asked[-1] == ("leave", token)
    desk.page.apply(DocumentReady(token, source()))
    assert desk.page.composer.strip.items == ()


def test_the_same_document_is_there_once(desk: Desk) -> None:
    for _ in range(2):
        desk.page.apply(DocumentReady(desk.drop("/x/Lease.pdf"), source()))
    assert len(desk.page.composer.strip.items) == 1


def test_a_draft_comes_back_with_its_documents_and_how_far_they_are(desk: Desk) -> None:
    part = DocumentPart(SourceId(7), "Lease.pdf", PageUnit.PAGE, 12)
    scope = ScopePart((CollectionId(2),), ("Leases",))
    draft = dump_draft(Draft("What?", documents=(part,), scope=scope))
    desk.page.apply(opened(conversation=2, draft=draft))
    assert desk.words == ["Document · 12 pages"]
    assert desk.page.composer.draft.scope == scope
    assert ("open", BESIDE) in desk.library.asked
    desk.page.apply(SourcesListed(BESIDE, (source(**READ), source(8))))
    assert desk.words == ["PDF · 12 pages"]


def test_a_document_that_comes_after_the_conversation_was_left_goes_into_its_draft(desk: Desk) -> None:
    token = desk.drop("/x/Lease.pdf")
    desk.page.apply(opened(conversation=2))
    assert desk.page.composer.strip.items == ()
    desk.page.apply(DocumentReady(token, source()))
    assert desk.page.composer.strip.items == ()
    kept = [one for one in desk.history.asked if one[0] == "save_draft" and one[1] == 1]
    assert load_draft(kept[-1][2]).documents[0].source == 7


def test_the_question_shows_its_documents_and_an_edit_has_them_again(desk: Desk) -> None:
    part, scope = DocumentPart(SourceId(7), "Lease.pdf"), ScopePart((CollectionId(2),), ("Leases",))
    asked = replace(question(1, "x"), message=Message(Role.USER, (part, scope, TextPart("What?"))))
    desk.page.apply(opened(asked, conversation=1))
    view = desk.page.transcript.view_of(0)
    assert view is not None
    tags = view.findChild(DocumentTags)
    assert tags is not None
    assert tags.accessibleName() == "Lease.pdf. Asked of: Leases"
    desk.page.deeds.act("edit", 1)
    assert desk.page.composer.strip.documents == (part,)
    desk.page.composer.button.click()
    assert desk.chat.asked[-1] == ("edit", 1, "What?", (part,), scope)


def test_a_protected_document_is_opened_with_its_password(desk: Desk) -> None:
    desk.page.apply(DocumentReady(desk.drop("/x/Lease.pdf"), source()))
    locked = source(state=SourceState.UNREADABLE, failure="DocumentLocked", reason="It is protected.")
    desk.page.apply(SourceChanged(locked))
    assert desk.page.attaching is not None
    beside = desk.page.attaching.documents
    assert beside is not None
    for words in ("Password of Lease.pdf", "That password does not open Lease.pdf"):
        desk.page.composer.notes.acted.emit(next(iter(beside.notes())))
        assert beside.popup.field.accessibleName() == words
        QTest.keyClicks(beside.popup.field, "secret")
        QTest.keyClick(beside.popup.field, Qt.Key.Key_Return)
        assert desk.library.asked[-1] == ("password", 7, "secret")
        assert not beside.popup.isVisible()
    desk.page.apply(SourceChanged(source(**READ)))
    assert desk.page.composer.notes.words == ()
