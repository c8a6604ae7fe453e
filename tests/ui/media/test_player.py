"""The player shows and sounds what comes when its time has come, and does what the keys and the mouse say."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.attachment_errors import AttachmentMissing
from desktop.core.attachment_events import AttachmentReady
from desktop.core.media import PLAY_BYTES, PLAY_RATE
from desktop.core.viewing_events import MomentPlayed, PlayingEnded, ViewFailed
from desktop.ui.bridge import EventBridge
from desktop.ui.media.pacer import SilentPacer
from desktop.ui.media.player import Player
from tests.fakes import FakeEngine
from tests.houses import opened
from tests.media import made
from tests.ui.media.conftest import FILM, MUTE_FILM, SOUND, Playing, Stage, block, frame


def start(stage: Stage, at: float = 0.0) -> None:
    stage.player.show_media(FILM, at, play=True)
    stage.comes(*(frame(at + one / 10, one) for one in range(10)), block(at, 1.0))


def test_it_plays_once_there_is_enough_in_hand(stage: Stage) -> None:
    stage.player.show_media(FILM, 12.0, play=True)
    assert stage.playing.asked == [("Site visit.mp4", 12.0)]
    stage.comes(frame(12.0, 50))
    assert stage.grey() == 50
    assert not stage.player.playback.running
    stage.comes(frame(12.5), block(12.0, 0.5))
    assert stage.player.playback.running
    assert stage.pace.runs


def test_every_frame_is_shown_when_its_time_has_come(stage: Stage, qtbot: QtBot) -> None:
    start(stage)
    stage.pace.at = 0.31
    qtbot.waitUntil(lambda: stage.grey() == 3)
    stage.pace.at = 0.72
    qtbot.waitUntil(lambda: stage.grey() == 7)
    assert stage.playing.advanced == pytest.approx(0.72)
    assert stage.reached[-1] == pytest.approx(0.72)


def test_the_device_gets_the_sound_and_silence_where_the_film_has_none(stage: Stage, qtbot: QtBot) -> None:
    stage.player.show_media(FILM, 0.0, play=True)
    stage.comes(block(0.1, 0.1), *(frame(one / 10) for one in range(10)))
    qtbot.waitUntil(lambda: len(stage.pace.heard) >= 0.2 * PLAY_RATE * PLAY_BYTES)
    tenth = PLAY_RATE // 10 * PLAY_BYTES
    assert stage.pace.heard[:tenth] == bytes(tenth)
    assert stage.pace.heard[tenth : 2 * tenth] == bytes([1]) * tenth


def test_it_waits_for_what_is_not_there_yet_and_says_so(stage: Stage, qtbot: QtBot) -> None:
    start(stage)
    stage.pace.at = 1.0
    qtbot.waitUntil(lambda: not stage.player.playback.running)
    assert not stage.pace.runs
    qtbot.waitUntil(lambda: stage.player.picture.message.text() == "Loading…")
    stage.comes(frame(1.0), frame(1.4), block(1.0, 0.5))
    assert stage.pace.runs
    assert stage.player.picture.message.text() == ""


def test_the_sound_waits_for_the_first_picture(stage: Stage, qtbot: QtBot) -> None:
    stage.player.show_media(FILM, 0.0, play=True)
    stage.comes(block(0.0, 1.0))
    assert not stage.pace.runs
    qtbot.waitUntil(lambda: stage.pace.runs)
    stage.comes(block(1.0, 0.1))
    stage.pace.at = 0.5
    qtbot.waitUntil(lambda: stage.playing.advanced == 0.5)
    assert stage.pace.runs


def test_it_goes_on_to_a_picture_that_is_far_away(stage: Stage, qtbot: QtBot) -> None:
    stage.player.show_media(MUTE_FILM, 0.0, play=True)
    stage.comes(frame(0.0))
    qtbot.waitUntil(lambda: stage.pace.runs)


def test_space_pauses_and_goes_on(stage: Stage, qtbot: QtBot) -> None:
    start(stage)
    qtbot.keyClick(stage.player, Qt.Key.Key_Space)
    assert not stage.pace.runs
    assert stage.player.controls.play.accessibleName() == "Play (Space)"
    qtbot.keyClick(stage.player, Qt.Key.Key_Space)
    assert stage.pace.runs
    assert stage.player.controls.play.accessibleName() == "Pause (Space)"


def test_a_film_that_is_not_played_yet_shows_its_moment(stage: Stage) -> None:
    stage.player.show_media(FILM, 5.0, play=False)
    stage.comes(frame(5.0, 90), frame(5.5), block(5.0, 0.5))
    assert stage.grey() == 90
    assert not stage.pace.runs
    assert stage.player.picture.message.text() == ""


@pytest.mark.parametrize(("key", "goal"), [(Qt.Key.Key_Left, 15), (Qt.Key.Key_Right, 25), (Qt.Key.Key_Home, 0)])
def test_arrows_go_five_seconds_back_and_forth(stage: Stage, qtbot: QtBot, key: Qt.Key, goal: float) -> None:
    start(stage, 20.0)
    before = stage.playing.token
    for pressed in (stage.player, stage.player.controls.play):
        stage.pace.at = 20.0
        qtbot.keyClick(pressed, key)
        assert stage.playing.asked[-1] == ("Site visit.mp4", goal)
    assert before in stage.playing.halted
    assert stage.playing.token != before
    assert stage.player.playback.wanted


def test_arrows_stay_within_the_film(stage: Stage, qtbot: QtBot) -> None:
    start(stage, 58.0)
    qtbot.keyClick(stage.player, Qt.Key.Key_Right)
    assert stage.playing.asked[-1][1] == 60.0


def test_what_comes_of_an_earlier_place_is_not_shown(stage: Stage) -> None:
    start(stage)
    before = stage.playing.token
    stage.player.seek(30.0)
    stage.player.apply(MomentPlayed(before, frame(0.2, 77)))
    assert stage.grey() == 0


def test_a_click_on_the_line_of_time_goes_there(stage: Stage, qtbot: QtBot) -> None:
    start(stage)
    slider = stage.player.controls.seek
    qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, slider.height() // 2))
    assert stage.playing.asked[-1][1] == pytest.approx(30.0, abs=0.5)
    assert stage.player.controls.elapsed.text() in ("00:29", "00:30")
    assert stage.player.controls.total.text() == "01:00"


def test_the_line_of_time_is_not_moved_while_it_is_held(stage: Stage, qtbot: QtBot) -> None:
    start(stage)
    slider = stage.player.controls.seek
    qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, slider.height() // 2))
    stage.pace.at = 0.5
    qtbot.waitUntil(lambda: stage.playing.advanced == 0.5)
    assert slider.sliderPosition() == pytest.approx(30_000, abs=500)
    qtbot.mouseRelease(slider, Qt.MouseButton.LeftButton)
    assert stage.playing.asked[-1][1] == pytest.approx(30.0, abs=0.5)


def test_the_keyboard_moves_on_the_line_of_time(stage: Stage, qtbot: QtBot) -> None:
    start(stage, 20.0)
    qtbot.keyClick(stage.player.controls.seek, Qt.Key.Key_Right)
    assert stage.playing.asked[-1][1] == 25.0


def test_m_switches_the_sound_off_and_on(stage: Stage, qtbot: QtBot) -> None:
    start(stage)
    assert stage.pace.volume == 1.0
    qtbot.keyClick(stage.player, Qt.Key.Key_Down)
    assert stage.pace.volume == pytest.approx(0.95)
    qtbot.keyClick(stage.player, Qt.Key.Key_M)
    assert stage.pace.volume == 0.0
    assert stage.player.controls.mute.accessibleName() == "Sound on (M)"
    qtbot.keyClick(stage.player, Qt.Key.Key_M)
    assert stage.pace.volume == pytest.approx(0.95)


def test_the_volume_stays_for_the_next_film(stage: Stage) -> None:
    start(stage)
    stage.player.controls.volume.setValue(40)
    start(stage)
    assert stage.pace.volume == pytest.approx(0.4)


def test_at_the_end_it_can_be_played_again(stage: Stage, qtbot: QtBot) -> None:
    start(stage, 59.0)
    stage.player.apply(PlayingEnded(stage.playing.token))
    stage.pace.at = 60.0
    qtbot.waitUntil(lambda: not stage.player.playback.wanted)
    assert stage.player.controls.play.accessibleName() == "Play again (Space)"
    assert stage.player.controls.elapsed.text() == "01:00"
    qtbot.keyClick(stage.player, Qt.Key.Key_Space)
    assert stage.playing.asked[-1][1] == 0.0
    assert stage.player.playback.wanted


def test_an_error_says_its_sentence_and_it_can_be_tried_again(stage: Stage, qtbot: QtBot) -> None:
    start(stage)
    stage.pace.at = 0.5
    stage.player.apply(ViewFailed(stage.playing.token, AttachmentMissing(name="Site visit.mp4")))
    assert "Site visit.mp4 is no longer kept" in stage.player.picture.message.text()
    assert stage.player.picture.message.isVisible()
    assert not stage.pace.runs
    qtbot.keyClick(stage.player, Qt.Key.Key_Space)
    assert stage.playing.asked[-1][1] == 0.5
    assert stage.player.picture.message.text() == ""


def test_without_a_device_it_plays_and_says_that_nothing_is_heard(stage: Stage) -> None:
    stage.audible = False
    start(stage)
    assert stage.player.note.text() == "No sound device: playing without sound"
    assert stage.player.note.isVisible()
    assert not stage.player.controls.volume.isVisible()
    assert not stage.player.controls.mute.isVisible()
    assert stage.pace.runs


def test_a_film_without_sound_lacks_no_device(stage: Stage) -> None:
    stage.player.show_media(MUTE_FILM, 0.0, play=True)
    assert not stage.player.note.isVisible()
    assert not stage.player.controls.mute.isVisible()


def test_a_device_that_is_unplugged_does_not_end_the_film(stage: Stage, qtbot: QtBot) -> None:
    start(stage)
    stage.pace.at = 0.25
    stage.pace.broken = True
    qtbot.waitUntil(lambda: stage.player.note.text() == "No sound device: playing without sound")
    assert stage.pace.closed
    qtbot.waitUntil(lambda: stage.player.playback.now() > 0.3)


def test_a_sound_shows_its_name(stage: Stage) -> None:
    stage.player.show_media(SOUND, 0.0, play=True)
    stage.comes(block(0.0, 0.5))
    assert stage.pace.runs
    assert stage.player.picture.name.text() == "Interview.mp3"
    assert stage.player.picture.sign.isVisible()


def test_halting_leaves_nothing_running(stage: Stage) -> None:
    start(stage)
    stage.player.halt()
    assert stage.playing.token in stage.playing.halted
    assert stage.pace.closed
    assert not stage.player.playback.running


def test_a_player_that_is_out_of_sight_is_halted(stage: Stage) -> None:
    start(stage)
    stage.player.hide()
    assert stage.pace.closed


def test_everything_has_a_name_for_screen_readers(stage: Stage) -> None:
    start(stage)
    controls = stage.player.controls.findChildren(QWidget)
    assert not [one for one in controls if not one.accessibleName() and not (isinstance(one, QLabel) and one.text())]
    assert stage.player.accessibleName() == "Player: Site visit.mp4"


def test_the_moment_is_told_in_words(stage: Stage, qtbot: QtBot) -> None:
    start(stage, 20.0)
    assert stage.player.controls.seek.accessibleDescription() == "00:20 of 01:00"


def test_frames_are_asked_for_as_large_as_they_are_seen(stage: Stage) -> None:
    stage.player.show_media(FILM, 0.0, play=True)
    area = stage.player.picture
    assert stage.playing.side == pytest.approx(min(area.width(), area.height() * 16 / 9), abs=1)
    stage.player.resize(4000, 3000)
    stage.player.show_media(FILM, 0.0, play=True)
    assert stage.playing.side == 1280


def test_a_player_that_was_put_into_a_window_just_now_knows_its_size(qtbot: QtBot) -> None:
    playing = Playing()
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    column = QVBoxLayout(window)
    player = Player(playing, window, open_pacer=lambda _parent, _sounds: SilentPacer())
    column.addWidget(player)
    player.show()
    player.show_media(FILM, 0.0, play=True)
    assert playing.side > 800


def test_a_larger_window_gets_sharper_frames(stage: Stage, qtbot: QtBot) -> None:
    start(stage, 20.0)
    small = stage.playing.side
    stage.player.resize(1200, 800)
    qtbot.waitUntil(lambda: stage.playing.side > small)
    assert stage.playing.asked[-1][1] == 20.0
    assert stage.player.playback.wanted


def test_a_kept_film_is_played_to_its_end(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(made.video(1, sound="aac"))
    bridge = EventBridge()
    with opened(tmp_path / "p", FakeEngine()) as (house, events):
        house.attach.add(str(path), "t")
        film = events.wait(AttachmentReady).attachment
        player = Player(house.playing, open_pacer=lambda _parent, _sounds: SilentPacer())
        qtbot.addWidget(player)
        player.resize(640, 420)
        player.show()
        leave = house.announcer.subscribe(bridge.publish)
        bridge.announced.connect(player.apply)
        player.show_media(film, 0.0, play=True)
        seen = []
        player.playback.shown.connect(seen.append)
        with qtbot.waitSignal(player.playback.finished, timeout=20_000):
            pass
        assert len(seen) >= 8
        assert player.controls.play.accessibleName() == "Play again (Space)"
        seen.clear()
        with qtbot.waitSignal(player.playback.finished, timeout=20_000):
            player.toggle()
            player.seek(0.5)
        assert 4 <= len(seen) <= 6
        player.halt()
        leave()
        bridge.close()
