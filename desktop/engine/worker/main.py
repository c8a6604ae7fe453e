"""The loop of the model process: receives a command, answers it, waits for the next.

Importing this module is cheap and loads no model library: spawn imports it in the child, and the app imports it
to name the child's entry.
"""

import os
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from desktop.core import isolation
from desktop.core.child import StopFlag, place_of
from desktop.core.errors import AppError
from desktop.engine import wire

if TYPE_CHECKING:
    from desktop.engine.worker.session import Session


def run(pipe: Connection, flag: StopFlag) -> None:
    """Serve commands until Quit or the end of the pipe. The entry of the child process.

    Why it leaves by `os._exit`: llama.cpp's destructors would only give back what the end of the process gives
    back anyway, and a damaged model could hang in them.
    """
    limits = isolation.apply()
    try:
        Worker(pipe, flag, limits).serve()
    except (EOFError, OSError):  # the app is gone
        os._exit(1)
    os._exit(0)


@dataclass(slots=True)
class Worker:
    """Holds the loaded model between commands."""

    pipe: Connection
    flag: StopFlag
    limits: isolation.Isolation
    session: "Session | None" = None

    def serve(self) -> None:
        """Answer commands one after the other.

        Raises:
            EOFError: the app closed its end.
            OSError: the pipe broke while answering.
        """
        while True:
            command = self.pipe.recv()
            if isinstance(command, wire.Quit):
                return
            try:
                self._answer(command)
            except AppError as error:
                self.send(wire.Failure(error))
            except OSError:
                raise
            except Exception as error:  # noqa: BLE001 - the one place of the worker: a bug is told, not hidden
                self.send(wire.Broken(type(error).__name__, place_of(error)))

    def send(self, reply: wire.Reply) -> None:
        """Send one reply."""
        self.pipe.send_bytes(wire.encode(reply))

    def _answer(self, command: wire.Command) -> None:
        match command:
            case wire.Load():
                self._load(command)
            case wire.Generate():
                if self.session is None:
                    raise RuntimeError("nothing is loaded")
                answer = self.session.add_aside if command.aside else self.session.answer
                answer(command, self.send)
            case wire.Count(text):
                if self.session is None:
                    raise RuntimeError("nothing is loaded")
                self.send(self.session.count(text))
            case wire.Describe():
                from desktop.engine.worker import description

                self.send(wire.Description(description.rows(self.limits)))
            case wire.Supply() | wire.Quit():
                raise RuntimeError("nothing was wanted")

    def _fetch(self, id_: str) -> bytes:
        """Ask the app for the bytes of a picture or sound, in the middle of a turn."""
        self.send(wire.Wanted(id_))
        command = self.pipe.recv()
        if not isinstance(command, wire.Supply):
            raise TypeError("something else was wanted")
        return command.data

    def _load(self, command: wire.Load) -> None:
        from desktop.engine.worker import session

        loaded = session.load(command, self.flag, self.send, self._fetch)
        if isinstance(loaded, session.Session):
            self.session = loaded
            self.send(loaded.info)
        else:
            self.send(loaded)
