"""Files beside a question: taken in by the real reader, kept in the real store, sent, prepared and let go."""

import os
import struct
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop import app
from desktop.core.attachment_errors import AttachmentMissing, AttachmentTooLong, FileUnreadable
from desktop.core.attachment_events import (
    AttachmentFailed,
    AttachmentPreparing,
    AttachmentReady,
    AttachmentShown,
    AttachmentTaking,
)
from desktop.core.attachments import Attachment, Caption, Piece, Sound, Wishes
from desktop.core.conversations import ConversationId
from desktop.core.drafts import Draft, dump_draft
from desktop.core.errors import Cancelled, FileDamaged, FileNotRecognised, StoreFull, VaultLocked
from desktop.core.events import ConversationDeleted, Failed, SendFailed, TurnFinished
from desktop.core.media import SAMPLE_BYTES, SAMPLE_RATE, Detail, Facts, Format, Kind, Picture, grid
from desktop.core.messages import PastedPart, TextPart
from desktop.core.taking import AttachmentPart, clock
from desktop.services import pieces
from desktop.services.keeping import Keeper, shown_name
from desktop.services.preparing import UNHEARD
from desktop.services.shelf import Shelf
from desktop.store.attachments import AttachmentStore
from tests.fakes import FakeEngine
from tests.houses import Recorder, opened, thread_of
from tests.media import made

House = tuple[app.House, Recorder]
ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "tests" / "models"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with opened(tmp_path / "p", FakeEngine()) as both:
        yield both


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def make(content: bytes, name: str = "photo.png") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


def leave_no_room(house: House) -> None:
    """Let the disk look full to the files."""
    store = house[0].shelf.attachments
    assert isinstance(store, AttachmentStore)
    store.folder.reserve = 1 << 60


PNG = made.saved(made.corners(320, 160), "PNG")


def add(house: House, path: Path, token: str = "t") -> AttachmentReady:
    house[0].attach.add(str(path), token)
    return house[1].wait(AttachmentReady, lambda one: one.token == token)


def failure(house: House, path: Path) -> AttachmentFailed:
    house[0].attach.add(str(path), "t")
    return house[1].wait(AttachmentFailed, lambda one: one.token == "t")


def settle(house: House) -> None:
    """Wait until the attach lane has done what it was asked before."""
    marker = Attachment("none", "marker", 0, Facts(Kind.SOUND, Format.WAV))
    house[0].attach.illustrate(marker)
    house[1].wait(AttachmentShown, lambda one: one.attachment == marker)


def sealed(house: House) -> list[Path]:
    return [one for one in house[0].profile.files.rglob("*") if one.is_file()]


def prepared(
    house: House, attachment: Attachment, detail: Detail = Detail.NORMAL, wishes: Wishes | None = None
) -> tuple[Piece, ...]:
    return house[0].preparing.prepare(AttachmentPart(attachment, detail), wishes or Wishes()).pieces


def told(found: tuple[Piece, ...]) -> list[str]:
    """The pieces in words."""
    return [one.text if isinstance(one, Caption) else "sound" if isinstance(one, Sound) else "picture" for one in found]


def test_a_picture_is_taken_in_and_shown_small(house: House, file: Callable[..., Path]) -> None:
    ready = add(house, file(PNG))
    assert ready.attachment.name == "photo.png"
    assert ready.attachment.size == len(PNG)
    assert ready.attachment.facts == Facts(Kind.PICTURE, Format.PNG, 320, 160, 1)
    assert ready.thumbnail is not None
    assert (ready.thumbnail.width, ready.thumbnail.height) == (256, 128)


def test_a_video_shows_one_of_its_moments_and_a_sound_nothing(house: House, file: Callable[..., Path]) -> None:
    film = add(house, file(made.video(2, sound="aac"), "film.mp4"), "film")
    sound = add(house, file(made.tone(1.0), "tone.wav"), "sound")
    assert film.attachment.facts.kind is Kind.VIDEO
    assert film.thumbnail is not None
    assert sound.attachment.facts.kind is Kind.SOUND
    assert sound.thumbnail is None


def test_the_small_picture_is_made_once(house: House, file: Callable[..., Path]) -> None:
    ready = add(house, file(PNG))
    house[0].keeper.close()
    house[0].attach.illustrate(ready.attachment)
    assert house[1].wait(AttachmentShown).thumbnail == ready.thumbnail
    assert house[0].keeper._reader._reader.pid is None  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"hello", FileNotRecognised),
        (b"", FileNotRecognised),
        (PNG[: len(PNG) // 2], FileDamaged),
    ],
    ids=["unknown", "empty", "cut short"],
)
def test_a_file_that_cannot_be_read_is_told_and_not_kept(
    house: House, file: Callable[..., Path], content: bytes, error: type[Exception]
) -> None:
    failed = failure(house, file(content, "thing.png"))
    assert type(failed.error) is error
    assert "thing.png" in str(failed.error)
    settle(house)
    assert sealed(house) == []


def test_a_file_that_is_gone_a_folder_and_a_pipe_are_told(house: House, tmp_path: Path) -> None:
    places = [tmp_path / "gone.png", tmp_path, tmp_path / "bad\0name"]
    if os.name != "nt":
        os.mkfifo(tmp_path / "pipe")
        places.append(tmp_path / "pipe")
    for place in places:
        assert type(failure(house, place).error) is FileUnreadable


def test_a_locked_store_is_told() -> None:
    class Reader:
        def describe(self, *_: object) -> Facts:
            return Facts(Kind.PICTURE, Format.PNG)

    with pytest.raises(VaultLocked):
        Keeper(Shelf(), Reader()).keep(MODELS / "SHA256SUMS")  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_of_strange_bytes_becomes_one_that_can_be_shown() -> None:
    assert shown_name(Path("/x/caf\udce9.png")) == "caf\ufffd.png"


def test_a_full_disk_is_told_and_nothing_is_kept(house: House, file: Callable[..., Path]) -> None:
    leave_no_room(house)
    assert type(failure(house, file(PNG)).error) is StoreFull
    assert sealed(house) == []


@pytest.mark.expected_log
def test_a_bug_while_a_file_is_taken_in_is_told_to_who_waits(house: House, file: Callable[..., Path]) -> None:
    def bug(event: object) -> None:
        if isinstance(event, AttachmentReady):
            raise ZeroDivisionError

    unsubscribe = house[0].announcer.subscribe(bug)
    assert failure(house, file(PNG)).token == "t"
    unsubscribe()


def test_a_file_that_is_not_wanted_any_more_is_not_kept(house: House, file: Callable[..., Path]) -> None:
    house[0].attach.add(str(file(made.video(20), "film.mp4")), "film")
    house[0].attach.cancel("film")
    ready = add(house, file(PNG))
    assert not [one for one in house[1].events if isinstance(one, AttachmentReady | AttachmentFailed) and one != ready]
    house[0].attach.drop(ready.attachment)
    settle(house)
    assert sealed(house) == []


def test_a_question_carries_its_files(house: House, file: Callable[..., Path]) -> None:
    part = AttachmentPart(add(house, file(PNG)).attachment, Detail.FINE)
    house[0].chat.send(0, "What is this?", pasted=(PastedPart("mail", "Dear"),), attached=(part,))  # type: ignore[arg-type]
    finished = house[1].wait(TurnFinished)
    shown = thread_of(*house, finished.conversation)
    assert shown.thread.messages[0].message.parts == (part, PastedPart("mail", "Dear"), TextPart("What is this?"))
    house[0].attach.drop(part.attachment)
    settle(house)
    assert prepared(house, part.attachment)


def test_a_file_alone_is_a_question_and_gives_the_conversation_its_name(
    house: House, file: Callable[..., Path]
) -> None:
    part = AttachmentPart(add(house, file(PNG, "lease.png")).attachment)
    house[0].chat.send(0, "", attached=(part,))  # type: ignore[arg-type]
    finished = house[1].wait(TurnFinished)
    assert thread_of(*house, finished.conversation).thread.summary.title == "lease.png"


def test_a_question_asked_again_in_other_words_keeps_or_leaves_its_file(
    house: House, file: Callable[..., Path]
) -> None:
    part = AttachmentPart(add(house, file(PNG)).attachment)
    house[0].chat.send(0, "What?", attached=(part,))  # type: ignore[arg-type]
    finished = house[1].wait(TurnFinished)
    question = thread_of(*house, finished.conversation).thread.messages[0]
    house[0].chat.edit(question.id, "And without?")
    house[1].wait(TurnFinished)
    house[0].chat.edit(question.id, "And with?", attached=(part,))
    house[1].wait(TurnFinished)
    assert thread_of(*house, finished.conversation).thread.messages[0].message.attached == (part,)


def test_a_question_whose_file_is_gone_is_told_and_makes_no_conversation(
    house: House, file: Callable[..., Path]
) -> None:
    part = AttachmentPart(add(house, file(PNG)).attachment)
    house[0].attach.drop(part.attachment)
    settle(house)
    house[0].chat.send(0, "What?", attached=(part,), token="asked")  # type: ignore[arg-type]
    house[1].wait(SendFailed, lambda one: one.token == "asked")
    assert isinstance(house[1].wait(Failed).error, AttachmentMissing)
    assert house[0].shelf.conversations.list_all() == ()


def test_two_conversations_share_a_file_until_both_are_deleted_for_good(
    house: House, file: Callable[..., Path]
) -> None:
    conversations = []
    for token in ("one", "two"):
        part = AttachmentPart(add(house, file(PNG), token).attachment)
        house[0].chat.send(0, token, attached=(part,))  # type: ignore[arg-type]
        conversations.append(house[1].wait(TurnFinished).conversation)
    for conversation, size in zip(conversations, (len(PNG), None), strict=True):
        house[0].history.delete(conversation)
        house[1].wait(ConversationDeleted)
        assert house[0].shelf.attachments.size(part.attachment.digest) == size
    assert sealed(house) == []


def test_a_draft_keeps_its_file_over_a_start(tmp_path: Path, file: Callable[..., Path]) -> None:
    with opened(tmp_path / "p", FakeEngine()) as house:
        kept = add(house, file(PNG, "kept.png"), "kept").attachment
        add(house, file(made.tone(0.5), "left.wav"), "left")
        house[0].history.save_draft(0, dump_draft(Draft("half", attached=(AttachmentPart(kept),))))  # type: ignore[arg-type]
    with opened(tmp_path / "p", FakeEngine()) as house:
        settle(house)
        assert len([one for one in house[0].profile.files.iterdir() if one.is_dir()]) == 1
        assert prepared(house, kept)


def test_a_picture_is_prepared_as_closely_as_it_is_wished(house: House, file: Callable[..., Path]) -> None:
    attachment = add(house, file(PNG)).attachment
    for detail in (Detail.QUICK, Detail.FINE):
        (picture,) = prepared(house, attachment, detail)
        assert isinstance(picture, Picture)
        assert (picture.width, picture.height) == grid(320, 160, detail).size


def test_the_pages_of_a_scan_come_one_after_the_other(house: House, file: Callable[..., Path]) -> None:
    pages = [Image.new("L", (40, 60), shade) for shade in (0, 255, 0)]
    scan = made.saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    found = prepared(house, add(house, file(scan, "scan.tiff")).attachment)
    assert told(found) == ["[1/3]", "picture", "[2/3]", "picture", "[3/3]", "picture"]
    assert [one.rgb[0] for one in found if isinstance(one, Picture)] == [0, 255, 0]


def test_a_video_becomes_moments_with_their_time_and_its_sound(house: House, file: Callable[..., Path]) -> None:
    attachment = add(house, file(made.video(3, sound="aac"), "film.mp4")).attachment
    found = prepared(house, attachment)
    assert told(found) == ["sound", "[00:00]", "picture", "[00:01]", "picture", "[00:02]", "picture"]
    assert told(prepared(house, attachment, wishes=Wishes(sounds=False)))[:3] == [UNHEARD, "[00:00]", "picture"]
    assert told(prepared(house, attachment, wishes=Wishes(pictures=False))) == ["sound"]
    first = next(one for one in found if isinstance(one, Picture))
    assert (first.width, first.height) == grid(160, 96, Detail.QUICK).size


def test_a_silent_video_has_no_sound(house: House, file: Callable[..., Path]) -> None:
    assert "sound" not in told(prepared(house, add(house, file(made.video(2), "film.mp4")).attachment))


def test_a_long_sound_becomes_pieces_of_thirty_seconds_that_say_when_they_begin(
    house: House, file: Callable[..., Path]
) -> None:
    found = prepared(house, add(house, file(made.tone(61.0, rate=16_000, channels=1), "talk.wav")).attachment)
    assert told(found) == ["sound", "[00:30]", "sound", "[01:00]", "sound"]
    lengths = [len(one.samples) / SAMPLE_BYTES / SAMPLE_RATE for one in found if isinstance(one, Sound)]
    assert lengths == [30.0, 30.0, pytest.approx(1.0, abs=0.1)]


def test_a_rest_too_short_for_a_model_is_filled_up(house: House, file: Callable[..., Path]) -> None:
    (sound,) = prepared(house, add(house, file(made.tone(0.03, rate=16_000, channels=1), "click.wav")).attachment)
    assert isinstance(sound, Sound)
    assert len(sound.samples) == SAMPLE_RATE // 10 * SAMPLE_BYTES


def hours(file: Callable[..., Path]) -> Path:
    """Two hours of silence: large, and quickly made."""
    rate = 16_000
    length = 2 * 3600 * rate * 2
    head = (
        b"RIFF"
        + struct.pack("<I", 36 + length)
        + b"WAVEfmt "
        + struct.pack("<IHHIIHH", 16, 1, 1, rate, 2 * rate, 2, 16)
    )
    path = file(head + b"data" + struct.pack("<I", length), "hours.wav")
    os.truncate(path, len(head) + 8 + length)
    return path


def test_what_plays_for_hours_is_told_before_it_is_read(house: House, file: Callable[..., Path]) -> None:
    attachment = add(house, hours(file)).attachment
    with pytest.raises(AttachmentTooLong, match="120 minutes"):
        prepared(house, attachment)


def test_closing_the_app_while_a_large_file_is_taken_in_leaves_nothing(
    tmp_path: Path, file: Callable[..., Path]
) -> None:
    with opened(tmp_path / "p", FakeEngine()) as house:
        house[0].attach.add(str(hours(file)), "t")
        taking = house[1].wait(AttachmentTaking)
    assert 0 < taking.done < taking.total
    assert not [one for one in house[1].events if isinstance(one, AttachmentReady | AttachmentFailed)]
    assert sealed(house) == []


def test_what_was_prepared_is_remembered_sealed(house: House, file: Callable[..., Path]) -> None:
    attachment = add(house, file(made.video(2, sound="aac"), "film.mp4")).attachment
    first = prepared(house, attachment)
    house[0].preparing.close()
    assert prepared(house, attachment) == first
    assert house[0].preparing._reader._reader.pid is None  # type: ignore[attr-defined]
    pixels = next(one.rgb for one in first if isinstance(one, Picture))[:64]
    assert all(pixels not in one.read_bytes() for one in sealed(house))


def test_models_with_other_senses_share_what_was_prepared_where_it_is_the_same(
    house: House, file: Callable[..., Path]
) -> None:
    attachment = add(house, file(PNG)).attachment
    prepared(house, attachment)
    count = len(sealed(house))
    prepared(house, attachment, wishes=Wishes(sounds=False))
    assert len(sealed(house)) == count


def test_preparing_goes_on_without_room_to_remember(house: House, file: Callable[..., Path]) -> None:
    attachment = add(house, file(PNG)).attachment
    leave_no_room(house)
    assert prepared(house, attachment) == prepared(house, attachment)


def test_a_cancel_ends_preparing_and_the_next_one_works(house: House, file: Callable[..., Path]) -> None:
    attachment = add(house, file(made.video(20, size=(640, 360)), "film.mp4")).attachment
    cancels = iter((True, False))

    def stop(event: object) -> None:
        if isinstance(event, AttachmentPreparing) and next(cancels, False):
            house[0].preparing.cancel()

    unsubscribe = house[0].announcer.subscribe(stop)
    with pytest.raises(Cancelled):
        prepared(house, attachment)
    unsubscribe()
    assert len(told(prepared(house, attachment))) == 40


def test_an_attachment_that_is_gone_is_told_when_it_is_prepared(house: House) -> None:
    gone = Attachment("ab" * 32, "gone.png", 3, Facts(Kind.PICTURE, Format.PNG, 8, 8, 1))
    with pytest.raises(AttachmentMissing, match=r"gone\.png"):
        prepared(house, gone)


def test_a_picture_reaches_a_model_that_sees(tmp_path: Path, file: Callable[..., Path]) -> None:
    engine = FakeEngine()
    with opened(tmp_path / "p", engine) as house:
        part = AttachmentPart(add(house, file(PNG)).attachment, Detail.QUICK)
        model = str(MODELS / "tiny-gemma4-e.gguf")
        house[0].chat.send(0, "What is this?", model, attached=(part,))  # type: ignore[arg-type]
        assert house[1].wait(TurnFinished).error is None
        (given,) = engine.asked[-1].media
        assert given.pieces == prepared(house, part.attachment, Detail.QUICK)


def test_no_name_pixel_or_sample_is_readable_in_the_profile(house: House, file: Callable[..., Path]) -> None:
    canary = np.frombuffer(b"Zygodactyl canary " * 500, "u1")[:9000].reshape(50, 60, 3)
    path = file(made.saved(Image.fromarray(canary), "BMP"), "Quetzalcoatl.bmp")
    part = AttachmentPart(add(house, path).attachment)
    prepared(house, part.attachment)
    house[0].chat.send(0, "What?", attached=(part,))  # type: ignore[arg-type]
    house[1].wait(TurnFinished)
    for one in house[0].profile.root.rglob("*"):
        raw = one.name.encode() + (one.read_bytes() if one.is_file() else b"")
        for word in (b"Zygodactyl", b"Quetzalcoatl", part.attachment.digest[:16].encode()):
            assert word not in raw, one


def test_pieces_come_back_as_they_were() -> None:
    kept = (Caption("[00:00]"), Picture(2, 1, b"abcdef"), Sound(b"12345678"), Caption("é"), Picture(1, 1, b"xyz"))
    assert pieces.load(b"".join(pieces.dump(kept))) == kept
    assert pieces.load(b"".join(pieces.dump(()))) == ()


@pytest.mark.parametrize(("seconds", "text"), [(3.9, "00:03"), (75, "01:15"), (3661, "1:01:01")])
def test_moments_are_told_as_models_read_them(seconds: float, text: str) -> None:
    assert clock(seconds) == text


def test_what_is_no_file_is_taken_in_like_one(house: House) -> None:
    house[0].attach.add_bytes(lambda: PNG, "Picture 1.png", "t")
    ready = house[1].wait(AttachmentReady)
    assert (ready.attachment.name, ready.attachment.size) == ("Picture 1.png", len(PNG))
    assert (ready.attachment.facts.width, ready.attachment.facts.height) == (320, 160)
    assert ready.thumbnail is not None


def test_bytes_that_are_no_picture_leave_nothing_behind(house: House) -> None:
    house[0].attach.add_bytes(lambda: b"no picture at all", "Picture 1.png", "t")
    assert isinstance(house[1].wait(AttachmentFailed).error, FileNotRecognised)
    settle(house)
    assert sealed(house) == []


def test_what_was_taken_out_of_a_draft_can_be_put_back(house: House, file: Callable[..., Path]) -> None:
    attachment = add(house, file(PNG)).attachment
    store = house[0].shelf
    store.conversations.save_draft(ConversationId(0), dump_draft(Draft(attached=(AttachmentPart(attachment),))))
    house[0].attach.set_aside(attachment)
    store.conversations.save_draft(ConversationId(0), "")
    assert store.attachments.size(attachment.digest) == len(PNG)
    house[0].attach.take_back(attachment)
    store.conversations.save_draft(ConversationId(0), "something else")
    assert store.attachments.size(attachment.digest) == len(PNG)


def test_what_nobody_wants_back_is_deleted(house: House, file: Callable[..., Path]) -> None:
    attachment = add(house, file(PNG)).attachment
    house[0].attach.set_aside(attachment)
    house[0].attach.drop(attachment)
    settle(house)
    assert sealed(house) == []
