"""What the reader may use: memory, processor time, files it writes (none). Set before it touches a foreign byte.

Where the system has no such limits, the app's own look at clock and memory (see reader.process) is what holds.
"""

import ctypes
import os
import sys
from contextlib import suppress

MEMORY = 3 * (1 << 30) // 2
PROCESSOR_SECONDS = 1_200
"""For one task, all threads together: the last resort where nobody is left to end it."""
OPEN_FILES = 256

_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_M_ARENA_MAX = -8
_ARENAS = 2


def apply() -> None:
    """Set every limit this system offers."""
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    sys.dont_write_bytecode = True
    if sys.platform == "win32":
        return
    import resource

    if sys.platform == "linux":  # elsewhere it counts what is only reserved, or nothing
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_M_ARENA_MAX, _ARENAS)  # each thread's own would be reserved in full
        _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES)


def allow_processor_time() -> None:
    """Grant the next task its processor time."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    with suppress(OSError, ValueError):
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + PROCESSOR_SECONDS, hard))


def _limit(which: int, value: int) -> None:
    """Lower a limit for good, but never raise one."""
    import resource

    with suppress(OSError, ValueError):
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))
