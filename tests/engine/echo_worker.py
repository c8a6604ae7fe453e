"""A scripted model process: obeys the first word of the question. It knows no model library."""

import os
import signal
import sys
import time
from multiprocessing.connection import Connection

from desktop.core.child import StopFlag
from desktop.core.errors import PromptTooLong
from desktop.core.generation import Finished, FinishReason, Loaded
from desktop.core.stream import TextDelta
from desktop.engine import wire

DONE = Finished(FinishReason.END, 1, 0, 1, 0.1, 0.1)


def run(pipe: Connection, flag: StopFlag) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            command = pipe.recv()
        except EOFError:
            return
        match command:
            case wire.Quit():
                return
            case wire.Load():
                send(pipe, Loaded(100, 100, 1, 0, 0.0))
            case wire.Generate(messages):
                answer(pipe, flag, messages[-1].text)


def answer(pipe: Connection, flag: StopFlag, text: str) -> None:
    send(pipe, wire.Fragment((TextDelta("begun "),)))
    match text.split()[0]:
        case "crash":
            os._exit(11)
        case "hang":
            time.sleep(600)
        case "bug":
            send(pipe, wire.Broken("ValueError", "somewhere.py:1"))
        case "long":
            send(pipe, wire.Failure(PromptTooLong(tokens=2, available=1)))
        case "poison":
            pipe.send(sys.exit)  # a plain pickle that names a foreign function
        case "patience" | "wants":
            take_time(pipe, text)
        case "stoppable":
            while not flag[0]:
                time.sleep(0.005)
            send(pipe, Finished(FinishReason.STOPPED, 1, 0, 1, 0.1, 0.1))
        case "modules":
            loaded = [name for name in ("PySide6", "llama_cpp", "numpy", "jinja2") if name in sys.modules]
            send(pipe, wire.Fragment((TextDelta(",".join(loaded) or "none"),)))
            send(pipe, DONE)
        case _:
            send(pipe, wire.Fragment((TextDelta(text),)))
            send(pipe, DONE)


def take_time(pipe: Connection, text: str) -> None:
    if text == "patience":
        send(pipe, wire.Alive(silence=60.0))
        time.sleep(1.0)
    else:
        send(pipe, wire.Wanted(text.split()[1]))
        pipe.recv()
    send(pipe, DONE)


def send(pipe: Connection, reply: wire.Reply) -> None:
    pipe.send_bytes(wire.encode(reply))
