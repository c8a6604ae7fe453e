"""dictation: processor seconds of the speech process while somebody dictates, against writing the same sound down once.

The sound is handed on as fast as it is spoken, as the dictation of the app does it: a fifth of a second at least, all
that was spoken meanwhile where a look took longer. Both run in one warm process; what loading costs is not counted.
"""

import difflib
import re
import statistics
import threading
import time
from collections.abc import Iterable, Iterator

import psutil

from desktop.core.media import SAMPLE_BYTES, SAMPLE_RATE, SoundBlock
from desktop.core.speech import Said, SpeechEvent, SpeechWish, gather
from desktop.engine.speech import LocalTranscriber
from tests.benchmarks.transcribe import MODEL, spoken

SECOND = SAMPLE_RATE * SAMPLE_BYTES
STEP = SECOND // 5
PAUSE = bytes(SECOND)
"""Silence between the two times that the sentence is said."""
ROUNDS = 5


def measure() -> dict[str, object]:
    """Interleave the two and compare neighbours."""
    samples = spoken()
    samples += PAUSE + samples
    transcriber = LocalTranscriber()
    live: list[float] = []
    once: list[float] = []
    try:
        written = gather(transcriber.transcribe(SpeechWish(MODEL, threads=1), whole(samples)))  # starts the process
        for _ in range(ROUNDS):
            spent, events = _spent(transcriber, SpeechWish(MODEL, threads=1, live=True), as_spoken(samples))
            live.append(spent)
            dictated = "".join(one.words for one in events if isinstance(one, Said))
            spent, events = _spent(transcriber, SpeechWish(MODEL, threads=1), whole(samples))
            once.append(spent)
            written = gather(events)
    finally:
        transcriber.close()
    return {
        "benchmark": "dictation",
        "sound_seconds": round(len(samples) / SECOND, 1),
        "words": len(written.text.split()),
        "other_words": apart(dictated, written.text),
        "rounds": ROUNDS,
        "processor_seconds": round(statistics.median(live), 3),
        "once_processor_seconds": round(statistics.median(once), 3),
        "ratio": round(statistics.median(a / b for a, b in zip(live, once, strict=True)), 2),
    }


def apart(dictated: str, written: str) -> int:
    """Return how many words of one are not in the other; signs and capitals are no words."""
    ours, theirs = (re.findall(r"\w+", one.casefold()) for one in (dictated, written))
    same = difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return max(len(ours), len(theirs)) - sum(one.size for one in same)


def whole(samples: bytes) -> Iterator[SoundBlock]:
    """Yield the sound in one block."""
    yield SoundBlock(0.0, samples, b"")


def as_spoken(samples: bytes) -> Iterator[SoundBlock]:
    """Yield the sound while the clock goes on."""
    clock, began, at = threading.Event(), time.monotonic(), 0
    while at < len(samples):
        due = began + min(at + STEP, len(samples)) / SECOND
        clock.wait(max(0.0, due - time.monotonic()))
        until = int((time.monotonic() - began) * SAMPLE_RATE) * SAMPLE_BYTES
        until = min(len(samples), max(until, at + STEP))
        yield SoundBlock(at / SECOND, samples[at:until], b"")
        at = until


def _spent(
    transcriber: LocalTranscriber, wish: SpeechWish, blocks: Iterable[SoundBlock]
) -> tuple[float, list[SpeechEvent]]:
    """Return the processor seconds of the speech process, all its threads, and what it heard."""
    process = psutil.Process(transcriber.pid)
    before = process.cpu_times()
    events = list(transcriber.transcribe(wish, blocks))
    after = process.cpu_times()
    return after.user + after.system - before.user - before.system, events
