"""The loop of the reader process: receives a task and an open file, answers, waits for the next.

Importing this module is cheap and loads no parser: spawn imports it in the child, and the app imports it to name
the child's entry.
"""

import os
import time
from dataclasses import dataclass
from multiprocessing import reduction
from multiprocessing.connection import Connection

from desktop.core import isolation
from desktop.core.child import StopFlag, place_of
from desktop.core.errors import AppError, Cancelled, FileTooDemanding, PartLeftOut
from desktop.core.media import Progress
from desktop.reader import wire
from desktop.reader.worker import confinement, landlock, tasks

SIGN_OF_LIFE_SECONDS = 0.2


def run(pipe: Connection, flag: StopFlag) -> None:
    """Serve tasks until Quit or the end of the pipe. The entry of the child process.

    Why it leaves by `os._exit`: destructors of a parser that a file has harmed could hang.
    """
    isolation.apply()
    confinement.apply()
    landlock.apply()
    try:
        Worker(pipe, flag).serve()
    except (EOFError, OSError):  # the app is gone
        os._exit(1)
    os._exit(0)


@dataclass(slots=True)
class Worker:
    """Answers one task after the other."""

    pipe: Connection
    flag: StopFlag
    last_sign: float = 0.0

    def serve(self) -> None:
        """Answer until told to quit.

        Raises:
            EOFError: the app closed its end.
            OSError: the pipe broke while answering.
        """
        while True:
            task = self.pipe.recv()
            if isinstance(task, wire.Quit):
                return
            handle = reduction.recv_handle(self.pipe)
            confinement.allow_processor_time()
            self.send(Progress(0, 0))
            try:
                tasks.do(task, handle, self.send, self.step)
                closing: wire.Reply = wire.Ended()
            except Cancelled:
                closing = wire.Stopped()
            except AppError as error:
                closing = wire.Failure(error)
            except ModuleNotFoundError:
                closing = wire.Failure(PartLeftOut(name=task.name))
            except MemoryError:
                closing = wire.Failure(FileTooDemanding(name=task.name))
            except Exception as error:  # noqa: BLE001 - the one place of the worker: a bug is told, not hidden
                closing = wire.Broken(type(error).__name__, place_of(error))
            self.send(closing)

    def send(self, reply: wire.Reply) -> None:
        """Send one reply; waits where the app has not fetched the ones before."""
        self.pipe.send_bytes(wire.encode(reply))

    def step(self, done: int, total: int) -> None:
        """Give a sign of life now and then.

        Raises:
            Cancelled: the person asked to stop.
        """
        if self.flag[0]:
            raise Cancelled
        now = time.monotonic()
        if now > self.last_sign + SIGN_OF_LIFE_SECONDS:
            self.last_sign = now
            self.send(Progress(max(0, done), max(0, total)))
