"""What fits this machine: memory by the header, choices the person left open."""

import ctypes
import re
from dataclasses import replace
from pathlib import Path

import pytest
from llama_cpp import llama_cpp

from desktop.core.errors import ModelTooLarge
from desktop.core.generation import GenerateRequest, KvType, LoadOptions
from desktop.core.models import Fit
from desktop.engine import fit
from desktop.engine.client import LocalChatEngine
from desktop.engine.header import Header, Value, read_header
from tests.engine.conftest import asked
from tests.engine.tiny_models import write_tiny

GB = 10**9
MODELS = Path(__file__).resolve().parents[1] / "models"
LOGGED: list[str] = []
LISTEN = llama_cpp.llama_log_callback(lambda _level, text, _data: LOGGED.append(text.decode("utf-8", "replace")))
"""Lives as long as the program: llama.cpp keeps the pointer only."""


def header_of(architecture: str, size: int, **values: Value) -> Header:
    named: dict[str, Value] = {"general.architecture": architecture, "general.name": "Model"}
    named |= {f"{architecture}.{key.replace('__', '.')}": value for key, value in values.items()}
    return Header(Path("model.gguf"), size, named, {"tokenizer.ggml.tokens": 32000}, size, size)


LLAMA = header_of(
    "llama", 4 * GB, block_count=32, context_length=131072, embedding_length=4096, feed_forward_length=14336,
    attention__head_count=32, attention__head_count_kv=8,
)  # fmt: skip
GEMMA = header_of(
    "gemma4", 5 * GB, block_count=42, context_length=131072, embedding_length=2560, feed_forward_length=10240,
    attention__head_count=8, attention__head_count_kv=2, attention__key_length=512, attention__value_length=512,
    attention__key_length_swa=256, attention__value_length_swa=256, attention__sliding_window=512,
    attention__shared_kv_layers=18, attention__sliding_window_pattern=(True, True, True, True, True, False),
)  # fmt: skip


def test_kv_of_every_layer_is_counted() -> None:
    assert fit.kv_bytes(LLAMA, 8192, KvType.F16, full_window=True) == 2 * 32 * 8192 * 8 * 128 * 2


def test_quantized_kv_needs_less() -> None:
    f16, q8, q4 = (fit.kv_bytes(LLAMA, 8192, kind, full_window=True) for kind in KvType)
    assert f16 > q8 > q4


def test_windowed_and_shared_layers_hold_less() -> None:
    local, whole = 20, 4
    cells = 1024  # window + one batch
    expected = 2 * 2 * (local * 256 * cells + whole * 512 * 32768) * 2
    assert fit.kv_bytes(GEMMA, 32768, KvType.F16, full_window=False) == expected
    assert fit.kv_bytes(GEMMA, 32768, KvType.F16, full_window=True) > 2 * expected


def set_aside(path: Path, context: int, batch: int, *, full_window: bool) -> float:
    """What llama.cpp itself says it sets aside beside the weights, in bytes."""
    llama_cpp.llama_backend_init()
    llama_cpp.llama_log_set(LISTEN, ctypes.c_void_p(0))
    model = llama_cpp.llama_model_load_from_file(str(path).encode(), llama_cpp.llama_model_default_params())
    parameters = llama_cpp.llama_context_default_params()
    parameters.n_ctx, parameters.swa_full = context, full_window
    parameters.n_batch = parameters.n_ubatch = batch
    LOGGED.clear()
    opened = llama_cpp.llama_init_from_model(model, parameters)
    sizes = re.findall(r"(?:KV|compute) buffer size =\s*([\d.]+) MiB", "".join(LOGGED))
    llama_cpp.llama_free(opened)
    llama_cpp.llama_model_free(model)
    return sum(float(size) for size in sizes) * 2**20


@pytest.mark.parametrize("name", ["tiny-gemma4-e.gguf", "tiny-gemma4-dense.gguf", "tiny-gemma4-moe.gguf"])
@pytest.mark.parametrize(
    ("context", "batch", "full"), [(8192, 512, True), (8192, 512, False), (32768, 512, True), (108_000, 1152, False)]
)
def test_what_llama_cpp_sets_aside_is_told_within_a_tenth(name: str, context: int, batch: int, *, full: bool) -> None:
    header = read_header(MODELS / name)
    told = fit.kv_bytes(header, context, KvType.F16, full_window=full, batch=batch)
    told += fit.compute_bytes(header, context, batch, full_window=full)
    assert told == pytest.approx(set_aside(header.path, context, batch, full_window=full), rel=0.1)


def test_what_is_set_aside_for_a_model_without_a_window_is_told_too(starter_model: Path) -> None:
    header = read_header(starter_model)
    told = fit.kv_bytes(header, 4096, KvType.F16, full_window=True) + fit.compute_bytes(header, 4096)
    assert told == pytest.approx(set_aside(starter_model, 4096, fit.BATCH, full_window=True), rel=0.1)


def test_automatic_context_follows_the_free_memory() -> None:
    sizes = [fit.plan(LLAMA, LoadOptions(), free * GB).context for free in (6, 11, 24, 64)]
    assert sizes == sorted(sizes)
    assert sizes[1] == 8192
    assert sizes[-1] == 32768


def test_automatic_context_stays_within_what_was_trained() -> None:
    short = replace(LLAMA, values={**LLAMA.values, "llama.context_length": 2048})
    assert fit.plan(short, LoadOptions(), 64 * GB).context == 2048


def test_chosen_context_is_taken_or_refused_with_numbers() -> None:
    assert fit.plan(LLAMA, LoadOptions(context=16384), 16 * GB).context == 16384
    with pytest.raises(ModelTooLarge, match=r"needs about \d+\.\d GB of memory, and 8\.0 GB is free"):
        fit.plan(LLAMA, LoadOptions(context=131072), 8 * GB)


def test_model_larger_than_memory_starts_no_process(tmp_path: Path) -> None:
    huge = write_tiny(tmp_path / "huge.gguf", layers=400)
    engine = LocalChatEngine()
    with pytest.raises(ModelTooLarge):
        list(engine.generate(GenerateRequest(huge, asked("hi"), LoadOptions(context=1 << 20))))
    assert engine.pid is None
    engine.close()


def test_full_window_is_kept_when_it_fits() -> None:
    assert fit.plan(GEMMA, LoadOptions(context=8192), 64 * GB).full_window
    assert not fit.plan(GEMMA, LoadOptions(context=131072), 9 * GB).full_window


def test_one_core_is_left_for_the_person() -> None:
    automatic = fit.plan(LLAMA, LoadOptions(), 64 * GB).threads
    assert automatic >= 1
    assert fit.plan(LLAMA, LoadOptions(threads=1), 64 * GB).threads == 1


def test_need_tells_whether_the_memory_is_enough(starter_model: Path) -> None:
    header = read_header(starter_model)
    options = LoadOptions(context=2048)
    memory = fit.estimate(header, 2048, options.kv_type, full_window=False)
    found = {free: fit.need(header, options, free) for free in (memory * 2, memory + 1, memory - 1)}
    assert [one.fit for one in found.values()] == [Fit.FITS, Fit.TIGHT, Fit.TOO_LARGE]
    assert {(one.key, one.context, one.memory) for one in found.values()} == {(str(starter_model), 2048, memory)}


def test_number_of_weights_is_counted_from_the_header(starter_model: Path, tiny: Path) -> None:
    assert 130e6 < fit.parameters(read_header(starter_model)) < 165e6
    assert 0 < fit.parameters(read_header(tiny)) < 1e6


def test_weights_of_a_split_model_are_counted_over_all_its_files(tmp_path: Path) -> None:
    whole = Header(tmp_path / "m-00001-of-00002.gguf", 1000, {"split.count": 2}, {}, 800, 100, elements=1600)
    for number in (1, 2):
        (tmp_path / f"m-0000{number}-of-00002.gguf").write_bytes(b"x" * 1000)
    assert fit.parameters(whole) == 4000
