"""Files beside a question as a person handles them: added, shown, put in order, taken away, sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.attachment_events import AttachmentFailed, AttachmentReady, AttachmentShown, AttachmentTaking
from desktop.core.attachments import Attachment
from desktop.core.drafts import Draft, dump_draft, load_draft
from desktop.core.errors import FileNotRecognised
from desktop.core.events import ModelsListed, SendFailed
from desktop.core.media import Detail, Facts, Format, Kind, Picture
from desktop.core.messages import Message, Role
from desktop.core.models import ModelFile
from desktop.core.taking import AttachmentPart, Hearing
from desktop.core.voice_events import SpeechKnown
from desktop.ui.chat.adding import Adding
from desktop.ui.chat.attaching import MOST
from desktop.ui.chat.attachment_card import AttachmentCard
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.theme import light
from tests.ui.chat.conftest import Asked, opened, question

CONTROL = Qt.KeyboardModifier.ControlModifier
DOT = Picture(2, 2, bytes(12))


class Sent(Asked):
    """Notes the files of each question too."""

    def send(self, *arguments: object, attached: tuple[AttachmentPart, ...], token: str, **_: object) -> None:
        self.asked.append(("send", *arguments, attached))
        self.token = token

    def edit(self, *arguments: object, attached: tuple[AttachmentPart, ...], token: str, **_: object) -> None:
        self.asked.append(("edit", *arguments, attached))
        self.token = token


def attachment(name: str, kind: Kind = Kind.PICTURE, seconds: float = 0.0, *, paper: bool = False) -> Attachment:
    form = {Kind.PICTURE: Format.PNG, Kind.VIDEO: Format.MP4, Kind.SOUND: Format.WAV}[kind]
    size = (0, 0) if kind is Kind.SOUND else (640, 480)
    facts = Facts(kind, form, *size, 1, seconds, kind is not Kind.PICTURE, paper)
    return Attachment(f"digest of {name}", name, 5_000, facts)


@dataclass
class Desk:
    """A page, and what it asks of the services."""

    page: ChatPage
    chat: Sent
    history: Asked
    attach: Asked

    @property
    def cards(self) -> list[AttachmentCard]:
        return self.page.composer.strip.cards

    @property
    def names(self) -> list[str]:
        return [card.item.name for card in self.cards]

    @property
    def notes(self) -> tuple[str, ...]:
        return self.page.composer.notes.words

    @property
    def tokens(self) -> list[str]:
        return [asked[-1] for asked in self.attach.asked if asked[0] in ("add", "add_bytes")]

    def commands(self, name: str) -> list[tuple[object, ...]]:
        return [asked[1:] for asked in self.attach.asked if asked[0] == name]

    def has(self, *files: Attachment) -> None:
        """Add files that are taken in at once."""
        for one in files:
            self.page.attaching.add_files([f"/home/{one.name}"])  # type: ignore[union-attr]
            self.page.apply(AttachmentReady(self.tokens[-1], one, None if one.facts.kind is Kind.SOUND else DOT))

    def draft(self) -> Draft:
        """The draft that was stored last."""
        self.page.composer.flush()
        return load_draft([asked[2] for asked in self.history.asked if asked[0] == "save_draft"][-1])

    def drops(self, data: QMimeData) -> None:
        QApplication.sendEvent(self.page, entering(data))
        assert self.page.adding.overlay.isVisible()  # type: ignore[union-attr]
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.page, QDropEvent(QPointF(20, 20), copy, data, left, none))


def entering(data: QMimeData) -> QDragEnterEvent:
    """A drag over the page; the caller keeps what it brings."""
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    return QDragEnterEvent(QPoint(20, 20), copy, data, left, none)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk(
        ChatPage(chat := Sent(), history := Asked(), light(), attach=(attach := Asked())), chat, history, attach
    )
    qtbot.addWidget(made.page)
    made.page.resize(900, 700)
    made.page.show()
    made.page.apply(opened())
    return made


def files(*names: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/home/{name}") for name in names])
    return data


def model(*, sees: bool = True, hears: bool = True) -> ModelsListed:
    made = ModelFile(Path("/m.gguf"), 1, "Gemma", "gemma4", "Q4_0", 8192, sees=sees, hears=hears)
    return ModelsListed((made,), made)


PHOTO, PLAN, TALK = attachment("photo.png"), attachment("plan.png"), attachment("talk.wav", Kind.SOUND, 95.0)


def test_files_are_dropped_anywhere_on_the_page(desk: Desk) -> None:
    desk.drops(files("a.png", "b.png"))
    assert [path for path, _ in desk.commands("add")] == ["/home/a.png", "/home/b.png"]
    assert desk.names == ["a.png", "b.png"]
    assert not desk.page.adding.overlay.isVisible()  # type: ignore[union-attr]


def test_a_drag_that_goes_away_uncovers_the_page(desk: Desk) -> None:
    data = files("a.png")
    QApplication.sendEvent(desk.page, entering(data))
    assert desk.page.adding.overlay.isVisible()  # type: ignore[union-attr]
    QApplication.sendEvent(desk.page, QDragLeaveEvent())
    assert not desk.page.adding.overlay.isVisible()  # type: ignore[union-attr]


def test_words_that_are_dragged_do_not_cover_the_page(desk: Desk) -> None:
    data = QMimeData()
    data.setText("words")
    QApplication.sendEvent(desk.page, entering(data))
    assert not desk.page.adding.overlay.isVisible()  # type: ignore[union-attr]


def test_a_picture_is_pasted_as_png(desk: Desk) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QApplication.clipboard().setImage(image)
    desk.page.composer.text.paste()
    ((made, name, _),) = desk.commands("add_bytes")
    again = QImage.fromData(made())  # type: ignore[operator]
    assert (again.size(), again.pixelColor(5, 5).name()) == (image.size(), "#ff0000")
    assert desk.names == [name] == ["Picture 1.png"]


def test_a_packed_picture_is_handed_on_as_it_is(desk: Desk) -> None:
    data = QMimeData()
    data.setData("image/jpeg", b"not unpacked here")
    desk.drops(data)
    ((made, _, _),) = desk.commands("add_bytes")
    assert made() == b"not unpacked here"  # type: ignore[operator]


def test_copied_files_are_pasted(desk: Desk) -> None:
    QApplication.clipboard().setMimeData(files("a.png"))
    desk.page.composer.text.paste()
    assert desk.names == ["a.png"]
    assert desk.page.composer.text.toPlainText() == ""


def test_words_with_a_picture_of_them_are_pasted_as_words(desk: Desk) -> None:
    data = QMimeData()
    data.setText("a cell of a table")
    data.setImageData(QImage(3, 3, QImage.Format.Format_RGB32))
    QApplication.clipboard().setMimeData(data)
    desk.page.composer.text.paste()
    assert desk.page.composer.text.toPlainText() == "a cell of a table"
    assert desk.names == []


def test_the_picker_remembers_its_folder(desk: Desk) -> None:
    asked: list[str] = []

    def choose(_: QWidget, folder: str) -> list[str]:
        asked.append(folder)
        return ["/home/case/a.png"]

    assert desk.page.attaching is not None
    adding = Adding(desk.page, desk.page.composer, desk.page.attaching, choose)
    adding.pick()
    adding.pick()
    assert asked[1] == "/home/case"


def test_a_file_is_shown_while_it_is_taken_in(desk: Desk) -> None:
    desk.page.composer.text.setPlainText("What is this?")
    desk.drops(files("film.mp4"))
    desk.page.apply(AttachmentTaking(desk.tokens[0], 40, 100))
    assert desk.cards[0].item.words == "Adding… 40 %"
    assert not desk.page.composer.button.isEnabled()
    assert desk.page.composer.button.toolTip() == "Your question can be sent as soon as the files are there."
    QTest.keyClick(desk.page.composer.text, Qt.Key.Key_Return)
    assert desk.chat.asked == []
    desk.page.apply(AttachmentReady(desk.tokens[0], attachment("film.mp4", Kind.VIDEO, 12.0), DOT))
    assert desk.cards[0].item.words == "Video · 00:12"
    assert desk.page.composer.button.isEnabled()


def test_taking_in_can_be_given_up(desk: Desk) -> None:
    desk.drops(files("film.mp4"))
    QTest.mouseClick(desk.cards[0].cross, Qt.MouseButton.LeftButton)
    assert desk.commands("cancel") == [(desk.tokens[0],)]
    assert desk.names == []
    assert desk.notes == ()


def test_a_file_that_cannot_be_read_says_why_and_can_be_removed(desk: Desk) -> None:
    desk.drops(files("letter.docx"))
    desk.page.apply(AttachmentFailed(desk.tokens[0], FileNotRecognised(name="letter.docx")))
    assert desk.cards[0].item.words == "Not added"
    assert desk.notes == (str(FileNotRecognised(name="letter.docx")),)
    QTest.keyClick(desk.cards[0], Qt.Key.Key_Delete)
    assert (desk.names, desk.notes) == ([], ())


def test_a_question_takes_its_files_along_in_their_order(desk: Desk) -> None:
    desk.has(PHOTO, PLAN, TALK)
    QTest.keyClick(desk.cards[2], Qt.Key.Key_Left, CONTROL)
    desk.page.composer.text.setPlainText("Compare them")
    QTest.keyClick(desk.page.composer.text, Qt.Key.Key_Return)
    ((*_, words, attached),) = desk.chat.asked
    assert words == "Compare them"
    assert [one.attachment.name for one in attached] == ["photo.png", "talk.wav", "plan.png"]
    assert desk.names == []


def test_a_file_can_be_sent_without_words(desk: Desk) -> None:
    desk.has(PHOTO)
    QTest.mouseClick(desk.page.composer.button, Qt.MouseButton.LeftButton)
    assert desk.chat.asked == [("send", 1, "", (AttachmentPart(PHOTO),))]


def test_a_page_of_writing_is_looked_at_as_a_document(desk: Desk) -> None:
    desk.has(attachment("scan.png", paper=True))
    assert desk.page.composer.draft.attached[0].detail is Detail.DOCUMENT


def test_cards_are_put_in_order_with_the_pointer(desk: Desk) -> None:
    desk.has(PHOTO, PLAN, TALK)
    first, last = desk.cards[0], desk.cards[2]
    QTest.mousePress(first, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    QTest.mouseMove(first, first.mapFromGlobal(last.mapToGlobal(QPoint(60, 10))))
    QTest.mouseRelease(first, Qt.MouseButton.LeftButton)
    assert desk.names == ["plan.png", "talk.wav", "photo.png"]


def test_a_removed_file_can_be_put_back_where_it_was(desk: Desk) -> None:
    desk.has(PHOTO, PLAN)
    QTest.mouseClick(desk.cards[0].cross, Qt.MouseButton.LeftButton)
    assert desk.commands("set_aside") == [(PHOTO,)]
    QTest.keyClick(desk.cards[0], Qt.Key.Key_Z, CONTROL)
    assert desk.names == ["photo.png", "plan.png"]
    assert desk.commands("take_back") == [(PHOTO,)]
    assert desk.commands("drop") == []
    assert not desk.page.line.isVisible()


def test_a_removed_file_is_dropped_once_nobody_can_want_it_back(desk: Desk) -> None:
    desk.has(PHOTO, PLAN)
    desk.cards[0].removed.emit()
    assert desk.commands("drop") == []
    QTest.mouseClick(desk.page.line.cross, Qt.MouseButton.LeftButton)
    assert desk.commands("drop") == [(PHOTO,)]


def test_a_removed_file_that_is_added_again_is_kept(desk: Desk) -> None:
    desk.has(PHOTO)
    desk.cards[0].removed.emit()
    desk.has(PHOTO)
    assert desk.commands("take_back") == [(PHOTO,)]
    assert desk.commands("drop") == []
    assert not desk.page.line.isVisible()


def test_the_keyboard_stays_where_a_card_was_removed(desk: Desk) -> None:
    desk.has(PHOTO, PLAN)
    desk.cards[0].setFocus()
    QTest.keyClick(desk.cards[0], Qt.Key.Key_Delete)
    assert desk.page.focusWidget() is desk.cards[0]
    QTest.keyClick(desk.cards[0], Qt.Key.Key_Delete)
    assert desk.page.focusWidget() is desk.page.composer.text


def test_the_same_file_is_there_once(desk: Desk) -> None:
    desk.has(PHOTO, PHOTO)
    assert desk.names == ["photo.png"]


def test_so_many_files_and_no_more(desk: Desk, qtbot: QtBot) -> None:
    desk.drops(files(*(f"{number}.png" for number in range(MOST + 3))))
    qtbot.waitUntil(lambda: len(desk.names) == MOST)
    assert len(desk.commands("add")) == MOST
    assert f"Up to {MOST} files fit beside a question; 3 were left out." in desk.notes


def test_twenty_cards_leave_room_for_the_conversation(desk: Desk) -> None:
    desk.has(*(attachment(f"{number}.png") for number in range(20)))
    strip = desk.page.composer.strip
    assert strip.height() < desk.page.height() * 0.31
    strip._focus(19)
    assert not desk.cards[19].visibleRegion().isEmpty()


def menu_of(desk: Desk, number: int = 0) -> dict[str, QAction]:
    QTest.keyClick(desk.cards[number], Qt.Key.Key_Return)
    assert desk.page.attaching is not None
    menu = desk.page.attaching.menu
    return {action.text().partition(":")[0]: action for action in menu.actions() if action.text()}


def test_how_closely_to_look_is_chosen_with_its_cost(desk: Desk) -> None:
    desk.has(PHOTO)
    entries = menu_of(desk)
    assert entries["Normal"].isChecked()
    assert entries["Quick"].text().endswith("\t65 tokens")
    entries["Fine"].trigger()
    assert desk.page.composer.draft.attached == (AttachmentPart(PHOTO, Detail.FINE),)
    desk.page.attaching.menu.close()  # type: ignore[union-attr]


def test_a_part_of_a_video_is_asked_for(desk: Desk, qtbot: QtBot) -> None:
    film = attachment("film.mp4", Kind.VIDEO, 12.0)
    desk.has(film)
    entries = menu_of(desk)
    with qtbot.waitSignal(desk.page.composer.strip.examine_requested) as asked:
        entries["Frames and range…"].trigger()
    assert asked.args == [AttachmentPart(film)]
    desk.page.attaching.menu.close()  # type: ignore[union-attr]


def test_sound_is_sent_as_text_when_the_person_wants_it(desk: Desk) -> None:
    desk.page.apply(model())
    desk.page.apply(SpeechKnown("whisper"))
    desk.has(TALK)
    menu_of(desk)["As text"].trigger()
    assert desk.page.composer.draft.attached[0].hearing is Hearing.WORDS
    desk.page.attaching.menu.close()  # type: ignore[union-attr]


def test_what_is_said_can_be_read_where_speech_can_be_written_down(desk: Desk, qtbot: QtBot) -> None:
    desk.has(TALK)
    assert not menu_of(desk)["Show what is said"].isEnabled()
    desk.page.attaching.menu.close()  # type: ignore[union-attr]
    desk.page.apply(SpeechKnown("whisper"))
    with qtbot.waitSignal(desk.page.composer.strip.transcript_requested) as asked:
        menu_of(desk)["Show what is said"].trigger()
    assert asked.args == [TALK]
    desk.page.attaching.menu.close()  # type: ignore[union-attr]


def test_what_the_model_cannot_take_is_said_and_not_sent(desk: Desk) -> None:
    desk.has(PHOTO)
    assert desk.page.composer.button.isEnabled()
    desk.page.apply(model(sees=False))
    (words,) = desk.notes
    assert words.startswith("Gemma does not see")
    assert (desk.page.composer.button.isEnabled(), desk.page.composer.button.toolTip()) == (False, words)
    desk.page.apply(model())
    assert desk.notes == ()
    assert desk.page.composer.button.isEnabled()


def test_long_sound_is_sent_as_sound_by_one_click(desk: Desk) -> None:
    desk.page.apply(model())
    desk.page.apply(SpeechKnown("whisper"))
    desk.has(TALK)
    QTest.mouseClick(desk.page.composer.notes._lines[0].button, Qt.MouseButton.LeftButton)
    assert desk.page.composer.draft.attached == (AttachmentPart(TALK, hearing=Hearing.SOUND),)


def test_a_draft_comes_back_with_its_files_and_their_pictures(desk: Desk) -> None:
    part = AttachmentPart(PHOTO, Detail.FINE)
    desk.page.apply(opened(conversation=2, draft=dump_draft(Draft("look", attached=(part,)))))
    assert desk.page.composer.draft == Draft("look", attached=(part,))
    assert desk.commands("illustrate") == [(PHOTO,)]
    desk.page.apply(AttachmentShown(PHOTO, DOT))
    assert desk.cards[0].item.thumbnail == DOT


def test_files_are_kept_with_the_draft(desk: Desk) -> None:
    desk.has(PHOTO)
    assert desk.draft().attached == (AttachmentPart(PHOTO),)


def test_a_question_is_edited_with_its_files(desk: Desk) -> None:
    asked = replace(question(1, ""), message=Message(Role.USER, (AttachmentPart(PHOTO),)))
    desk.page.apply(opened(asked))
    desk.page._writing.edit(asked)
    assert desk.names == ["photo.png"]
    desk.page.composer.text.setPlainText("and now?")
    QTest.keyClick(desk.page.composer.text, Qt.Key.Key_Return)
    assert desk.chat.asked == [("edit", 1, "and now?", (AttachmentPart(PHOTO),))]


def test_a_question_that_could_not_be_stored_comes_back_with_its_files(desk: Desk) -> None:
    desk.has(PHOTO)
    QTest.mouseClick(desk.page.composer.button, Qt.MouseButton.LeftButton)
    desk.page.apply(SendFailed(desk.chat.token))
    assert desk.names == ["photo.png"]


def test_a_file_goes_to_the_draft_it_was_added_to(desk: Desk) -> None:
    desk.drops(files("slow.png"))
    desk.page.apply(opened(conversation=2))
    assert desk.names == []
    desk.page.apply(AttachmentReady(desk.tokens[0], PHOTO, DOT))
    assert desk.names == []
    assert desk.draft() == Draft(attached=(AttachmentPart(PHOTO),))
    desk.page.apply(opened(conversation=1))
    assert desk.names == ["photo.png"]


def test_a_file_that_fails_elsewhere_is_told_of_here(desk: Desk) -> None:
    desk.drops(files("letter.docx"))
    desk.page.apply(opened(conversation=2))
    desk.page.apply(AttachmentFailed(desk.tokens[0], FileNotRecognised(name="letter.docx")))
    assert desk.names == []
    assert desk.notes == (str(FileNotRecognised(name="letter.docx")),)


def test_many_files_go_along_to_where_they_were_dropped(desk: Desk) -> None:
    desk.drops(files(*(f"{number}.png" for number in range(12))))
    desk.page.apply(opened(conversation=2))
    assert desk.names == []
    desk.page.apply(opened(conversation=1))
    assert len(desk.names) == 12


def test_a_file_under_way_is_shown_again_where_it_was_added(desk: Desk) -> None:
    desk.drops(files("slow.png"))
    desk.page.apply(opened(conversation=2))
    desk.page.apply(opened(conversation=1))
    assert [item.waits for item in desk.page.composer.strip.items] == [True]
    desk.page.apply(AttachmentReady(desk.tokens[0], PHOTO, DOT))
    assert desk.page.composer.draft.attached == (AttachmentPart(PHOTO),)


@pytest.mark.parametrize("deed", ["remove", "replace"])
def test_another_part_takes_the_place_of_a_file(desk: Desk, deed: str) -> None:
    desk.has(PHOTO, PLAN)
    change: Callable[[], None] = {
        "remove": lambda: desk.page.composer.strip.remove(0),
        "replace": lambda: desk.page.composer.strip.replace(
            AttachmentPart(PHOTO), AttachmentPart(PHOTO, Detail.DOCUMENT)
        ),
    }[deed]
    change()
    expected = (AttachmentPart(PHOTO, Detail.DOCUMENT), AttachmentPart(PLAN))
    assert desk.page.composer.draft.attached == (expected if deed == "replace" else expected[1:])


def test_files_over_the_field_cover_the_page_too(desk: Desk) -> None:
    data = files("a.png")
    QApplication.sendEvent(desk.page.composer.text.viewport(), entering(data))
    assert desk.page.adding.overlay.isVisible()  # type: ignore[union-attr]


def test_a_screen_that_cannot_be_seen_is_told_of_until_something_is_added(desk: Desk) -> None:
    desk.page.adding._tell_refused()  # type: ignore[union-attr]
    assert desk.notes[0].startswith("This system does not let programs see the screen.")
    desk.has(PHOTO)
    assert desk.notes == ()
