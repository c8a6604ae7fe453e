"""Loads llama-cpp-python's low-level API, once and silenced.

Why a loader: importing it takes about half a second, so it happens when a model is loaded, not when the child starts.
"""

import ctypes
from functools import cache
from typing import Any

LEVEL_ERROR = 4
_errors: list[str] = []
_kept: list[Any] = []


@cache
def load() -> Any:
    """Return the module `llama_cpp.llama_cpp` with its log silenced and its backend ready."""
    from llama_cpp import llama_cpp

    callback = llama_cpp.llama_log_callback(_listen)
    _kept.append(callback)  # llama.cpp keeps the pointer only
    llama_cpp.llama_log_set(callback, ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    return llama_cpp


@cache
def mtmd() -> Any:
    """Return the module `llama_cpp.mtmd_cpp` with its logs silenced: the encoders of pictures and sound."""
    from llama_cpp import mtmd_cpp

    load()
    for listen in (mtmd_cpp.mtmd_log_set, mtmd_cpp.mtmd_helper_log_set):
        listen(_kept[0], ctypes.c_void_p(0))
    return mtmd_cpp


def ggml() -> Any:
    """Return the library of llama.cpp's backends."""
    from llama_cpp import _ggml

    load()
    return _ggml.libggml


def version() -> str:
    """Return the version of llama-cpp-python."""
    import llama_cpp

    return str(llama_cpp.__version__)


def json_schema_to_gbnf(schema: str) -> str:
    """Translate a JSON schema to llama.cpp's grammar language; nothing is fetched for it."""
    from llama_cpp import llama_grammar

    return str(llama_grammar.json_schema_to_gbnf(schema))


def take_errors() -> tuple[str, ...]:
    """Return the names of the functions that complained since the last call."""
    names = tuple(_errors)
    _errors.clear()
    return names


def _listen(level: int, text: bytes | None, _data: object) -> None:
    """Keep the name of a complaining function and nothing of its message, which could hold a prompt."""
    if level == LEVEL_ERROR and text and len(_errors) < 20:
        name = text.split(b":", 1)[0].strip()
        if name.isascii() and name.replace(b"_", b"").isalnum():
            _errors.append(name.decode("ascii")[:80])
