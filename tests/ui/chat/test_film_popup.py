"""Choosing a part of a video or sound: what is shown of it, what it costs, and what is sent from then on."""

import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.core.attachment_events import AttachmentReady
from desktop.core.attachments import Attachment
from desktop.core.errors import FileNotRecognised
from desktop.core.media import Detail, Facts, Format, Frame, Kind, Picture
from desktop.core.taking import AttachmentPart, Sampling, Senses, frames
from desktop.core.viewing_events import FramesPreviewed, FramesPreviewing, LevelsPreviewed, ViewFailed
from desktop.ui.chat.attachment_words import details
from desktop.ui.chat.chat_page import ChatPage
from desktop.ui.chat.examining import Examining
from desktop.ui.chat.film_popup import FilmPopup
from desktop.ui.chat.range_bar import Handle
from desktop.ui.chat.sampling_words import DENSITIES, cost_words, density_name, range_of, range_words, ranged
from desktop.ui.theme import light
from tests.ui.chat.conftest import Asked, opened

ALL = Senses(sees=True, hears=True, writes=True)
FILM = Attachment("f", "clip.mp4", 5_000, Facts(Kind.VIDEO, Format.MP4, 640, 360, 1, 40.0, False))
SOUND = Attachment("s", "talk.wav", 5_000, Facts(Kind.SOUND, Format.WAV, 0, 0, 1, 20.0, True))


def test_the_whole_file_stays_the_whole_file() -> None:
    part = AttachmentPart(FILM)
    assert ranged(part, 0.0, 40.0) == part
    assert ranged(part, 5.0, 40.0).sampling == Sampling(5.0, math.inf)
    assert range_of(ranged(part, 5.0, 12.0)) == (5.0, 12.0)


def test_a_range_is_told_in_times() -> None:
    assert range_words(ranged(AttachmentPart(FILM), 5.0, 12.0)) == "00:05 to 00:12, 00:07 in all"


def test_densities_have_names() -> None:
    assert [density_name(one) for one in DENSITIES] == [
        "A frame every 4 seconds", "A frame every 2 seconds", "A frame every second", "2 frames a second",
    ]  # fmt: skip


def test_the_cost_is_told_also_where_not_all_frames_fit() -> None:
    part = AttachmentPart(FILM)
    assert cost_words(part, ALL).startswith("40 frames · about ")
    dense = replace(part, sampling=Sampling(per_second=2.0))
    assert cost_words(dense, ALL).startswith("60 frames, as many as fit · about ")
    assert cost_words(ranged(part, 3.0, 4.0), ALL, 1).startswith("1 frame · ")
    assert cost_words(part, Senses()) == cost_words(part, ALL)
    assert cost_words(AttachmentPart(SOUND), ALL) == "about 502 tokens"
    assert cost_words(AttachmentPart(SOUND), Senses()) == ""


def test_ways_of_looking_that_make_no_difference_are_not_offered() -> None:
    assert Detail.QUICK not in details(FILM.facts)
    assert Detail.QUICK in details(Facts(Kind.PICTURE, Format.PNG, 1, 1))


class Opening:
    """A page with files in its draft, and a service that notes what it was asked."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bot = qtbot
        self.page = ChatPage(Asked(), Asked(), light(), attach=(attach := Asked()))
        self.viewing = Asked()
        self.page.examining = Examining(self.page.composer, self.viewing, lambda: ALL)
        qtbot.addWidget(self.page)
        self.page.resize(800, 700)
        self.page.show()
        self.page.apply(opened())
        for file in (FILM, SOUND):
            self.page.attaching.add_files([f"/home/{file.name}"])  # type: ignore[union-attr]
            self.page.apply(AttachmentReady(attach.asked[-1][-1], file))

    def opens(self, at: int) -> FilmPopup:
        self.page.composer.strip.examine_requested.emit(self.parts[at])
        assert self.page.examining is not None
        popup = self.page.examining.popup
        assert popup is not None
        return popup

    @property
    def parts(self) -> tuple[AttachmentPart, ...]:
        return self.page.composer.strip.parts

    @property
    def previews(self) -> list[tuple[AttachmentPart, str]]:
        return [(asked[1], asked[2]) for asked in self.viewing.asked if asked[0] == "preview"]

    @property
    def cancelled(self) -> list[str]:
        return [asked[1] for asked in self.viewing.asked if asked[0] == "cancel"]

    def found(self, *seconds: float) -> None:
        picture = Picture(64, 36, bytes(64 * 36 * 3))
        self.page.apply(FramesPreviewed(self.previews[-1][1], tuple(Frame(one, picture) for one in seconds)))


@pytest.fixture
def opening(qtbot: QtBot) -> Opening:
    return Opening(qtbot)


def test_the_frames_that_would_be_sent_are_shown_with_their_times(opening: Opening) -> None:
    popup = opening.opens(0)
    assert opening.previews[-1][0] == AttachmentPart(FILM)
    opening.page.apply(FramesPreviewing(opening.previews[-1][1], 10, 40))
    assert popup.progress.isVisible()
    assert popup.progress.value() == 25
    opening.found(0.0, 20.0, 61.0)
    assert popup.grid.sheet.times == ["00:00", "00:20", "01:01"]
    assert popup.grid.accessibleDescription() == "00:00, 00:20, 01:01"
    assert not popup.progress.isVisible()
    assert popup.cost.text().startswith("3 frames · about ")
    opening.bot.waitUntil(lambda: popup.grid.sheet.shown == 3)
    popup.close()


def test_frames_are_chosen_anew_a_moment_after_the_last_change(opening: Opening) -> None:
    popup = opening.opens(0)
    first = opening.previews[-1][1]
    for _ in range(3):
        opening.bot.keyClick(popup.bar.first, Qt.Key.Key_Right)
    popup.density.setCurrentIndex(1)
    popup.closeness.setCurrentIndex(1)
    assert len(opening.previews) == 1
    assert popup.cost.text().startswith(f"{frames(AttachmentPart(FILM, Detail.FINE, Sampling(3.0, math.inf, 0.5)))} f")
    opening.bot.waitUntil(lambda: len(opening.previews) == 2)
    assert opening.previews[-1][0] == AttachmentPart(FILM, Detail.FINE, Sampling(3.0, math.inf, 0.5))
    assert opening.cancelled == [first]
    opening.page.apply(FramesPreviewed(first, ()))
    assert popup.progress.isVisible()
    popup.close()


def test_done_sends_the_part_and_closing_leaves_the_file_as_it_was(opening: Opening) -> None:
    popup = opening.opens(0)
    opening.bot.keyClick(popup.bar.last, Qt.Key.Key_PageDown)
    popup.done_button.click()
    assert opening.parts[0].sampling == Sampling(0.0, 30.0)
    before = opening.parts
    popup = opening.opens(0)
    assert (popup.bar.start, popup.bar.end) == (0.0, 30.0)
    opening.bot.keyClick(popup.bar.last, Qt.Key.Key_Left)
    opening.bot.keyClick(popup, Qt.Key.Key_Escape)
    assert opening.parts == before
    assert opening.cancelled[-1] == opening.previews[-1][1]
    assert opening.page.examining is not None
    assert opening.page.examining.popup is None


def test_all_of_it_takes_the_range_back(opening: Opening) -> None:
    popup = opening.opens(0)
    assert not popup.whole_button.isEnabled()
    opening.bot.keyClick(popup.bar.last, Qt.Key.Key_PageDown)
    popup.whole_button.click()
    popup.done_button.click()
    assert opening.parts[0] == AttachmentPart(FILM)


def test_a_sound_has_its_curve_and_a_range_only(opening: Opening) -> None:
    popup = opening.opens(1)
    assert popup.bar.isVisible()
    assert not any(one.isVisible() for one in (popup.grid, popup.density, popup.closeness))
    opening.page.apply(LevelsPreviewed(opening.previews[-1][1], bytes(range(250))))
    assert not popup.progress.isVisible()
    assert not popup.grab().isNull()
    opening.bot.keyClick(popup.bar.first, Qt.Key.Key_PageUp)
    assert popup.cost.text() == "about 252 tokens"
    popup.done_button.click()
    assert opening.parts[1].sampling == Sampling(10.0, math.inf)
    assert len(opening.previews) == 1


def test_a_file_that_cannot_be_read_says_so(opening: Opening) -> None:
    popup = opening.opens(0)
    opening.page.apply(ViewFailed(opening.previews[-1][1], FileNotRecognised(name="clip.mp4")))
    assert "clip.mp4" in popup.grid.sheet.words
    assert not popup.progress.isVisible()
    assert not popup.grab().isNull()
    popup.close()


@pytest.mark.parametrize("side", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_pointer_takes_the_nearer_end_along(opening: Opening, side: Qt.LayoutDirection) -> None:
    popup = opening.opens(0)
    popup.bar.setLayoutDirection(side)
    at: Callable[[float], QPoint] = lambda share: QPoint(  # noqa: E731
        round(popup.bar.width() * (share if side is Qt.LayoutDirection.LeftToRight else 1 - share)), 8
    )
    opening.bot.mousePress(popup.bar, Qt.MouseButton.LeftButton, pos=at(0.2))
    opening.bot.mouseMove(popup.bar, at(0.25))
    opening.bot.mouseRelease(popup.bar, Qt.MouseButton.LeftButton, pos=at(0.25))
    opening.bot.mouseClick(popup.bar, Qt.MouseButton.LeftButton, pos=at(0.75))
    assert 7 < popup.bar.start < 11
    assert 29 < popup.bar.end < 33
    popup.close()


def test_the_keyboard_scrolls_the_frames(opening: Opening) -> None:
    popup = opening.opens(0)
    opening.found(*range(40))
    popup.done_button.setFocus()
    opening.bot.keyClick(popup.done_button, Qt.Key.Key_Tab)
    assert popup.focusWidget() is popup.grid
    opening.bot.keyClick(popup.grid, Qt.Key.Key_PageDown)
    assert popup.grid.verticalScrollBar().value() > 0
    popup.close()


def test_the_ends_tell_where_they_are_and_never_cross(opening: Opening) -> None:
    popup = opening.opens(0)
    first, last = popup.bar.first, popup.bar.last
    assert isinstance(first, Handle)
    opening.bot.keyClick(last, Qt.Key.Key_Home)
    assert (popup.bar.start, popup.bar.end) == (0.0, 1.0)
    opening.bot.keyClick(first, Qt.Key.Key_End)
    assert (popup.bar.start, popup.bar.end) == (0.0, 1.0)
    opening.bot.keyClick(last, Qt.Key.Key_End)
    opening.bot.keyClick(first, Qt.Key.Key_PageUp)
    assert (first.accessibleName(), last.accessibleName()) == ("From 00:10", "To 00:40")
    popup.close()
