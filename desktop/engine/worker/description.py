"""What llama.cpp says about itself and this machine, in rows of words."""

import ctypes

from desktop.core.isolation import Isolation
from desktop.engine.worker import library


def rows(limits: Isolation) -> tuple[tuple[str, str], ...]:
    """Return name and value of each row."""
    llama_cpp = library.load()
    features = llama_cpp.llama_print_system_info().decode("utf-8", "replace")
    on = [part.split("=")[0].strip() for part in features.split("|") if part.strip().endswith("1")]
    return (
        ("llama.cpp", f"llama-cpp-python {library.version()}"),
        ("Features", ", ".join(on)),
        ("Devices", ", ".join(_devices()) or "processor only"),
        ("GPU offload", "yes" if llama_cpp.llama_supports_gpu_offload() else "no"),
        ("Network of the model process", _network(limits)),
        ("Core dumps", "off" if limits.no_core_dumps else "not controlled on this system"),
    )


def _devices() -> list[str]:
    """List the backends llama.cpp found; their functions live in ggml, which the Python layer does not wrap."""
    ggml = library.ggml()
    try:
        count, get, name, text = (
            getattr(ggml, f"ggml_backend_dev_{part}") for part in ("count", "get", "name", "description")
        )
    except AttributeError:
        return []
    count.restype, get.restype = ctypes.c_size_t, ctypes.c_void_p
    get.argtypes = [ctypes.c_size_t]
    for function in (name, text):
        function.restype, function.argtypes = ctypes.c_char_p, [ctypes.c_void_p]
    found = []
    for index in range(count()):
        device = get(index)
        words = [(function(device) or b"").decode("utf-8", "replace") for function in (name, text)]
        found.append(" ".join(dict.fromkeys(words)))
    return found


def _network(limits: Isolation) -> str:
    return {"namespace": "none (own namespace)", "filter": "none (filtered)"}.get(
        limits.no_network, "not taken away on this system"
    )
