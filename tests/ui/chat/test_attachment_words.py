"""What a person is told of files before a question is sent: pure wording."""

from dataclasses import replace

import pytest

from desktop.core.attachments import Attachment
from desktop.core.media import Detail, Facts, Format, Kind
from desktop.core.taking import AttachmentPart, Hearing, Sampling, Senses
from desktop.ui.chat.attachment_words import about, detail_name, detail_use, notes

ALL = Senses(sees=True, hears=True, writes=True)
DEAF = Senses(sees=True, writes=True)
NAME = "Gemma"


def part(kind: Kind, name: str, seconds: float = 0.0, *, sound: bool = False) -> AttachmentPart:
    form = {Kind.PICTURE: Format.PNG, Kind.VIDEO: Format.MP4, Kind.SOUND: Format.WAV}[kind]
    size = (0, 0) if kind is Kind.SOUND else (640, 480)
    return AttachmentPart(Attachment(name, name, 2_000_000, Facts(kind, form, *size, 1, seconds, sound)))


PHOTO = part(Kind.PICTURE, "photo.png")
SHORT, LONG = part(Kind.SOUND, "short.wav", 12.0), part(Kind.SOUND, "long.wav", 95.0)
FILM = part(Kind.VIDEO, "film.mp4", 12.0, sound=True)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (PHOTO.attachment.facts, "Picture · 2 MB"),
        (LONG.attachment.facts, "Sound · 01:35"),
        (FILM.attachment.facts, "Video · 00:12"),
        (Facts(Kind.PICTURE, Format.TIFF, 10, 10, pages=3), "Picture · 3 pages"),
    ],
)
def test_a_card_says_what_a_file_is(facts: Facts, words: str) -> None:
    assert about(facts, 2_000_000) == words


def test_a_small_file_is_told_in_kilobytes() -> None:
    assert about(PHOTO.attachment.facts, 1_200) == "Picture · 1 kB"


def test_nothing_is_said_of_what_a_model_takes_as_it_is() -> None:
    assert notes([PHOTO, SHORT, FILM], ALL, NAME) == ()


def test_a_picture_for_a_model_that_does_not_see_blocks_the_question() -> None:
    (note,) = notes([PHOTO, replace(PHOTO, attachment=replace(PHOTO.attachment, name="b.png"))], Senses(), NAME)
    assert note.blocks
    assert note.words.startswith("Gemma does not see, so it cannot be asked about photo.png and b.png.")


def test_many_refused_files_are_counted() -> None:
    (note,) = notes([PHOTO] * 5, Senses(), NAME)
    assert "photo.png and 4 more" in note.words


def test_sound_that_nobody_hears_or_writes_down_blocks_the_question() -> None:
    (note,) = notes([SHORT], Senses(sees=True), NAME)
    assert note.blocks
    assert "does not hear, and nothing here can write short.wav down" in note.words


def test_a_model_that_does_not_hear_gets_speech_in_words() -> None:
    (note,) = notes([SHORT], DEAF, NAME)
    assert (note.words, note.blocks) == ("Gemma does not hear; what is said in short.wav will be written down.", False)


def test_long_sound_is_written_down_or_sent_as_sound() -> None:
    (note,) = notes([LONG], ALL, NAME)
    assert note.words == "long.wav is longer than 30 seconds: what is said will be written down."
    ((old, new),) = note.changes
    assert (old, new.hearing, note.action) == (LONG, Hearing.SOUND, "Send as sound instead")
    (back,) = notes([new], ALL, NAME)
    assert back.changes == ((new, LONG),)


def test_a_short_part_of_a_long_sound_needs_no_word() -> None:
    assert notes([replace(LONG, sampling=Sampling(10.0, 30.0))], ALL, NAME) == ()


def test_words_that_were_asked_for_need_no_word() -> None:
    assert notes([replace(LONG, hearing=Hearing.WORDS)], ALL, NAME) == ()


def test_a_video_is_taken_by_halves() -> None:
    (silent,) = notes([FILM], Senses(sees=True), NAME)
    assert silent.words == "Gemma does not hear: of film.mp4 it gets only the pictures."
    (unseen,) = notes([FILM], Senses(hears=True), NAME)
    assert unseen.words == "Gemma does not see: of film.mp4 it gets only what is said."
    (refused,) = notes([FILM], Senses(), NAME)
    assert refused.blocks


def test_every_way_of_looking_has_a_name_and_a_use() -> None:
    assert len({detail_name(one) for one in Detail}) == len({detail_use(one) for one in Detail}) == len(Detail)
