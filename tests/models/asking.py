"""Asks a model file inside llama.cpp, greedily, with pictures and sounds: what checks of the files stand on."""

import contextlib
import ctypes
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from llama_cpp import llama_cpp, mtmd_cpp

MARKER = "<__media__>"
CONTEXT = 2048
BATCH = 1536
FEWEST, MOST = 4, 1120
"""Bounds of a picture's tokens: low enough that llama.cpp scales none of ours."""

SILENCE = llama_cpp.llama_log_callback(lambda *_: None)
"""Lives as long as the program: llama.cpp keeps the pointer only."""

Medium = np.ndarray[Any, np.dtype[Any]]
"""A picture (height, width, 3; bytes) or a sound (samples at 16 kHz; floats)."""


class Asked:
    """A text model and, where there is one, its encoder of pictures and sounds."""

    def __init__(self, model: Path, encoder: Path | None = None, threads: int = 1, context: int = CONTEXT) -> None:
        for listen in (llama_cpp.llama_log_set, mtmd_cpp.mtmd_log_set, mtmd_cpp.mtmd_helper_log_set):
            listen(SILENCE, ctypes.c_void_p(0))
        llama_cpp.llama_backend_init()
        self.model: Any = llama_cpp.llama_model_load_from_file(
            str(model).encode(), llama_cpp.llama_model_default_params()
        )
        assert self.model, f"llama.cpp does not load {model.name}"
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_ctx = context
        parameters.n_batch = parameters.n_ubatch = BATCH
        parameters.n_threads = parameters.n_threads_batch = threads
        self.context: Any = llama_cpp.llama_init_from_model(self.model, parameters)
        self.vocabulary: Any = llama_cpp.llama_model_get_vocab(self.model)
        self.encoder: Any = self._open(encoder, threads) if encoder else None

    def _open(self, encoder: Path, threads: int) -> Any:
        parameters = mtmd_cpp.mtmd_context_params_default()
        parameters.use_gpu = parameters.warmup = parameters.print_timings = False
        parameters.n_threads = threads
        parameters.image_min_tokens, parameters.image_max_tokens = FEWEST, MOST
        opened = mtmd_cpp.mtmd_init_from_file(str(encoder).encode(), self.model, parameters)
        assert opened, f"llama.cpp does not load {encoder.name}"
        return opened

    @property
    def template(self) -> str:
        """The chat template in the file."""
        return (llama_cpp.llama_model_chat_template(self.model, None) or b"").decode()

    def senses(self) -> tuple[bool, bool]:
        """Whether it sees and hears."""
        return mtmd_cpp.mtmd_support_vision(self.encoder), mtmd_cpp.mtmd_support_audio(self.encoder)

    def answer(self, prompt: str, media: Sequence[Medium] = (), most: int = 200) -> str:
        """Return the likeliest answer to a prompt with a marker for each medium, special tokens included."""
        llama_cpp.llama_memory_clear(llama_cpp.llama_get_memory(self.context), True)
        past = self._read_media(prompt, media) if media else self._read(prompt)
        assert past > 0, "llama.cpp does not read this prompt"
        count = llama_cpp.llama_vocab_n_tokens(self.vocabulary)
        said = b""
        for _ in range(most):
            logits = np.ctypeslib.as_array(llama_cpp.llama_get_logits_ith(self.context, -1), (count,))
            assert np.isfinite(logits).all()
            token = int(logits.argmax())
            if llama_cpp.llama_vocab_is_eog(self.vocabulary, token):
                break
            said += self._piece(token)
            self._decode([token])
        return said.decode("utf-8", "replace")

    def tokens(self, text: str) -> list[int]:
        """Cut a text into tokens, the special ones too."""
        raw = text.encode()
        room = (llama_cpp.llama_token * (len(raw) + 8))()
        count = llama_cpp.llama_tokenize(self.vocabulary, raw, len(raw), room, len(room), False, True)
        return list(room[:count])

    def _read(self, prompt: str) -> int:
        tokens = self.tokens(prompt)
        for at in range(0, len(tokens), BATCH):
            self._decode(tokens[at : at + BATCH])
        return len(tokens)

    def _decode(self, tokens: Sequence[int]) -> None:
        given = (llama_cpp.llama_token * len(tokens))(*tokens)
        assert llama_cpp.llama_decode(self.context, llama_cpp.llama_batch_get_one(given, len(tokens))) == 0

    def _read_media(self, prompt: str, media: Sequence[Medium]) -> int:
        raw = prompt.encode()
        text = mtmd_cpp.mtmd_input_text(raw, len(raw), False, True)
        past = llama_cpp.llama_pos(0)
        with _bitmaps(media) as bitmaps:
            chunks = mtmd_cpp.mtmd_input_chunks_init()
            given = (mtmd_cpp.mtmd_bitmap_p_ctypes * len(bitmaps))(*bitmaps)
            cut = mtmd_cpp.mtmd_tokenize(self.encoder, chunks, ctypes.byref(text), given, len(bitmaps))
            read = cut or mtmd_cpp.mtmd_helper_eval_chunks(
                self.encoder, self.context, chunks, 0, 0, BATCH, True, ctypes.byref(past)
            )
            mtmd_cpp.mtmd_input_chunks_free(chunks)
        return 0 if read else int(past.value)

    def _piece(self, token: int) -> bytes:
        room = ctypes.create_string_buffer(128)
        size = llama_cpp.llama_token_to_piece(self.vocabulary, token, room, len(room), 0, True)
        return room.raw[:size]

    def close(self) -> None:
        """Give everything back."""
        if self.encoder:
            mtmd_cpp.mtmd_free(self.encoder)
        llama_cpp.llama_free(self.context)
        llama_cpp.llama_model_free(self.model)


@contextlib.contextmanager
def _bitmaps(media: Sequence[Medium]) -> Iterator[list[Any]]:
    made = []
    try:
        for medium in media:
            kept = np.ascontiguousarray(medium)
            if kept.ndim == 3:
                pixels = kept.ctypes.data_as(ctypes.POINTER(ctypes.c_uint8))
                made.append(mtmd_cpp.mtmd_bitmap_init(kept.shape[1], kept.shape[0], pixels))
            else:
                samples = kept.astype(np.float32)
                pointer = samples.ctypes.data_as(ctypes.POINTER(ctypes.c_float))
                made.append(mtmd_cpp.mtmd_bitmap_init_from_audio(len(samples), pointer))
        yield made
    finally:
        for bitmap in made:
            mtmd_cpp.mtmd_bitmap_free(bitmap)
