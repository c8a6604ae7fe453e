"""The ChatEngine port over a process of its own: checks the file, starts the process, passes events on.

A process loads one model in its life. Another model or other load options mean another process: only the end of
a process surely gives its memory back, and what is free is measured after that.
"""

import inspect
import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from desktop.core.child import Entry, new_flag
from desktop.core.errors import AppError, EncoderMismatch, EngineCrashed, EngineHung, ModelBlind, ModelDeaf
from desktop.core.generation import (
    Counted,
    EngineEvent,
    Finished,
    FinishReason,
    GenerateRequest,
    Loaded,
    LoadOptions,
    Reading,
)
from desktop.engine import fit, wire
from desktop.engine.encoders import Encoder, find_encoder
from desktop.engine.header import Header, read_header
from desktop.engine.offer import Offer
from desktop.engine.process import ModelProcess, Patience
from desktop.engine.worker import main as worker

log = logging.getLogger(__name__)

LONGEST_SILENCE = 1800.0
"""Seconds, however long the child says that it will be busy."""

STOPPED_UNCOUNTED = Finished(FinishReason.STOPPED, 0, 0, 0, 0.0, 0.0)
"""A stop that ended the process or came while it loaded: nothing was counted."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What the running process has in memory."""

    header: Header
    encoder: Encoder | None
    options: LoadOptions


class LocalChatEngine:
    """A language model in a child process that is started when needed and again after a crash."""

    def __init__(self, entry: Entry = worker.run, patience: Patience | None = None) -> None:
        """Start nothing yet.

        Args:
            entry: what the child runs; tests hand in a scripted one.
            patience: how long silence is borne.
        """
        self._entry = entry
        self._patience = patience or Patience()
        self._flag = new_flag()
        self._process: ModelProcess | None = None
        self._held: _Held | None = None
        self._turn: Generator[EngineEvent, None, None] | None = None

    @property
    def pid(self) -> int | None:
        """The number of the running process, for doctor and tests."""
        process = self._process
        return process.pid if process is not None and process.alive else None

    def generate(self, request: GenerateRequest) -> Iterator[EngineEvent]:
        """Answer one request; the last event is Finished. Leaving the iterator early stops the turn.

        Why the flag is cleared here and not at the first event: a stop between the two must count.

        Raises:
            AppError: while iterating: the file cannot be used, or the process ended or hung.
        """
        if self._turn is not None:
            self._turn.close()
        self._flag[0] = 0
        self._turn = self._answer(request)
        return self._turn

    def stop(self) -> None:
        """End the running turn soon; it finishes with FinishReason.STOPPED. From any thread."""
        self._flag[0] = 1

    def close(self) -> None:
        """End the process and give its memory back. From any thread; a running turn ends as stopped."""
        self._flag[0] = 1
        turn, process = self._turn, self._process
        if turn is not None and inspect.getgeneratorstate(turn) == inspect.GEN_RUNNING:
            if process is not None:
                process.kill()
            return
        if turn is not None:
            turn.close()
        self._turn = None
        if self._process is not None:
            self._process.end()
        self._process = self._held = None

    def count(self, model: Path, load: LoadOptions, text: str) -> Counted | None:
        """Count the tokens of a text; None unless this model is in memory, loaded so, and idle. Loads nothing."""
        process, held = self._process, self._held
        if process is None or held is None or not process.alive or process.busy:
            return None
        if (held.header.path, held.options) != (model, load):
            return None
        try:
            process.send(wire.Count(text))
            for reply in self._replies(process, self._patience.after_stop):
                if isinstance(reply, Counted):
                    return reply
        except (EngineCrashed, EngineHung):
            self._discard()
        return None

    def describe(self) -> tuple[tuple[str, str], ...]:
        """Return rows of words about llama.cpp on this machine, asked in the child.

        Raises:
            EngineCrashed: it could not answer.
        """
        self._flag[0] = 0
        process = self._running()
        process.send(wire.Describe())
        try:
            for reply in self._replies(process, self._patience.answering):
                if isinstance(reply, wire.Description):
                    return reply.rows
            raise EngineCrashed
        except AppError:
            self._discard()
            raise

    def _answer(self, request: GenerateRequest) -> Generator[EngineEvent, None, None]:
        try:
            header = read_header(request.model)
            wanted = _Held(header, find_encoder(header), request.load)
            if request.aside and not self._holds(wanted):
                yield wire.DECLINED
                return
            offer = Offer(request)
            _check(wanted, offer)
            loaded = yield from self._load(wanted)
            if not loaded:
                return
            process = self._running()
            process.send(wire.Generate(request.messages, request.sampling, request.aside, offer.shapes, request.tools))
            for reply in self._replies(process, self._patience.answering, offer):
                yield from _events(reply)
        except (EngineCrashed, EngineHung):
            self._discard()
            if not self._flag[0]:
                raise
            yield STOPPED_UNCOUNTED
        finally:
            self._abandon()

    def _load(self, wanted: _Held) -> Generator[EngineEvent, None, bool]:
        """Have the model in memory; False when the person stopped meanwhile."""
        if self._holds(wanted):
            return True
        if self._held is not None or (self._process is not None and not self._process.alive):
            self._discard()
        plan = fit.plan(wanted.header, wanted.options, encoder=wanted.encoder)
        process = self._running()
        process.send(wire.Load(str(wanted.header.path), wanted.header.path.name, plan))
        for reply in self._replies(process, self._patience.loading):
            if isinstance(reply, Loaded):
                self._held = wanted
            elif isinstance(reply, wire.Failure):
                self._discard()
            yield from _events(reply)
        return self._held is not None

    def _holds(self, wanted: _Held) -> bool:
        return self._held == wanted and self._process is not None and self._process.alive

    def _replies(self, process: ModelProcess, limit: float, offer: Offer | None = None) -> Iterator[wire.Reply]:
        """Yield replies up to the one that closes the command; what the child wants meanwhile is supplied."""
        patience = limit
        while process.busy:
            reply = process.receive(patience)
            patience = max(limit, min(reply.silence, LONGEST_SILENCE)) if isinstance(reply, wire.Alive) else limit
            match reply:
                case wire.Broken(what, where):
                    log.error("the model process met a bug: %s in %s", what, where)
                    raise EngineCrashed
                case wire.Wanted(id_):  # nothing is supplied to a turn that was left: it is stopping
                    process.supply(offer.data(id_) if offer else b"")
                case _:
                    yield reply

    def _running(self) -> ModelProcess:
        if self._process is None:
            self._process = ModelProcess(self._entry, self._flag, self._patience)
        return self._process

    def _abandon(self) -> None:
        """Stop a turn nobody listens to any more, and leave the child ready for the next."""
        process = self._process
        if process is None or not process.busy:
            return
        self._flag[0] = 1
        try:
            for _ in self._replies(process, self._patience.after_stop):
                pass
        except AppError:
            self._discard()

    def _discard(self) -> None:
        process, self._process, self._held = self._process, None, None
        if process is not None:
            process.discard()


def describe() -> tuple[tuple[str, str], ...]:
    """Return rows of words about llama.cpp, from a child started for this; never raises an AppError."""
    engine = LocalChatEngine()
    try:
        return engine.describe()
    except AppError as error:
        return (("State", str(error)),)
    finally:
        engine.close()


def _check(wanted: _Held, offer: Offer) -> None:
    """Refuse what the model cannot take, before any native code has run."""
    name, encoder = wanted.header.path.stem, wanted.encoder
    if encoder is not None and not encoder.fits and (offer.shows or offer.sounds):
        raise EncoderMismatch(name=name, encoder=encoder.path.name)
    if offer.shows and not (encoder and encoder.sees):
        raise ModelBlind(name=name)
    if offer.sounds and not (encoder and encoder.hears):
        raise ModelDeaf(name=name)


def _events(reply: wire.Reply) -> Iterator[EngineEvent]:
    match reply:
        case Loaded() | Reading() | Finished():
            yield reply
        case wire.Fragment(deltas):
            yield from deltas
        case wire.Failure(error):
            raise error
        case wire.Alive():
            return
        case wire.Broken() | wire.Wanted() | wire.Description() | Counted():
            raise EngineCrashed
        case _:
            assert_never(reply)
