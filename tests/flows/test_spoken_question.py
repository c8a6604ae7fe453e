"""The whole app with the real speech model: what is recorded gets a card, and is read beside it."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.core.attachment_events import AttachmentReady
from desktop.core.media import SAMPLE_RATE, SoundBlock, SoundWish, Source
from desktop.core.voice_events import SpeechKnown, TranscriptReady
from desktop.reader.client import LocalMediaReader
from tests.flows.test_real_answer import Flow

CLIP = Path(__file__).resolve().parents[1] / "engine" / "speech" / "clinic.flac"
TENTH = SAMPLE_RATE * 4 // 10


def spoken() -> bytes:
    reader = LocalMediaReader()
    with CLIP.open("rb") as file:
        found = [one for one in reader.sound(Source(file, CLIP.name), SoundWish()) if isinstance(one, SoundBlock)]
    reader.close()
    return b"".join(one.samples for one in found)


def test_a_recording_becomes_a_card_and_what_was_said_is_read(qtbot: QtBot, tmp_path: Path) -> None:
    flow = Flow(qtbot, tmp_path / "p")
    samples, page, voice = spoken(), flow.page, flow.house.voice
    assert page.voice is not None
    flow.house.models.list()
    while not (known := flow.wait(SpeechKnown)).model:  # type: ignore[attr-defined]
        assert isinstance(known, SpeechKnown)
    voice.record("r")
    for at in range(0, len(samples), TENTH):
        voice.take("r", samples[at : at + TENTH])
    page.voice.recorded.emit("r")
    assert [item.waits for item in page.composer.strip.items] == [True]
    voice.finish("r", "note.wav")
    flow.wait(AttachmentReady)
    (card,) = page.composer.strip.cards
    assert card.item.name == "note.wav"
    assert card.item.part is not None
    page.composer.strip.transcript_requested.emit(card.item.part.attachment)
    flow.wait(TranscriptReady)
    assert page.voice.transcript is not None
    assert "two tablets every morning" in page.voice.transcript.text.toPlainText()
    flow.close()
