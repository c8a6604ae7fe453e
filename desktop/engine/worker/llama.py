"""Owns one model and one context of llama.cpp: loads them, tells their sizes, frees them."""

import ctypes
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desktop.core.child import StopFlag
from desktop.core.errors import Cancelled, ModelDamaged
from desktop.core.generation import KvType
from desktop.engine.fit import Plan
from desktop.engine.worker import library, stopping

GGML_TYPES = {KvType.F16: 1, KvType.Q8_0: 8, KvType.Q4_0: 2}
ALL_LAYERS = 999
SIGN_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Llama:
    """Pointers into llama.cpp and what was measured of them once."""

    model: Any
    context: Any
    vocabulary: Any
    memory: Any
    n_ctx: int
    n_vocab: int
    n_batch: int
    window: int
    """Cells of the sliding window, 0 when the model has none."""
    gpu_layers: int
    trained_context: int
    template: str
    rewinds: bool = True
    """Whether the cache can forget its newest tokens and keep the others: not where a model keeps one running state."""

    def free(self) -> None:
        """Give context and model back; the pointers are dead afterwards."""
        api = library.load()
        api.llama_free(self.context)
        api.llama_model_free(self.model)


def open_model(path: str, name: str, plan: Plan, flag: StopFlag, alive: Callable[[], None]) -> Llama:
    """Load a model and make its context.

    Args:
        path: the GGUF file.
        name: how the file is called towards the person.
        plan: how to load it.
        flag: set by the app to stop.
        alive: called now and then while loading.

    Raises:
        ModelDamaged: llama.cpp refused the file.
        Cancelled: the person stopped.
    """
    api = library.load()
    library.take_errors()
    model, layers = _load(api, path, plan, flag, alive)
    if not model:
        if flag[0]:
            raise Cancelled
        raise ModelDamaged(name=name, reason="llama.cpp could not load it" + _names())
    context = api.llama_init_from_model(model, _context_parameters(api, plan))
    if not context:
        api.llama_model_free(model)
        raise ModelDamaged(name=name, reason="llama.cpp could not use it with these settings" + _names())
    api.llama_set_abort_callback(context, stopping.abort_callback(api.ggml_abort_callback), stopping.address(flag))
    vocabulary = api.llama_model_get_vocab(model)
    template = api.llama_model_chat_template(model, None) or b""
    return Llama(
        model=model,
        context=context,
        vocabulary=vocabulary,
        memory=api.llama_get_memory(context),
        n_ctx=api.llama_n_ctx(context),
        n_vocab=api.llama_vocab_n_tokens(vocabulary),
        n_batch=api.llama_n_batch(context),
        window=api.llama_model_n_swa(model),
        gpu_layers=layers,
        trained_context=api.llama_model_n_ctx_train(model),
        template=template.decode("utf-8", "replace"),
        rewinds=not (api.llama_model_is_recurrent(model) or api.llama_model_is_hybrid(model)),
    )


def _load(api: Any, path: str, plan: Plan, flag: StopFlag, alive: Callable[[], None]) -> tuple[Any, int]:
    parameters = api.llama_model_default_params()
    wanted = ALL_LAYERS if plan.gpu_layers < 0 else plan.gpu_layers
    layers = wanted if api.llama_supports_gpu_offload() else 0
    parameters.n_gpu_layers = layers
    last = time.monotonic()

    def progress(_share: float, _data: object) -> bool:
        nonlocal last
        now = time.monotonic()
        if now - last > SIGN_SECONDS:
            last = now
            alive()
        return not flag[0]

    callback = api.llama_progress_callback(progress)
    parameters.progress_callback = callback
    model = api.llama_model_load_from_file(path.encode("utf-8"), parameters)
    return model, min(layers, api.llama_model_n_layer(model) + 1) if model else 0


def _context_parameters(api: Any, plan: Plan) -> Any:
    """Why flash attention is switched on for a quantized KV: llama.cpp makes no context otherwise."""
    parameters = api.llama_context_default_params()
    parameters.n_ctx = plan.context
    parameters.n_batch = parameters.n_ubatch = plan.batch
    parameters.n_threads = parameters.n_threads_batch = plan.threads
    parameters.type_k = parameters.type_v = GGML_TYPES[plan.kv_type]
    if plan.kv_type is not KvType.F16:
        parameters.flash_attn_type = api.LLAMA_FLASH_ATTN_TYPE_ENABLED
    parameters.swa_full = plan.full_window
    parameters.no_perf = True
    return parameters


def _names() -> str:
    names = dict.fromkeys(library.take_errors())
    return f" ({', '.join(names)})" if names else ""


def pointer_to(tokens: Any) -> Any:
    """Return the pointer that llama.cpp's batches want."""
    return ctypes.cast(tokens, ctypes.POINTER(ctypes.c_int32))
