"""Small random models, written with the gguf package: they babble, and they load in milliseconds."""

from pathlib import Path

import numpy as np
from gguf import GGUFWriter, TokenType

WIDTH, HEADS, INNER = 64, 2, 128
CONTROL = ("<|im_start|>", "<|im_end|>")
USER_DEFINED = ("<|tool_call>", "<think>", "</think>")


def write_tiny(
    path: Path,
    *,
    architecture: str = "llama",
    context: int = 4096,
    window: int = 0,
    layers: int = 2,
    template: str = "",
    split: bool = False,
    name: str = "Tiny",
) -> Path:
    """Write a model with a byte vocabulary, ChatML tokens and random weights."""
    writer = GGUFWriter(path, architecture)
    writer.add_name(name)
    writer.add_file_type(0)
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(1)
    writer.add_key_length(WIDTH // HEADS)
    writer.add_value_length(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10000.0)
    if window:
        writer.add_sliding_window(window)
    if split:
        writer.add_uint16("split.no", 1)
        writer.add_uint16("split.count", 2)
    count = _add_vocabulary(writer)
    if template:
        writer.add_chat_template(template)
    _add_weights(writer, architecture, count, layers)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def _add_vocabulary(writer: GGUFWriter) -> int:
    tokens = [("<unk>", TokenType.UNKNOWN), ("<s>", TokenType.CONTROL), ("</s>", TokenType.CONTROL)]
    tokens += [(f"<0x{byte:02X}>", TokenType.BYTE) for byte in range(256)]
    tokens += [(chr(code), TokenType.NORMAL) for code in range(33, 127)] + [("\u2581", TokenType.NORMAL)]
    tokens += [(text, TokenType.CONTROL) for text in CONTROL] + [
        (text, TokenType.USER_DEFINED) for text in USER_DEFINED
    ]
    writer.add_tokenizer_model("llama")
    writer.add_token_list([text.encode() for text, _ in tokens])
    writer.add_token_scores([-float(index) for index in range(len(tokens))])
    writer.add_token_types([kind for _, kind in tokens])
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    return len(tokens)


def _add_weights(writer: GGUFWriter, architecture: str, count: int, layers: int) -> None:
    random = np.random.default_rng(7)

    def weights(label: str, *shape: int) -> None:
        writer.add_tensor(label, random.normal(0, 0.3, shape).astype(np.float32))

    def ones(label: str, size: int) -> None:
        writer.add_tensor(label, np.ones(size, dtype=np.float32))

    weights("token_embd.weight", count, WIDTH)
    ones("output_norm.weight", WIDTH)
    side = WIDTH // HEADS
    for layer in range(layers):
        block = f"blk.{layer}."
        ones(block + "attn_norm.weight", WIDTH)
        ones(block + "ffn_norm.weight", WIDTH)
        if architecture == "gemma3":
            for label in ("post_attention_norm", "post_ffw_norm"):
                ones(block + label + ".weight", WIDTH)
            for label in ("attn_q_norm", "attn_k_norm"):
                ones(block + label + ".weight", side)
        weights(block + "attn_q.weight", WIDTH, WIDTH)
        weights(block + "attn_k.weight", side, WIDTH)
        weights(block + "attn_v.weight", side, WIDTH)
        weights(block + "attn_output.weight", WIDTH, WIDTH)
        weights(block + "ffn_gate.weight", INNER, WIDTH)
        weights(block + "ffn_up.weight", INNER, WIDTH)
        weights(block + "ffn_down.weight", WIDTH, INNER)
