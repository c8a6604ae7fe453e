"""What this machine can hold: memory of a model by its header, and the settings that fit.

The estimate is weights + KV cache + compute buffers + the encoder that lies beside the model. KV is counted layer
by layer: layers with a sliding window hold only that window (unless the full cache is kept), layers that share the
KV of others hold none.
"""

from pathlib import Path

from desktop.core.errors import ModelTooLarge
from desktop.core.generation import KvType, LoadOptions
from desktop.core.models import Fit, ModelNeed
from desktop.core.value import value
from desktop.engine import machine
from desktop.engine.encoders import Encoder, encoder_bytes, whole_pictures
from desktop.engine.header import Header

BATCH = 512
PICTURE_BATCH = 1152
"""For models that read a picture's tokens at once: the largest picture, and room for its rounding."""
MARGIN = 1.05
COMFORT = 0.75
"""Share of the free memory that automatic choices use."""
BASE_BYTES = 120_000_000
"""The process itself: Python, the libraries, small tables."""
CONTEXTS = (65536, 32768, 16384, 8192, 4096, 2048)
SMALLEST_CONTEXT = 512
LARGEST_CONTEXT = 1 << 20
BYTES_PER_ELEMENT = {KvType.F16: 2.0, KvType.Q8_0: 34 / 32, KvType.Q4_0: 18 / 32}


@value
class Plan:
    """How a model will be loaded: every choice made. `gpu_layers` -1 = all, when there is a GPU."""

    context: int
    kv_type: KvType
    threads: int
    gpu_layers: int
    full_window: bool
    """Keep the whole KV of sliding-window layers: any rewind is exact, for more memory."""
    batch: int = BATCH
    """Tokens that are read at once."""
    encoder: str = ""
    """Path of the model's eyes and ears; empty when it has none."""


def plan(header: Header, options: LoadOptions, free: int | None = None, encoder: Encoder | None = None) -> Plan:
    """Choose what the person left open.

    Args:
        header: the checked header of the file.
        options: what the person chose.
        free: bytes of free memory; measured when None.
        encoder: what lies beside the file.

    Raises:
        ModelTooLarge: it cannot fit, before any native code has run.
    """
    room = free_memory() if free is None else free
    encoder = encoder if encoder and encoder.fits else None
    context, full, needed = _choose(header, options, room, encoder)
    if needed > room:
        raise ModelTooLarge(name=header.name, needed=gigabytes(needed), free=gigabytes(room))
    return Plan(
        context=context,
        kv_type=options.kv_type,
        threads=_threads(options.threads),
        gpu_layers=options.gpu_layers,
        full_window=full or not _windowed(header),
        batch=min(_batch(header, encoder), context),
        encoder=str(encoder.path) if encoder else "",
    )


def need(header: Header, options: LoadOptions, free: int, encoder: Encoder | None = None) -> ModelNeed:
    """Return what a model needs when it is loaded so, and whether `free` bytes are enough."""
    context, _, memory = _choose(header, options, free, encoder if encoder and encoder.fits else None)
    fit = Fit.FITS if memory <= free * COMFORT else Fit.TIGHT if memory <= free else Fit.TOO_LARGE
    return ModelNeed(str(header.path), context, memory, fit)


def estimate(
    header: Header, context: int, kv_type: KvType, *, full_window: bool, encoder: Encoder | None = None
) -> int:
    """Return the bytes needed to run a model with this context, and with its eyes and ears."""
    batch = _batch(header, encoder)
    parts = weight_bytes(header) + kv_bytes(header, context, kv_type, full_window=full_window, batch=batch)
    parts += compute_bytes(header, context, batch, full_window=full_window) + (encoder_bytes(encoder) if encoder else 0)
    return int(parts * MARGIN) + BASE_BYTES


def weight_bytes(header: Header) -> int:
    """Return the size of the weights on disk, over all files of a split model."""
    if header.parts == 1:
        return header.size
    pattern = header.path.name.replace(f"-{1:05d}-of-", "-*-of-")
    return sum(part.stat().st_size for part in header.path.parent.glob(pattern)) or header.size


def parameters(header: Header) -> int:
    """Return the number of weights; of a split model at least about so many."""
    if header.parts == 1:
        return header.elements
    return int(weight_bytes(header) * max(header.elements / max(header.tensor_bytes, 1), 1.0))


def kv_bytes(header: Header, context: int, kv_type: KvType, *, full_window: bool, batch: int = BATCH) -> int:
    """Return the bytes of the KV cache, layer by layer."""
    heads = header.by_layer("attention.head_count_kv", header.number("attention.head_count", 1))
    windowed = _windowed(header)
    window = _window_cells(header, context, batch)
    own = header.number("block_count") - header.number("attention.shared_kv_layers")
    elements = 0
    for layer, count in enumerate(heads[: max(own, 0)]):
        local = layer in windowed
        cells = window if local and not full_window else context
        elements += count * _head_width(header, local=local) * _padded(cells)
    return int(elements * BYTES_PER_ELEMENT[kv_type])


def compute_bytes(header: Header, context: int, batch: int = BATCH, *, full_window: bool = True) -> int:
    """Return the bytes of llama.cpp's scratch buffers for one batch.

    A mask says of each token of the batch and each cell of a cache whether one sees the other, in two bytes; the
    logits of the batch later take the place of the masks and of what the layers needed. With a long context the masks
    are the largest part by far.
    """
    windowed = _windowed(header)
    cells = _padded(context) if len(windowed) < header.number("block_count") else 0
    if windowed:
        cells += _padded(context if full_window else _window_cells(header, context, batch))
    width = header.number("embedding_length")
    layers = 4 * batch * _layer_width(header)
    return max(2 * batch * cells + layers, 4 * batch * (header.vocabulary + 2 * width))


def _layer_width(header: Header) -> int:
    """Return how many numbers a token has at the widest place of a layer, with what is kept beside it."""
    width, inner = header.number("embedding_length"), header.number("feed_forward_length")
    queries = header.number("attention.head_count", 1) * _head_width(header, local=False) // 2
    used = header.number("expert_used_count")
    experts = used * (2 * header.number("expert_feed_forward_length") + width)
    beside = header.number("block_count") * header.number("embedding_length_per_layer_input")
    return max(2 * inner + 2 * width, 2 * queries, experts + 2 * width) + beside


def is_comfortable(size: int) -> bool:
    """Tell whether weights of this size leave the machine room to breathe."""
    return size * MARGIN + 2 * BASE_BYTES <= machine.total_memory() * 0.6


def free_memory() -> int:
    """Return the bytes a new process can use without pushing others out; a container's limit counts."""
    free: int = machine.available_memory()
    group = Path("/sys/fs/cgroup")
    try:
        limit = int((group / "memory.max").read_text())
        used = int((group / "memory.current").read_text())
    except (OSError, ValueError):
        return free
    cached = 0
    try:
        for line in (group / "memory.stat").read_text().splitlines():
            name, _, value = line.partition(" ")
            cached += int(value) if name in ("inactive_file", "active_file") else 0
    except (OSError, ValueError):
        cached = 0
    return min(free, max(limit - used + cached, 0))


def gigabytes(size: int) -> str:
    """Return bytes as a person reads them."""
    return f"{size / 1e9:.1f} GB"


def _choose(header: Header, options: LoadOptions, room: int, encoder: Encoder | None) -> tuple[int, bool, int]:
    """Return the context, whether the whole KV of windowed layers is kept, and the bytes needed."""
    context = _context(header, options, room, encoder)
    whole = estimate(header, context, options.kv_type, full_window=True, encoder=encoder)
    if _windowed(header) and whole <= room * COMFORT:
        return context, True, whole
    return context, False, estimate(header, context, options.kv_type, full_window=False, encoder=encoder)


def _batch(header: Header, encoder: Encoder | None) -> int:
    return PICTURE_BATCH if encoder and encoder.sees and whole_pictures(header, encoder) else BATCH


def _context(header: Header, options: LoadOptions, room: int, encoder: Encoder | None) -> int:
    if options.context > 0:
        return min(max(options.context, SMALLEST_CONTEXT), LARGEST_CONTEXT)
    trained = header.trained_context or 4096
    comfortable = 8192 if room < 12e9 else 16384 if room < 32e9 else 32768
    smallest = min(trained, CONTEXTS[-1])
    for candidate in (min(trained, comfortable), *CONTEXTS):
        if smallest <= candidate <= min(trained, comfortable) and (
            estimate(header, candidate, options.kv_type, full_window=False, encoder=encoder) <= room * COMFORT
        ):
            return candidate
    return smallest


def _threads(chosen: int) -> int:
    logical = machine.cores()
    if chosen > 0:
        return min(chosen, logical)
    return max(machine.cores(physical=True) - 1, 1)


def _windowed(header: Header) -> frozenset[int]:
    """Return the layers with a sliding window; a number n as pattern means: every n-th layer is a full one."""
    if not header.number("attention.sliding_window"):
        return frozenset()
    layers = range(header.number("block_count"))
    pattern = header.values.get(f"{header.architecture}.attention.sliding_window_pattern")
    if isinstance(pattern, tuple) and pattern:
        return frozenset(layer for layer in layers if pattern[layer % len(pattern)])
    every = {"gemma2": 2, "gemma3": 6, "gemma3n": 5, "gpt-oss": 2, "cohere2": 4, "llama4": 4}.get(
        header.architecture, 0
    )
    every = pattern if isinstance(pattern, int) and pattern > 1 else every
    return frozenset(layer for layer in layers if (layer + 1) % every) if every else frozenset()


def _head_width(header: Header, *, local: bool) -> int:
    heads = max(header.number("attention.head_count", 1), 1)
    usual = header.number("embedding_length") // heads
    key, value = header.number("attention.key_length", usual), header.number("attention.value_length", usual)
    if local:
        key = header.number("attention.key_length_swa", key)
        value = header.number("attention.value_length_swa", value)
    return key + value


def _window_cells(header: Header, context: int, batch: int) -> int:
    return min(context, header.number("attention.sliding_window") + batch)


def _padded(cells: int) -> int:
    return -(-cells // 256) * 256
