"""Files beside a question with the real reader and store: what is taken away, put back, and left behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.attachment_events import AttachmentFailed, AttachmentReady
from desktop.core.events import TurnFinished
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.theme import light
from tests.fakes import FakeEngine
from tests.houses import PATIENCE
from tests.houses import opened as house_of
from tests.media import made
from tests.ui.chat.test_drafts import Person


class Collector(Person):
    """Someone who adds files."""

    def adds(self, path: Path, until: type[AttachmentReady | AttachmentFailed] = AttachmentReady) -> None:
        assert self.page.attaching is not None
        with self.until(until):
            self.page.attaching.add_files([str(path)])

    @property
    def names(self) -> list[str]:
        return [card.item.name for card in self.page.composer.strip.cards]

    @property
    def kept(self) -> int:
        """How many files lie sealed in the profile."""
        return len([one for one in self.house.profile.files.rglob("*") if one.is_dir()])


@pytest.fixture
def person(qtbot: QtBot, tmp_path: Path) -> Iterator[Collector]:
    with house_of(tmp_path / "p", FakeEngine()) as (house, recorder):
        someone = Collector(qtbot, house, recorder)
        someone.page = ChatPage(house.chat, house.history, light(), attach=house.attach)
        qtbot.addWidget(someone.page)
        someone.page.show()
        someone.bridge.announced.connect(someone.page.apply)
        someone.goes_to(someone.here)
        yield someone
        someone.leaves()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    path.write_bytes(made.saved(made.corners(64, 32), "PNG"))
    return path


def test_a_file_that_was_removed_and_put_back_is_sent(person: Collector, photo: Path) -> None:
    person.adds(photo)
    person.page.composer.flush()
    person.page.composer.strip.remove(0)
    person.page.composer.flush()
    assert person.stored(person.here) == ""
    person.page.line.take()
    person.sends("What is it?")
    stored = person.house.shelf.conversations.thread(person.here).messages[-2].message
    assert [one.attachment.name for one in stored.attached] == ["photo.png"]
    assert person.house.shelf.attachments.size(stored.attached[0].attachment.digest) == photo.stat().st_size


def test_a_removed_file_is_deleted_when_the_question_is_sent_without_it(person: Collector, photo: Path) -> None:
    person.adds(photo)
    person.page.composer.flush()
    person.page.composer.strip.remove(0)
    person.sends("Never mind")
    person.bot.waitUntil(lambda: person.kept == 0, timeout=PATIENCE * 1000)


def test_files_stay_with_a_draft_while_another_conversation_is_shown(person: Collector, photo: Path) -> None:
    person.adds(photo)
    person.goes_to(person.there)
    assert person.names == []
    person.goes_to(person.here)
    assert person.names == ["photo.png"]


def test_what_is_no_picture_says_so_and_leaves_nothing(person: Collector, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(b"PK\3\4 not a picture")
    person.adds(path, AttachmentFailed)
    assert "letter.docx" in person.page.composer.notes.words[0]
    assert person.kept == 0


def test_the_first_question_of_a_new_chat_takes_its_file_along(person: Collector, photo: Path) -> None:
    person.goes_to(0)  # type: ignore[arg-type]
    person.adds(photo)
    with person.until(TurnFinished):
        person.page.composer.button.click()
    shown = person.page.model.rows[0].message
    assert [one.attachment.name for one in shown.attached] == ["photo.png"]
    assert person.names == []
