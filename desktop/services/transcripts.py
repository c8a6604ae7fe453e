"""Transcripts as text: plain, and as subtitles (SRT). Pure."""

from desktop.core.speech import Transcript


def plain(transcript: Transcript) -> str:
    """Return what was said, a segment a line."""
    return "".join(f"{' '.join(one.text.split())}\n" for one in transcript.segments)


def srt(transcript: Transcript) -> str:
    """Return subtitles: number, times, words, an empty line."""
    blocks = (
        f"{number}\n{_clock(one.start)} --> {_clock(one.end)}\n{' '.join(one.text.split())}\n"
        for number, one in enumerate(transcript.segments, 1)
    )
    return "\n".join(blocks)


def _clock(seconds: float) -> str:
    rest, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(rest, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02},{thousandths:03}"
