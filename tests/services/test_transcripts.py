"""Transcripts as a person saves them."""

from desktop.core.speech import Segment, Transcript
from desktop.services import transcripts

SAID = Transcript("en", (Segment(0.0, 1.25, "Good morning."), Segment(3599.9996, 3661.5, "Goodbye.")))


def test_plain_text_is_a_line_a_segment() -> None:
    assert SAID.text == "Good morning.\nGoodbye.\n"


def test_subtitles_are_numbered_and_timed() -> None:
    assert transcripts.srt(SAID) == (
        "1\n00:00:00,000 --> 00:00:01,250\nGood morning.\n\n2\n01:00:00,000 --> 01:01:01,500\nGoodbye.\n"
    )


def test_nothing_said_is_nothing() -> None:
    assert transcripts.srt(Transcript()) == Transcript().text == ""
