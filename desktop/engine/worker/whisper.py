"""The speech process: loads a Whisper model from a folder and writes down sound, block by block.

Importing this module is cheap: the libraries are loaded with the first model, after the isolation that keeps them
from the network.
"""

import os
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop.core import isolation
from desktop.core.child import StopFlag, place_of
from desktop.core.errors import AppError, Cancelled
from desktop.core.media import SAMPLE_BYTES, SAMPLE_RATE, SoundBlock
from desktop.core.speech import Heard, Language, Segment, SpeechWish, Word
from desktop.core.speech_errors import SpeechModelDamaged
from desktop.engine import machine
from desktop.engine import speech_wire as wire
from desktop.engine.worker.ear import SURE, Ear
from desktop.engine.worker.live import Live

PIECE_SECONDS = 180
"""What is heard at a time: of 600 seconds the library would hold twice the memory."""
CUT_SECONDS = 20
QUIET = SAMPLE_RATE // 5


def run(pipe: Connection, flag: StopFlag) -> None:
    """Serve until Quit or the end of the pipe. The entry of the child process."""
    isolation.apply()
    try:
        Worker(pipe, flag).serve()
    except (EOFError, OSError):  # the app is gone
        os._exit(1)
    os._exit(0)


@dataclass(slots=True)
class Worker:
    """Holds the loaded model between transcripts."""

    pipe: Connection
    flag: StopFlag
    model: Any = None
    language: str = ""

    def serve(self) -> None:
        """Write down one sound after the other.

        Raises:
            EOFError: the app closed its end.
        """
        while not isinstance(command := self.pipe.recv(), wire.Quit):
            try:
                self._write_down(command.wish)
                closing: wire.Reply = wire.Ended()
            except Cancelled:
                closing = wire.Stopped()
            except AppError as error:
                closing = wire.Failure(error)
            except Exception as error:  # noqa: BLE001 - the one place of the worker: a bug is told, not hidden
                closing = wire.Broken(type(error).__name__, place_of(error))
            self.send(closing)

    def send(self, reply: wire.Reply) -> None:
        """Send one reply."""
        self.pipe.send_bytes(wire.encode(reply))

    def _write_down(self, wish: SpeechWish) -> None:
        if self.model is None:
            self.model = load(wish)
        self.language = wish.language
        if wish.live:
            self._listen()
            return
        piece, start = bytearray(), 0.0
        while (block := self._next()) is not None:
            if not piece:
                start = block.seconds
            piece += block.samples
            if len(piece) >= PIECE_SECONDS * SAMPLE_RATE * SAMPLE_BYTES:
                cut = quiet_place(piece) * SAMPLE_BYTES
                self._say(bytes(piece[:cut]), start)
                del piece[:cut]
                start += cut / SAMPLE_BYTES / SAMPLE_RATE
        self._say(bytes(piece), start)

    def _listen(self) -> None:
        """Write down what somebody says while they say it."""
        live = Live(Ear(self.model, self._look, self.language))
        while (block := self._next()) is not None:
            for said in live.hear(block.samples):
                self.send(said)
        for said in live.end():
            self.send(said)

    def _next(self) -> SoundBlock | None:
        self._look()
        self.send(wire.Want())
        block: SoundBlock | None = self.pipe.recv()
        self._look()
        return block

    def _look(self) -> None:
        if self.flag[0]:
            raise Cancelled

    def _say(self, samples: bytes, start: float) -> None:
        """Send what is said in one piece; sound without speech never reaches the model, which would make words up."""
        import numpy as np
        from faster_whisper.transcribe import restore_speech_timestamps
        from faster_whisper.vad import VadOptions, collect_chunks, get_speech_timestamps

        sound = np.frombuffer(samples, "<f4")
        spoken = get_speech_timestamps(sound, VadOptions()) if len(sound) else []
        if spoken:
            self._look()
            kept = np.concatenate(collect_chunks(sound, spoken)[0])
            found, info = self.model.transcribe(
                kept, language=self.language or None, word_timestamps=True, condition_on_previous_text=False
            )
            if not self.language:
                if info.language_probability > SURE:  # else the next piece may tell
                    self.language = info.language
                self.send(Language(info.language, float(info.language_probability)))
            for one in restore_speech_timestamps(found, spoken, SAMPLE_RATE):
                self._look()
                self.send(_segment(one, start))
                self.send(Heard(start + float(one.end)))
        self.send(Heard(start + len(sound) / SAMPLE_RATE))


def load(wish: SpeechWish) -> Any:
    """Load a model from its folder, and from nowhere else.

    Raises:
        SpeechModelDamaged: it cannot be used.
    """
    import tqdm
    from faster_whisper import WhisperModel

    tqdm.tqdm.set_lock(threading.RLock())  # its own would outlive this process, and Python would tell the person so
    threads = wish.threads or max(1, machine.cores(physical=True) - 1)
    try:
        return WhisperModel(
            str(wish.model.resolve(strict=True)), "cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise SpeechModelDamaged(name=Path(wish.model).name) from error


def quiet_place(samples: bytearray) -> int:
    """Return the sample in the last seconds where a cut hurts least: amid the quietest fifth of a second."""
    import numpy as np

    sound = np.frombuffer(bytes(samples), "<f4")
    first = len(sound) - CUT_SECONDS * SAMPLE_RATE
    rows = np.square(sound[first:]).reshape(-1, QUIET).sum(axis=1) if first > 0 else np.zeros(1)
    return max(first, 0) + int(rows.argmin()) * QUIET + QUIET // 2


def _segment(one: Any, start: float) -> Segment:
    words = tuple(
        Word(start + float(word.start), start + float(word.end), word.word, float(word.probability))
        for word in one.words or ()
    )
    return Segment(start + float(one.start), start + float(one.end), one.text.strip(), words)
