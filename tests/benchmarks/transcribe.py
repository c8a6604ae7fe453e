"""transcribe: sound blocks to words through the speech process, against bare faster-whisper with the same options.

Both are warm and take the same samples; ours also carries them over the pipe and the words back.
"""

import statistics
import time
from pathlib import Path

from desktop.core.media import SAMPLE_RATE, SoundBlock, SoundWish, Source
from desktop.core.speech import SpeechWish, gather
from desktop.engine.speech import LocalTranscriber
from desktop.reader.client import LocalMediaReader

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "resources" / "models" / "whisper-base"
CLIP = ROOT / "tests" / "engine" / "speech" / "clinic.flac"
ROUNDS = 5
TIMES = 2
"""The sentence is said so often; more often in one hearing, the library takes it for a loop and decodes by chance."""


def measure() -> dict[str, object]:
    """Interleave the two and compare neighbours."""
    import numpy as np
    from faster_whisper import WhisperModel

    samples = spoken() * TIMES
    sound = np.frombuffer(samples, "<f4")
    bare = WhisperModel(str(MODEL), "cpu", compute_type="int8", cpu_threads=1, local_files_only=True)
    transcriber = LocalTranscriber()
    ours: list[float] = []
    theirs: list[float] = []
    try:
        for turn in range(ROUNDS + 1):
            began = time.perf_counter()
            blocks = [SoundBlock(0.0, samples, b"")]
            mine = gather(transcriber.transcribe(SpeechWish(MODEL, threads=1), blocks))
            middle = time.perf_counter()
            found, _ = bare.transcribe(sound, vad_filter=True, word_timestamps=True, condition_on_previous_text=False)
            words = [one.text.strip() for one in found]
            if turn:  # the first round starts the process
                ours.append(middle - began)
                theirs.append(time.perf_counter() - middle)
    finally:
        transcriber.close()
    return {
        "benchmark": "transcribe",
        "sound_seconds": round(len(sound) / SAMPLE_RATE, 1),
        "same_words": words == [one.text for one in mine.segments],
        "rounds": ROUNDS,
        "seconds": round(statistics.median(ours), 3),
        "bare_seconds": round(statistics.median(theirs), 3),
        "ratio": round(statistics.median(a / b for a, b in zip(ours, theirs, strict=True)), 3),
        "bound": 1.1,
    }


def spoken() -> bytes:
    """The samples of the spoken sentence."""
    reader = LocalMediaReader()
    try:
        with CLIP.open("rb") as file:
            found = list(reader.sound(Source(file, CLIP.name), SoundWish()))
    finally:
        reader.close()
    return b"".join(one.samples for one in found if isinstance(one, SoundBlock))
