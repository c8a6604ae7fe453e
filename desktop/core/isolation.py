"""What a child process gives up before it touches anything foreign: core dumps, the network, priority.

Standard library only. Called first thing in the child, while it has one thread. Where the system refuses a
limit the child goes on, and the outcome says so.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from desktop.core.value import value

ENVIRONMENT = {
    "ORT_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "DO_NOT_TRACK": "1",
    "GGML_NO_BACKTRACE": "1",
}

CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2
OUT_OF_MEMORY_SCORE = "800"


@value
class Isolation:
    """Which limits hold in this process."""

    no_core_dumps: bool = False
    no_network: str = ""
    """How the network was taken away: `namespace`, `filter`, or empty: it was not."""
    ends_first: bool = False
    """The system's out-of-memory killer takes this process before the app."""


def apply(*, sound: bool = False) -> Isolation:
    """Set the environment and every limit this system offers.

    Args:
        sound: the process speaks. It may start the system's speech service, which outlives it and serves other
            programs, a screen reader among them: what that inherits must not harm it. So the network is taken away by
            the filter, which leaves the user who he is, and the process does not end before others.
    """
    os.environ.update(ENVIRONMENT)
    with suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        return Isolation()
    cores = _without_core_dumps()
    if sys.platform != "linux":
        return Isolation(no_core_dumps=cores)
    first = not sound and _ends_first()
    network = _without_network(filter_only=sound)
    _call("prctl", PR_SET_DUMPABLE, 0, 0, 0, 0)
    return Isolation(no_core_dumps=cores, no_network=network, ends_first=first)


def _without_core_dumps() -> bool:
    """Forbid core dumps: one would hold the conversation."""
    if sys.platform == "win32":
        return False
    import resource  # noqa: PLC0415 - POSIX only

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return True


def _ends_first() -> bool:
    try:
        Path("/proc/self/oom_score_adj").write_text(OUT_OF_MEMORY_SCORE, encoding="ascii")
    except OSError:
        return False
    return True


def _without_network(*, filter_only: bool) -> str:
    """Move into an empty network namespace; where that is barred, filter the calls that make sockets."""
    if filter_only:
        return "filter" if _filter_sockets() else ""
    root = os.geteuid() == 0 if sys.platform != "win32" else False
    if _call("unshare", CLONE_NEWNET) == 0 if root else _call("unshare", CLONE_NEWUSER | CLONE_NEWNET) == 0:
        return "namespace"
    return "filter" if _filter_sockets() else ""


def _call(name: str, *arguments: int) -> int:
    try:
        function: Callable[..., int] = getattr(ctypes.CDLL(None, use_errno=True), name)
    except (OSError, AttributeError):
        return -1
    return int(function(*[ctypes.c_ulong(one) for one in arguments]))


class _Filter(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("jt", ctypes.c_ubyte), ("jf", ctypes.c_ubyte), ("k", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.POINTER(_Filter)))


MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Machine -> (audit architecture, number of the socket call)."""
IO_URING_SETUP = 425


def _filter_sockets() -> bool:
    """Install a seccomp filter that leaves only AF_UNIX; io_uring, which could make sockets unseen, is refused."""
    machine = os.uname().machine if sys.platform != "win32" else ""
    if machine not in MACHINES:
        return False
    architecture, socket_call = MACHINES[machine]
    load, equal, answer = 0x20, 0x15, 0x06
    allow, refuse = 0x7FFF0000, 0x00050001
    lines = [
        (load, 0, 0, 4),
        (equal, 0, 6, architecture),
        (load, 0, 0, 0),
        (equal, 3, 0, IO_URING_SETUP),
        (equal, 0, 3, socket_call),
        (load, 0, 0, 16),
        (equal, 1, 0, 1),
        (answer, 0, 0, refuse),
        (answer, 0, 0, allow),
    ]
    code = (_Filter * len(lines))(*(_Filter(*line) for line in lines))
    program = _Program(len(lines), code)
    if _call("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return _call("prctl", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(program)) == 0
