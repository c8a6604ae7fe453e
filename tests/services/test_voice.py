"""Speaking: recorded sealed, written down by the real speech model, found and saved; through the whole house."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import app
from desktop.core.attachment_events import AttachmentFailed, AttachmentPreparing, AttachmentReady, AttachmentShown
from desktop.core.attachments import Attachment, Caption, Wishes
from desktop.core.conversations import NEW_CONVERSATION, TurnState
from desktop.core.errors import StoreFull
from desktop.core.events import Failed, SettingsChanged, TurnFinished
from desktop.core.media import SAMPLE_RATE, Facts, Format, Kind, SoundBlock, SoundWish, Source
from desktop.core.speech_errors import NotWrittenDown
from desktop.core.taking import AttachmentPart
from desktop.core.voice_events import (
    Dictated,
    DictationEnded,
    RecordingFailed,
    RecordingSaved,
    RecordingsRescued,
    SpeechKnown,
    TranscriptExported,
    TranscriptFailed,
    TranscriptReady,
)
from desktop.reader.client import LocalMediaReader
from desktop.services.recording import sixteen_bit
from desktop.store.recordings import RecordingStore
from tests.fakes import FakeEngine
from tests.houses import Recorder, opened
from tests.media import made

House = tuple[app.House, Recorder]
ROOT = Path(__file__).resolve().parents[2]
CLIP = ROOT / "tests" / "engine" / "speech" / "clinic.flac"
SENTENCE = "the patient should take two tablets every morning and come back to the clinic next friday"
TENTH = SAMPLE_RATE * 4 // 10


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path / "p", FakeEngine()) as both:
        yield both


@pytest.fixture(scope="module")
def spoken() -> bytes:
    reader = LocalMediaReader()
    with CLIP.open("rb") as file:
        found = list(reader.sound(Source(file, CLIP.name), SoundWish()))
    reader.close()
    return b"".join(one.samples for one in found if isinstance(one, SoundBlock))


def plain(text: str) -> str:
    return " ".join("".join(one for one in text.lower() if one.isalpha() or one.isspace()).split())


def speak(house: House, token: str, samples: bytes) -> None:
    """As a microphone does: a tenth of a second at a time."""
    for at in range(0, len(samples), TENTH):
        house[0].voice.take(token, samples[at : at + TENTH])


def recorded(house: House, samples: bytes, name: str = "note.wav") -> Attachment:
    house[0].voice.record("r")
    speak(house, "r", samples)
    house[0].voice.finish("r", name)
    return house[1].wait(AttachmentReady, lambda one: one.token == "r").attachment


def recordings(house: House) -> list[Path]:
    return sorted(house[0].profile.recordings.glob("*"))


def settle(house: House, attachment: Attachment) -> None:
    """The question is to be sent without it."""
    house[0].attach.drop(attachment)
    house[0].attach.illustrate(attachment)
    house[1].wait(AttachmentShown, lambda one: one.attachment == attachment)


def test_what_is_spoken_is_recorded_and_comes_out_as_text(house: House, spoken: bytes) -> None:
    attachment = recorded(house, spoken)
    assert attachment.name == "note.wav"
    assert [one.seconds for one in house[1].events if isinstance(one, RecordingSaved)] == [1, 2, 3, 4, 5, 6]
    house[0].voice.write_down(attachment)
    transcript = house[1].wait(TranscriptReady).transcript
    assert transcript.language == "en"
    assert plain(transcript.text) == SENTENCE


def test_a_recording_is_an_attachment_like_any_other(house: House, spoken: bytes) -> None:
    attachment = recorded(house, spoken)
    with house[0].shelf.attachments.open(attachment.digest, "note.wav") as source:
        reader = LocalMediaReader()
        assert reader.describe(source) == attachment.facts
        reader.close()
    assert attachment.facts.seconds == pytest.approx(len(spoken) / 64_000)
    assert len(recordings(house)) == 1  # until a draft or message names it


def test_a_recording_that_is_thrown_away_leaves_nothing(house: House) -> None:
    house[0].voice.record("r")
    speak(house, "r", bytes(SAMPLE_RATE * 8))
    house[1].wait(RecordingSaved)
    (file,) = recordings(house)
    assert bytes(100) not in file.read_bytes()
    house[0].voice.discard("r")
    house[0].voice.finish("r", "note.wav")
    recorded(house, bytes(SAMPLE_RATE))
    assert file not in recordings(house)
    assert len([one for one in house[1].events if isinstance(one, AttachmentReady)]) == 1


def test_a_full_disk_ends_a_recording_and_what_was_said_is_kept(house: House, spoken: bytes) -> None:
    house[0].voice.record("r")
    speak(house, "r", spoken[: 2 * SAMPLE_RATE * 4])
    house[1].wait(RecordingSaved, lambda one: one.seconds == 2)
    store = house[0].shelf.recordings
    assert isinstance(store, RecordingStore)
    running = house[0].voice._recorder._running["r"]
    running.sink._reserve = 1 << 60  # type: ignore[attr-defined]
    speak(house, "r", spoken[2 * SAMPLE_RATE * 4 :])
    assert isinstance(house[1].wait(RecordingFailed).error, StoreFull)
    assert house[1].wait(AttachmentReady).attachment.facts.seconds == pytest.approx(3.0)


def test_a_recording_that_cannot_begin_is_told_and_waits_for_nothing(house: House) -> None:
    store = house[0].shelf.recordings
    assert isinstance(store, RecordingStore)
    store.reserve = 1 << 60
    house[0].voice.record("r")
    house[0].voice.finish("r", "note.wav")
    assert isinstance(house[1].wait(RecordingFailed).error, StoreFull)
    assert isinstance(house[1].wait(AttachmentFailed, lambda one: one.token == "r").error, StoreFull)


def test_a_recording_that_cannot_be_kept_stays_to_be_rescued(house: House) -> None:
    house[0].shelf.attachments.folder.reserve = 1 << 60  # type: ignore[attr-defined]
    house[0].voice.record("r")
    speak(house, "r", bytes(SAMPLE_RATE * 8))
    house[0].voice.finish("r", "note.wav")
    assert isinstance(house[1].wait(AttachmentFailed).error, StoreFull)
    (rescued,) = house[1].wait(RecordingsRescued).recordings
    house[0].shelf.attachments.folder.reserve = 0  # type: ignore[attr-defined]
    house[0].voice.rescue(rescued.id, "again")
    attachment = house[1].wait(AttachmentReady).attachment
    assert attachment.facts.seconds == 2.0
    settle(house, attachment)
    assert recordings(house) == []


RECORDING = """
import sys, time
from pathlib import Path
from desktop.core.events import Event
from desktop.core.voice_events import RecordingSaved
from tests.houses import opened
def main():
    with opened(Path(sys.argv[1])) as (house, recorder):
        house.voice.record("r")
        house.voice.take("r", bytes(int(3.9 * 64_000)))
        recorder.wait(RecordingSaved)
        for _ in range(39):
            house.voice.take("r", bytes(6_400))
        recorder.wait(RecordingSaved, lambda one: one.seconds > 6.8)
        print("saved", flush=True)
        sys.stdin.read()
if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_kill_costs_a_second_of_a_recording_at_most(tmp_path: Path) -> None:
    script = tmp_path / "recording.py"
    script.write_text(RECORDING)
    with subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "p")],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"saved\n"
        process.send_signal(signal.SIGKILL)
    with opened(tmp_path / "p", FakeEngine()) as house:
        (rescued,) = house[1].wait(RecordingsRescued).recordings
        assert 6.8 <= rescued.seconds <= 7.8
        house[0].voice.rescue(rescued.id, "again")
        attachment = house[1].wait(AttachmentReady).attachment
        assert attachment.facts.seconds == rescued.seconds
        settle(house, attachment)
        assert recordings(house) == []


def test_closing_while_recording_offers_it_at_the_next_start_and_forgets_it_when_told(tmp_path: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as house:
        house[0].voice.record("r")
        speak(house, "r", bytes(SAMPLE_RATE * 6))
    with opened(tmp_path / "p", FakeEngine()) as house:
        (rescued,) = house[1].wait(RecordingsRescued).recordings
        assert rescued.seconds == 1.5
        house[0].voice.forget(rescued.id)
        settle(house, recorded(house, bytes(100)))
        assert recordings(house) == []


def test_sound_that_is_no_number_or_too_loud_is_recorded_as_it_can_be() -> None:
    from array import array

    values = array("f", [0.0, 1.0, -1.0, 7.0, float("nan"), float("-inf")]).tobytes()
    assert array("h", sixteen_bit(values)).tolist() == [0, 32767, -32767, 32767, 0, -32767]


def test_the_second_time_the_words_come_at_once_and_can_be_saved(house: House, spoken: bytes, tmp_path: Path) -> None:
    attachment = recorded(house, spoken)
    house[0].voice.export_transcript(attachment, str(tmp_path / "early.txt"), "txt")
    assert isinstance(house[1].wait(Failed).error, NotWrittenDown)
    house[0].voice.write_down(attachment)
    first = house[1].wait(TranscriptReady).transcript
    house[0].voice.close()
    house[0].voice.write_down(attachment)
    assert house[1].wait(TranscriptReady).transcript == first
    house[0].voice.export_transcript(attachment, str(tmp_path / "note.docx"), "docx")
    house[0].voice.export_transcript(attachment, str(tmp_path / "note.txt"), "txt")
    house[1].wait(TranscriptExported, lambda one: one.name == "note.txt")
    assert (tmp_path / "note.txt").read_text() == first.text
    import docx

    heading, *said = [one.text for one in docx.Document(str(tmp_path / "note.docx")).paragraphs]
    assert heading == "note.wav"
    assert plain(" ".join(said)) == SENTENCE
    assert said[0].startswith("[00:00] ")


def test_what_is_said_is_found_while_a_message_names_it(house: House, spoken: bytes) -> None:
    attachment = recorded(house, spoken)
    house[0].chat.send(0, "Summarise this.", attached=(AttachmentPart(attachment),))  # type: ignore[arg-type]
    conversation = house[1].wait(TurnFinished).conversation
    store = house[0].shelf.conversations
    (hit,) = store.search("tablets morning")
    assert hit.conversation == conversation
    assert "tablets" in hit.snippet
    assert "tablets" in [hit.snippet[start:end] for start, end in hit.marks]
    assert store.search("tablets", matter=99) == ()  # type: ignore[arg-type]
    store.delete(conversation)
    assert store.search("tablets") == ()


def test_a_deaf_model_reads_what_is_said_behind_its_time(house: House, spoken: bytes) -> None:
    part = AttachmentPart(recorded(house, bytes(SAMPLE_RATE * 4 * 3) + spoken))
    wishes = Wishes(pictures=True, sounds=False, words=True)
    pieces = house[0].preparing.prepare(part, wishes).pieces
    assert all(isinstance(one, Caption) for one in pieces)
    text = "".join(one.text for one in pieces if isinstance(one, Caption))
    assert text.startswith("[00:02] The patient")
    assert text.endswith("\n")
    assert plain(text) == SENTENCE


def test_a_video_gives_its_frames_and_the_words_in_order_of_time(house: House, tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(made.video(3, sound="aac"))
    house[0].attach.add(str(path), "film")
    part = AttachmentPart(house[1].wait(AttachmentReady).attachment)
    pieces = house[0].preparing.prepare(part, Wishes(sounds=False, words=True)).pieces
    assert [one.text for one in pieces[:2] if isinstance(one, Caption)] == ["[nothing is said in the sound]", "[00:00]"]


def test_stop_while_a_sound_is_written_down_for_a_model_ends_the_turn(house: House, spoken: bytes) -> None:
    part = AttachmentPart(recorded(house, spoken * 5))
    house[0].chat.send(0, "Summarise this.", attached=(part,))  # type: ignore[arg-type]
    house[1].wait(AttachmentPreparing)
    house[0].chat.stop()
    assert house[1].wait(TurnFinished).answer.state is TurnState.STOPPED
    assert house[0].engine.asked == []  # type: ignore[attr-defined]


def test_a_sound_that_was_stopped_is_written_down_when_it_is_wanted_again(house: House, spoken: bytes) -> None:
    attachment = recorded(house, spoken)
    house[0].voice.write_down(attachment)
    house[0].voice.stop_writing(attachment)
    house[0].voice.write_down(attachment)
    assert house[1].wait(TranscriptFailed).error is None
    assert house[1].wait(TranscriptReady).transcript.segments


def test_dictated_words_come_while_somebody_speaks(house: House, spoken: bytes) -> None:
    house[0].voice.dictate("d")
    speak(house, "d", spoken + bytes(SAMPLE_RATE * 4))
    house[0].voice.finish_dictation("d")
    assert house[1].wait(DictationEnded).error is None
    said = [one for one in house[1].events if isinstance(one, Dictated)]
    words = plain("".join(one.words for one in said).replace(" 2 ", " two "))
    assert words == SENTENCE
    assert said[-1].tentative == ""


def test_a_dictation_that_is_broken_off_ends_without_more_words(house: House, spoken: bytes) -> None:
    house[0].voice.dictate("d")
    house[0].voice.discard("d")
    assert house[1].wait(DictationEnded).token == "d"
    assert not [one for one in house[1].events if isinstance(one, Dictated)]


def test_the_speech_model_is_told_once_the_store_is_open(house: House, tmp_path: Path) -> None:
    assert house[1].wait(SpeechKnown).model == "whisper-base"
    house[0].settings.change(speech_model=str(tmp_path / "gone"))
    house[1].wait(SettingsChanged)
    assert house[1].wait(SpeechKnown).model == "whisper-base"


def test_a_file_without_sound_is_told(house: House) -> None:
    missing = Attachment("0" * 64, "gone.wav", 1, Facts(Kind.SOUND, Format.WAV, seconds=1.0))
    house[0].voice.write_down(missing)
    assert "gone.wav" in str(house[1].wait(TranscriptFailed).error)


def test_a_recording_that_no_draft_names_is_offered_again_and_one_that_is_named_is_not(
    tmp_path: Path, spoken: bytes
) -> None:
    with opened(tmp_path / "p", FakeEngine()) as both:
        lost = recorded(both, spoken, "lost.wav")
        assert len(recordings(both)) == 1
    with opened(tmp_path / "p", FakeEngine()) as both:
        (rescued,) = both[1].wait(RecordingsRescued).recordings
        both[0].voice.rescue(rescued.id, "again")
        again = both[1].wait(AttachmentReady, lambda one: one.token == "again").attachment
        assert again.digest == lost.digest
        both[0].chat.send(NEW_CONVERSATION, "What is said?", attached=(AttachmentPart(again),))
        both[1].wait(TurnFinished)
        assert recordings(both) == []
    with opened(tmp_path / "p", FakeEngine()) as both:
        assert both[0].shelf.recordings.broken_off() == ()


def test_a_recording_that_is_removed_is_gone(house: House, spoken: bytes) -> None:
    settle(house, recorded(house, spoken))
    assert recordings(house) == []
