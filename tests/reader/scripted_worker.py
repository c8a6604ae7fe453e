"""A scripted reader process: obeys the name of the file. It knows no parser."""

import os
import pickle
import struct
import sys
import time
from multiprocessing import reduction
from multiprocessing.connection import Connection

from desktop.core.child import StopFlag
from desktop.core.documents import Page
from desktop.core.errors import FileDamaged, FileTooDemanding
from desktop.core.media import Facts, Format, Kind, Picture, Progress
from desktop.reader import wire

GOOD = Facts(Kind.PICTURE, Format.PNG, 1, 1, 1)


def run(pipe: Connection, flag: StopFlag) -> None:
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        if isinstance(task, wire.Quit):
            return
        with os.fdopen(reduction.recv_handle(pipe), "rb") as file:
            send(pipe, Progress(0, 0))
            obey(pipe, flag, task.name.split(".")[0], file.read())


def send(pipe: Connection, *replies: wire.Reply) -> None:
    for reply in replies:
        pipe.send_bytes(wire.encode(reply))


def obey(pipe: Connection, flag: StopFlag, name: str, content: bytes) -> None:  # noqa: C901, PLR0912 - a list
    match name:
        case "crash":
            os._exit(11)
        case "hang":
            time.sleep(600)
        case "chatter":
            while True:
                send(pipe, Progress(1, 2))
                time.sleep(0.05)
        case "slow-pages":
            for number in range(1, 9):
                time.sleep(0.3)
                send(pipe, Page(number, ""))
            send(pipe, wire.Ended())
        case "stoppable":
            send(pipe, Progress(1, 2))
            while not flag[0]:
                time.sleep(0.005)
            send(pipe, wire.Stopped())
        case "greedy":
            hold = bytearray(250 << 20)
            hold[::4096] = b"x" * len(hold[::4096])
            time.sleep(600)
        case "damaged":
            send(pipe, wire.Failure(FileDamaged(name=name)))
        case "demanding":
            send(pipe, wire.Failure(FileTooDemanding(name=name)))
        case "bug":
            send(pipe, wire.Broken("ValueError", "somewhere.py:1"))
        case "poison":
            pipe.send_bytes(pickle.dumps(sys.exit))
        case "half":
            os.write(pipe.fileno(), struct.pack("!i", 1000) + b"only this")
            time.sleep(600)
        case "much":
            os.write(pipe.fileno(), struct.pack("!i", 2_000_000_000))
            time.sleep(600)
        case "misfit":
            pipe.send_bytes(pickle.dumps(("picture", 1000, 1000, b"abc")))
        case "other":
            send(pipe, Picture(1, 1, b"abc"), wire.Ended())
        case "nothing":
            send(pipe, wire.Ended())
        case "modules":
            loaded = [one for one in ("PySide6", "PIL", "cv2", "av", "numpy", "llama_cpp") if one in sys.modules]
            send(pipe, wire.Failure(FileDamaged(name=",".join(loaded) or "none")))
        case _:
            send(pipe, Facts(Kind.PICTURE, Format.PNG, len(content), os.getpid(), 1), wire.Ended())
