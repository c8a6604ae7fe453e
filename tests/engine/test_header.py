"""The pure-Python header check: sound files are described, unsound ones refused in plain words."""

import struct
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.errors import ModelDamaged, ModelMissing
from desktop.core.generation import KvType
from desktop.engine import fit
from desktop.engine.header import Header, parse, read_header
from tests.engine.tiny_models import write_tiny


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_tiny(tmp_path_factory.mktemp("header") / "sound.gguf").read_bytes()


def refused(data: bytes) -> str:
    with pytest.raises(ModelDamaged) as caught:
        parse(Path("model.gguf"), data, len(data))
    return str(caught.value)


def test_header_says_what_the_model_is(starter_model: Path) -> None:
    header = read_header(starter_model)
    assert header.architecture == "llama"
    assert header.precision == "Q4_1"
    assert header.trained_context == 8192
    assert header.vocabulary == 49152
    assert "<|im_start|>" in header.template
    assert 0.9 * header.size < header.tensor_bytes < header.size


def test_a_quarter_million_tokens_are_read_in_a_moment(tmp_path: Path) -> None:
    strings = b"".join(struct.pack("<Q", 8) + b"%08d" % number for number in range(262_144))
    data = b"GGUF" + struct.pack("<IQQ", 3, 0, 3)
    data += entry("general.architecture", 8, text("gemma4"))
    data += entry("gemma4.block_count", 4, struct.pack("<I", 2))
    data += entry("tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 262_144) + strings)
    path = tmp_path / "large.gguf"
    path.write_bytes(data)
    begun = time.process_time()
    assert read_header(path).vocabulary == 262_144
    assert time.process_time() - begun < 0.5


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        read_header(tmp_path / "gone.gguf")


def test_changed_file_is_read_again(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(sound)
    read_header(path)
    path.write_bytes(b"x" * 5000)
    with pytest.raises(ModelDamaged):
        read_header(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"x" * 10_000, "not a GGUF"),
        (b"GGUF" + b"\xff" * 100, "version"),
        (b"%PDF-1.7" * 10, "not a GGUF"),
    ],
)
def test_foreign_file_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(content)
    with pytest.raises(ModelDamaged, match=words):
        read_header(path)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.99])
def test_file_cut_short_is_refused(sound: bytes, share: float) -> None:
    assert "cut short" in refused(sound[: int(len(sound) * share)])


def entry(key: str, kind: int, value: bytes) -> bytes:
    return text(key) + struct.pack("<I", kind) + value


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def made(*entries: bytes, tensors: bytes = b"", count: int = 0) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", 3, count, len(entries)) + b"".join(entries) + tensors + b"\0" * 256


ARCH = entry("general.architecture", 8, text("llama"))
BLOCKS = entry("llama.block_count", 4, struct.pack("<I", 2))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (made(ARCH, entry("llama.block_count", 4, struct.pack("<I", 100_000))), "number of layers"),
        (made(entry("general.architecture", 8, text("clip"))), "vision or audio part"),
        (made(entry("general.architecture", 8, text("nonsense")), BLOCKS), "does not know"),
        (made(ARCH, BLOCKS), "no vocabulary"),
        (made(ARCH, BLOCKS, entry("tokenizer.chat_template", 8, text("x" * 70_000))), "template is unreasonably long"),
        (made(ARCH, BLOCKS, entry("a", 9, struct.pack("<IQ", 8, 1 << 60))), "cut short"),
        (made(ARCH, BLOCKS, entry("a", 9, struct.pack("<IQ", 9, 1))), "unknown kind of list"),
        (made(ARCH, entry("a", 99, b"")), "unknown kind of value"),
        (made(ARCH, tensors=text("t") + struct.pack("<IQQIQ", 2, 1 << 40, 1 << 40, 0, 0), count=1), "impossible shape"),
        (made(ARCH, tensors=text("t") + struct.pack("<IQIQ", 1, 64, 0, 1 << 50), count=1), "cut short"),
        (made(ARCH, tensors=text("t") + struct.pack("<IQIQ", 1, 64, 77, 0), count=1), "number format"),
        (b"GGUF" + struct.pack("<IQQ", 3, 1 << 50, 1) + b"\0" * 99, "impossible counts"),
    ],
)
def test_hostile_header_is_refused_in_plain_words(data: bytes, words: str) -> None:
    assert words in refused(data)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_mutated_header_is_read_or_refused_and_nothing_else(sound: bytes, data: st.DataObject) -> None:
    mutant = bytearray(sound)
    end = min(len(mutant), 9000)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, end - 8))
        patch = data.draw(st.sampled_from([b"\xff" * 8, b"\0" * 8, b"\x7f"]) | st.binary(min_size=1, max_size=8))
        mutant[place : place + len(patch)] = patch
    cut = data.draw(st.integers(0, len(mutant)) | st.just(len(mutant)))
    try:
        header = parse(Path("mutant.gguf"), bytes(mutant[:cut]), cut)
    except ModelDamaged:
        return
    assert isinstance(header, Header)
    assert header.by_layer("attention.head_count_kv")
    assert isinstance(header.name + header.precision + header.template, str)
    assert fit.estimate(header, 4096, KvType.F16, full_window=False) > 0
