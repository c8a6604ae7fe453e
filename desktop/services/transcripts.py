"""Transcripts as the store keeps them, and as files: plain text, subtitles (SRT), a Word document. Pure."""

import io
import json
from dataclasses import asdict
from typing import Literal, assert_never

from desktop.core.speech import Segment, Transcript, Word
from desktop.core.taking import clock

TranscriptFormat = Literal["txt", "srt", "docx"]


def dump(transcript: Transcript) -> bytes:
    """Return the bytes that `load` makes the transcript of."""
    return json.dumps(asdict(transcript), ensure_ascii=False).encode()


def load(kept: bytes) -> Transcript:
    """Return the transcript that `dump` made these bytes of."""
    found = json.loads(kept)
    segments = ({**one, "words": tuple(Word(**word) for word in one["words"])} for one in found["segments"])
    return Transcript(found["language"], tuple(Segment(**one) for one in segments))


def exported(transcript: Transcript, title: str, form: TranscriptFormat) -> bytes:
    """Return the file of this format."""
    match form:
        case "txt":
            return transcript.text.encode()
        case "srt":
            return srt(transcript).encode()
        case "docx":
            return docx(transcript, title)
        case _:
            assert_never(form)


def srt(transcript: Transcript) -> str:
    """Return subtitles: number, times, words, an empty line."""
    blocks = (
        f"{number}\n{_clock(one.start)} --> {_clock(one.end)}\n{' '.join(one.text.split())}\n"
        for number, one in enumerate(transcript.segments, 1)
    )
    return "\n".join(blocks)


def docx(transcript: Transcript, title: str) -> bytes:
    """Return a Word document: the title, and a paragraph a segment, each behind its time."""
    import docx as word  # noqa: PLC0415 - takes a third of a second, for few who save one

    document = word.Document()
    document.core_properties.title, document.core_properties.author = title, ""
    document.core_properties.comments = ""
    document.add_heading(_sound(title), 0)
    for one in transcript.segments:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"[{clock(one.start)}] ").italic = True
        paragraph.add_run(_sound(" ".join(one.text.split())))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _sound(text: str) -> str:
    """Return text without what XML cannot hold."""
    return "".join(one for one in text if one.isprintable())


def _clock(seconds: float) -> str:
    rest, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(rest, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02},{thousandths:03}"
