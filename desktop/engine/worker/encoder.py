"""llama.cpp's encoder of pictures and sounds: opened once, looks at the stop flag between the steps of its graph."""

import ctypes
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.core.child import StopFlag
from desktop.core.errors import Cancelled, ModelDamaged
from desktop.core.media import SAMPLE_BYTES, SAMPLE_RATE
from desktop.engine.encoders import MOST_TOKENS
from desktop.engine.fit import Plan
from desktop.engine.wire import Shape
from desktop.engine.worker import library
from desktop.engine.worker.llama import Llama

FEWEST_TOKENS = 4
"""Of a picture: so few that llama.cpp scales none of those that were scaled for the model already."""
LOOK_EVERY = 16
"""Steps of the encoder's graph between two looks at the stop flag."""
SIGN_SECONDS = 0.5
SHORTEST = SAMPLE_RATE // 10
"""Samples; a shorter sound would abort the process."""
BLOCK = 30 * SAMPLE_RATE
CRUMB = 160
"""Samples behind a whole block that make no window of the spectrum, and that llama.cpp refuses."""

Alive = Callable[[float], None]
"""Gives the app a sign of life, and tells how many seconds the next one may take."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A medium without its content: what decoding needs beside the embedding. `chunk` is llama.cpp's."""

    chunk: Any
    tokens: int
    positions: int


class Encoder:
    """The open encoder of one loaded model."""

    def __init__(self, plan: Plan, llama: Llama, flag: StopFlag, alive: Alive) -> None:
        """Open it.

        Raises:
            ModelDamaged: llama.cpp refuses the file.
            Cancelled: the person stopped meanwhile.
        """
        self._llama, self._flag, self._alive = llama, flag, alive
        self._name = Path(plan.encoder).name
        self._api = library.mtmd()
        self._signed = time.monotonic()
        self._steps = 0
        self._look = library.load().ggml_backend_sched_eval_callback(self._looks)
        self._advance = self._api.mtmd_progress_callback(lambda _share, _data: self._goes_on())
        self._width = library.load().llama_model_n_embd_inp(llama.model)
        self._context = self._api.mtmd_init_from_file(plan.encoder.encode(), llama.model, self._parameters(plan))
        if not self._context:
            if flag[0]:
                raise Cancelled
            raise self._damaged("llama.cpp could not load it")

    def outline(self, shape: Shape) -> Iterator[int | Outline]:
        """Yield what a picture or sound of this size is in a prompt: tokens around it, and itself.

        Raises:
            ModelDamaged: the encoder cannot take it.
        """
        api = self._api
        with self._chunks(shape, None) as chunks:
            for chunk in chunks:
                count = api.mtmd_input_chunk_get_n_tokens(chunk)
                if self._is_text(chunk):
                    tokens = api.mtmd_input_chunk_get_tokens_text(chunk, ctypes.byref(ctypes.c_size_t()))
                    yield from tokens[:count]
                else:
                    bare = api.mtmd_input_chunk_get_placeholder(chunk)
                    yield Outline(bare, count, api.mtmd_input_chunk_get_n_pos(chunk))

    def encode(self, shape: Shape, data: bytes) -> Iterator[Any]:
        """Yield the embedding of a picture or sound, or of each tile of it.

        Raises:
            Cancelled: the person stopped; what the encoder made until then is worthless.
            ModelDamaged: the encoder failed.
        """
        api = self._api
        with self._chunks(shape, data) as chunks:
            for chunk in chunks:
                if self._is_text(chunk):
                    continue
                failed = api.mtmd_encode_chunk(self._context, chunk)
                if self._flag[0]:
                    raise Cancelled
                if failed:
                    raise self._damaged("it cannot take in this picture or sound")
                embedding = (ctypes.c_float * (api.mtmd_input_chunk_get_n_tokens(chunk) * self._width))()
                ctypes.memmove(embedding, api.mtmd_get_output_embd(self._context), ctypes.sizeof(embedding))
                yield embedding

    def decode(self, outline: Outline, embedding: Any, position: int, seconds: float) -> int:
        """Read an embedding into the KV cache, in about so many seconds; returns what llama.cpp returned.

        Why the refusal: llama.cpp would abort the process.

        Raises:
            ModelDamaged: the tokens look at each other, and are more than are read at once.
        """
        whole = self._api.mtmd_decode_use_non_causal(self._context, outline.chunk)
        if whole and outline.tokens > self._llama.n_batch:
            raise self._damaged("it makes more of a picture than the model can read at once")
        self._alive(seconds)
        read = self._api.mtmd_helper_decode_image_chunk
        after, nothing = ctypes.byref(ctypes.c_int32(position)), self._api.mtmd_helper_post_decode_callback()
        llama = self._llama
        return int(
            read(
                self._context, llama.context, outline.chunk, embedding, position, 0, llama.n_batch, after, nothing, None
            )
        )

    def _parameters(self, plan: Plan) -> Any:
        parameters = self._api.mtmd_context_params_default()
        parameters.use_gpu = self._llama.gpu_layers > 0
        parameters.print_timings = parameters.warmup = False
        parameters.n_threads = plan.threads
        parameters.image_min_tokens, parameters.image_max_tokens = FEWEST_TOKENS, MOST_TOKENS
        parameters.cb_eval, parameters.progress_callback = self._look, self._advance
        return parameters

    def _looks(self, _tensor: object, asked: bool, _data: object) -> bool:
        """Say, before a step, whether to be called after it; and after it, whether to go on."""
        if not asked:
            return self._goes_on()
        self._steps += 1
        return self._steps % LOOK_EVERY == 0

    def _goes_on(self) -> bool:
        now = time.monotonic()
        if now - self._signed > SIGN_SECONDS:
            self._signed = now
            self._alive(0.0)
        return not self._flag[0]

    @contextmanager
    def _chunks(self, shape: Shape, data: bytes | None) -> Iterator[list[Any]]:
        """Give what llama.cpp makes of a picture or sound; without data only the sizes are real."""
        api = self._api
        bitmap, chunks = _bitmap(api, shape, data), api.mtmd_input_chunks_init()
        try:
            api.mtmd_bitmap_set_id(bitmap, shape.id.encode())
            marker = api.mtmd_default_marker()
            text = api.mtmd_input_text(marker, len(marker), False, True)
            bitmaps = (api.mtmd_bitmap_p_ctypes * 1)(bitmap)
            if api.mtmd_tokenize(self._context, chunks, ctypes.byref(text), bitmaps, 1):
                raise self._damaged("it cannot take in this picture or sound")
            yield [api.mtmd_input_chunks_get(chunks, index) for index in range(api.mtmd_input_chunks_size(chunks))]
        finally:
            api.mtmd_input_chunks_free(chunks)
            api.mtmd_bitmap_free(bitmap)

    def _is_text(self, chunk: Any) -> bool:
        return bool(self._api.mtmd_input_chunk_get_type(chunk) == self._api.MTMD_INPUT_CHUNK_TYPE_TEXT)

    def _damaged(self, reason: str) -> ModelDamaged:
        return ModelDamaged(name=self._name, reason=reason)


def _bitmap(api: Any, shape: Shape, data: bytes | None) -> Any:
    if shape.width:
        return api.mtmd_bitmap_init(shape.width, shape.height, _pointer(data, ctypes.c_uint8))
    count = shape.samples
    if count > BLOCK and count % BLOCK <= CRUMB:
        count -= count % BLOCK
    count = max(count, SHORTEST)
    samples = None if data is None else data[: count * SAMPLE_BYTES].ljust(count * SAMPLE_BYTES, b"\0")
    return api.mtmd_bitmap_init_from_audio(count, _pointer(samples, ctypes.c_float))


def _pointer(data: bytes | None, kind: Any) -> Any:
    return None if data is None else ctypes.cast(ctypes.c_char_p(data), ctypes.POINTER(kind))
