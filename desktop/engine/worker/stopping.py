"""The stop flag as llama.cpp sees it: an abort callback that is a C function and no Python.

Why `strlen`: llama.cpp calls `bool abort(void *data)` at every node of the graph, thousands of times a token. A
Python callback there would take the GIL each time and slow decoding. The C library's own `strlen(char *)` fits:
with `data` the address of the flag's two bytes, the second of which stays zero, it gives 0 while the flag is 0
and 1 once it is set, and the low byte of that is the bool. It reads shared memory, so the app stops a batch
without the child's Python taking part.
"""

import ctypes
import sys
from typing import Any

from desktop.core.child import StopFlag


def abort_callback(prototype: Any) -> Any:
    """Return `strlen` as a function of the given ctypes prototype."""
    return ctypes.cast(_c_library().strlen, prototype)


def address(flag: StopFlag) -> ctypes.c_void_p:
    """Return what the callback is called with."""
    return ctypes.cast(flag, ctypes.c_void_p)


def _c_library() -> ctypes.CDLL:
    if sys.platform == "win32":
        try:
            return ctypes.CDLL("ucrtbase.dll")
        except OSError:
            return ctypes.CDLL("msvcrt.dll")
    return ctypes.CDLL(None)
