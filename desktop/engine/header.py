"""Reads and checks the header of a GGUF file in pure Python, before native code sees the file.

Why: a damaged or hostile header can abort the whole model process inside llama.cpp. Every count, length and
offset is compared with the size of the file here, so that most such files end as a sentence on the screen.
"""

import mmap
import struct
from dataclasses import field
from functools import lru_cache
from pathlib import Path

from desktop.core.errors import ModelDamaged, ModelMissing
from desktop.core.value import value
from desktop.engine import gguf_format as gguf

Scalar = str | int | float | bool
Value = Scalar | tuple[Scalar, ...]

MAX_KEYS = 4096
MAX_TENSORS = 100_000
MAX_KEY_BYTES = 1024
MAX_KEPT_ARRAY = 1024
MAX_KEPT_STRING = 64 * 1024
MAX_BLOCKS = 512
MAX_DIMENSIONS = 4
MAX_ELEMENTS = 1 << 48
TEMPLATE = "tokenizer.chat_template"
ENCODERS = ("clip", "mmproj")
"""Architectures of files that hold the eyes and ears of a model."""
_MALFORMED = (struct.error, OverflowError, UnicodeDecodeError, IndexError, ValueError)


@value
class Header:
    """What a GGUF file says about itself. `lengths` holds the sizes of arrays too long to keep."""

    path: Path
    size: int
    values: dict[str, Value]
    lengths: dict[str, int]
    tensor_bytes: int
    largest_tensor: int
    tensor_names: frozenset[str] = field(repr=False, default=frozenset())
    elements: int = 0
    """Number of weights in this file."""

    @property
    def architecture(self) -> str:
        """The family of the model, as llama.cpp names it."""
        return str(self.values.get("general.architecture", ""))

    @property
    def name(self) -> str:
        """The model's own name, or the file's."""
        return str(self.values.get("general.name") or self.path.stem)[:200]

    @property
    def precision(self) -> str:
        """Quantization in the field's terms, empty when the file does not say."""
        kind = self.values.get("general.file_type")
        return gguf.PRECISIONS.get(kind, "") if isinstance(kind, int) else ""

    @property
    def template(self) -> str:
        """The chat template, empty when there is none."""
        return str(self.values.get(TEMPLATE, ""))

    @property
    def vocabulary(self) -> int:
        """Number of tokens the model knows."""
        return self.lengths.get("tokenizer.ggml.tokens", 0)

    @property
    def trained_context(self) -> int:
        """Tokens the model was trained for."""
        return self.number("context_length")

    @property
    def parts(self) -> int:
        """Number of files the model is split into; 1 when it is whole."""
        count = self.values.get("split.count", 1)
        return count if isinstance(count, int) and count > 1 else 1

    @property
    def part(self) -> int:
        """Which file of a split model this is, from 0."""
        number = self.values.get("split.no", 0)
        return number if isinstance(number, int) else 0

    def number(self, key: str, default: int = 0) -> int:
        """Return a whole number of this architecture; the largest one when the file gives one a layer."""
        value = self.values.get(f"{self.architecture}.{key}", default)
        if isinstance(value, tuple):
            return max((int(one) for one in value if isinstance(one, int)), default=default)
        return int(value) if isinstance(value, int | float) else default

    def by_layer(self, key: str, default: int = 0) -> tuple[int, ...]:
        """Return one number a layer, repeating a single value; a shorter list is filled up in its own rhythm."""
        layers = self.number("block_count")
        value = self.values.get(f"{self.architecture}.{key}", default)
        numbers = [int(one) for one in (value if isinstance(value, tuple) else (value,)) if not isinstance(one, str)]
        numbers = numbers or [default]
        return tuple(numbers[index % len(numbers)] for index in range(layers))


def read_header(path: Path) -> Header:
    """Read and check the header of a chat model; cached while path, size and time of change stay the same.

    Raises:
        ModelMissing: there is no such file.
        ModelDamaged: the file is not a sound GGUF file, or no chat model, in plain words why.
    """
    header = read_any(path)
    _judge(header)
    return header


def read_any(path: Path) -> Header:
    """Read the header of a sound GGUF file, whatever it holds; cached and refused likewise."""
    try:
        state = path.stat()
    except (OSError, ValueError) as error:
        raise ModelMissing(name=path.name) from error
    return _read_cached(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=64)
def _read_cached(path: Path, size: int, _changed: int) -> Header:
    if size < 24:
        raise ModelDamaged(name=path.name, reason="it is empty or only a few bytes long")
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return _parse(path, data, len(data))
    except OSError as error:
        raise ModelDamaged(name=path.name, reason="it cannot be read") from error


def parse(path: Path, data: mmap.mmap | bytes, size: int) -> Header:
    """Parse and check the bytes of a chat model.

    Raises:
        ModelDamaged: whatever is wrong with them, in plain words.
    """
    header = _parse(path, data, size)
    _judge(header)
    return header


def _parse(path: Path, data: mmap.mmap | bytes, size: int) -> Header:
    try:
        return _Parser(path, data, size).header()
    except _MALFORMED as error:
        raise ModelDamaged(name=path.name, reason="its header is cut short or garbled") from error


class _Parser:
    """One pass over the header. Holds a position; nothing is read beyond the size of the file."""

    def __init__(self, path: Path, data: mmap.mmap | bytes, size: int) -> None:
        self._path, self._data, self._size = path, data, size
        self._at = 0
        self._elements = 0

    def header(self) -> Header:
        if self._data[:4] != gguf.MAGIC:
            raise self._damaged("it is not a GGUF model file")
        self._at = 4
        version, tensors, keys = self._take("<I"), self._take("<Q"), self._take("<Q")
        if version not in gguf.VERSIONS:
            raise self._damaged("it has an unknown format version")
        if not 0 < keys <= MAX_KEYS or not 0 <= tensors <= MAX_TENSORS:
            raise self._damaged("its header holds impossible counts")
        values: dict[str, Value] = {}
        lengths: dict[str, int] = {}
        for _ in range(int(keys)):
            self._entry(values, lengths)
        sizes = self._tensors(int(tensors), values)
        return Header(
            path=self._path,
            size=self._size,
            values=values,
            lengths=lengths,
            tensor_bytes=sum(sizes.values()),
            largest_tensor=max(sizes.values(), default=0),
            tensor_names=frozenset(sizes),
            elements=self._elements,
        )

    def _take(self, form: str) -> int:
        (value,) = struct.unpack_from(form, self._data, self._at)
        self._at += struct.calcsize(form)
        return value  # type: ignore[no-any-return] # struct gives Any; the caller knows the format

    def _text(self, limit: int, what: str) -> str:
        length = self._take("<Q")
        if length > self._size - self._at:
            raise self._damaged("its header is cut short or garbled")
        if length > limit:
            raise self._damaged(f"{what} is unreasonably long")
        start, self._at = self._at, self._at + length
        return self._data[start : self._at].decode("utf-8", "replace")

    def _entry(self, values: dict[str, Value], lengths: dict[str, int]) -> None:
        key = self._text(MAX_KEY_BYTES, "a name in its header")
        kind = self._take("<I")
        if kind == gguf.ARRAY:
            self._array(key, values, lengths)
        elif kind == gguf.STRING:
            what = "its chat template" if key.startswith(TEMPLATE) else "a text in its header"
            values[key] = self._text(MAX_KEPT_STRING if key.startswith(TEMPLATE) else 1 << 20, what)
        elif kind in gguf.SCALARS:
            values[key] = self._take(gguf.SCALARS[kind])
        else:
            raise self._damaged("its header holds an unknown kind of value")

    def _array(self, key: str, values: dict[str, Value], lengths: dict[str, int]) -> None:
        kind, count = self._take("<I"), self._take("<Q")
        if count > self._size - self._at:
            raise self._damaged("its header is cut short or garbled")
        lengths[key] = count
        if kind == gguf.STRING:
            self._skip_strings(count)
            return
        if kind not in gguf.SCALARS:
            raise self._damaged("its header holds an unknown kind of list")
        form = gguf.SCALARS[kind]
        total = struct.calcsize(form) * count
        if total > self._size - self._at:
            raise self._damaged("its header is cut short or garbled")
        if count <= MAX_KEPT_ARRAY:
            values[key] = struct.unpack_from(f"<{count}{form[1:]}", self._data, self._at)
        self._at += total

    def _skip_strings(self, count: int) -> None:
        """Hop over a vocabulary without making strings: a quarter of a million take about 50 ms."""
        take, data, at, size = struct.Struct("<Q").unpack_from, self._data, self._at, self._size
        for _ in range(count):
            at += 8 + take(data, at)[0]
            if at > size:
                raise self._damaged("its header is cut short or garbled")
        self._at = at

    def _tensors(self, count: int, values: dict[str, Value]) -> dict[str, int]:
        sizes: dict[str, int] = {}
        ends = 0
        for _ in range(count):
            name, length, offset = self._tensor()
            if name in sizes:
                raise self._damaged("two of its parts have the same name")
            sizes[name] = length
            ends = max(ends, offset + length)
        alignment = values.get("general.alignment", gguf.ALIGNMENT)
        if not isinstance(alignment, int) or not 0 < alignment <= 1 << 16 or alignment & (alignment - 1):
            raise self._damaged("its header holds an impossible alignment")
        start = -(-self._at // alignment) * alignment
        if count and start + ends > self._size:
            raise self._damaged("it is cut short: the download or copy did not finish")
        return sizes

    def _tensor(self) -> tuple[str, int, int]:
        name = self._text(MAX_KEY_BYTES, "a name in its header")
        dimensions = self._take("<I")
        if not 0 < dimensions <= MAX_DIMENSIONS:
            raise self._damaged("one of its parts has an impossible shape")
        shape = [self._take("<Q") for _ in range(dimensions)]
        kind, offset = self._take("<I"), self._take("<Q")
        if kind not in gguf.BLOCKS:
            raise self._damaged("it uses a number format this version does not know")
        elements = 1
        for side in shape:
            elements *= side
            if not 0 < elements <= MAX_ELEMENTS:
                raise self._damaged("one of its parts has an impossible shape")
        self._elements += elements
        block, width = gguf.BLOCKS[kind]
        if shape[0] % block:
            raise self._damaged("one of its parts has an impossible shape")
        length = elements // block * width
        if offset > self._size or length > self._size:
            raise self._damaged("it is cut short: the download or copy did not finish")
        return name, length, offset

    def _damaged(self, reason: str) -> ModelDamaged:
        return ModelDamaged(name=self._path.name, reason=reason)


def _judge(header: Header) -> None:
    """Refuse what is sound as a file but not a chat model."""
    reason = ""
    if header.architecture in ENCODERS:
        reason = "it is the vision or audio part of a model, not a model"
    elif header.architecture not in gguf.ARCHITECTURES:
        reason = "it holds a kind of model this version does not know"
    elif not 0 < header.number("block_count") <= MAX_BLOCKS:
        reason = "its header holds an impossible number of layers"
    elif header.part == 0 and header.vocabulary == 0:
        reason = "it has no vocabulary"
    if reason:
        raise ModelDamaged(name=header.path.name, reason=reason)
