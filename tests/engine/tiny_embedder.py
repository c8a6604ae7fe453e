"""A BERT that embeds, as GGUF, written with the gguf package: of random weights, or of real ones handed in."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGUFWriter, PoolingType, TokenType

WORDS = (
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "rent", "bread", "the", "is", "due", "bake", "we", "pay", ".", "##s", "query",
    "passage", ":",
)  # fmt: skip
LAYER = (
    ("attn_q", "attention.self.query"), ("attn_k", "attention.self.key"), ("attn_v", "attention.self.value"),
    ("attn_output", "attention.output.dense"), ("attn_output_norm", "attention.output.LayerNorm"),
    ("ffn_up", "intermediate.dense"), ("ffn_down", "output.dense"), ("layer_output_norm", "output.LayerNorm"),
)  # fmt: skip


def write_bert(
    path: Path, weights: Mapping[str, Any], words: Sequence[str], *, heads: int, name: str = "tiny-e5"
) -> Path:
    """Write weights that are named as in transformers."""
    layers = 1 + max(int(key.split(".")[2]) for key in weights if key.startswith("encoder.layer."))
    positions, width = weights["embeddings.position_embeddings.weight"].shape
    writer = GGUFWriter(path, "bert")
    writer.add_name(name)
    writer.add_file_type(0)
    writer.add_context_length(positions)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(weights["encoder.layer.0.intermediate.dense.weight"].shape[0])
    writer.add_head_count(heads)
    writer.add_layer_norm_eps(1e-12)
    writer.add_causal_attention(False)
    writer.add_pooling_type(PoolingType.MEAN)
    writer.add_token_type_count(2)
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([_stored(word) for word in words])
    writer.add_token_types([TokenType.CONTROL if word.startswith("[") else TokenType.NORMAL for word in words])
    for add, word in (
        (writer.add_pad_token_id, "[PAD]"), (writer.add_unk_token_id, "[UNK]"),
        (writer.add_bos_token_id, "[CLS]"), (writer.add_eos_token_id, "[SEP]"), (writer.add_sep_token_id, "[SEP]"),
    ):  # fmt: skip
        add(list(words).index(word))
    for mine, theirs in (("token_embd", "word_embeddings"), ("position_embd", "position_embeddings"),
                         ("token_types", "token_type_embeddings")):  # fmt: skip
        writer.add_tensor(f"{mine}.weight", np.ascontiguousarray(weights[f"embeddings.{theirs}.weight"]))
    for kind in ("weight", "bias"):
        writer.add_tensor(f"token_embd_norm.{kind}", weights[f"embeddings.LayerNorm.{kind}"])
        for layer in range(layers):
            for mine, theirs in LAYER:
                tensor = np.ascontiguousarray(weights[f"encoder.layer.{layer}.{theirs}.{kind}"])
                writer.add_tensor(f"blk.{layer}.{mine}.{kind}", tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def write_tiny_bert(path: Path, *, name: str = "tiny-e5") -> Path:
    """Write a model of 17 words and 32 numbers a word."""
    random, width, inner = np.random.default_rng(3), 32, 64
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(WORDS), width),
        "embeddings.position_embeddings.weight": (64, width),
        "embeddings.token_type_embeddings.weight": (2, width),
    }
    for _, theirs in LAYER:
        rows = inner if theirs == "intermediate.dense" else width
        columns = inner if theirs == "output.dense" else width
        norm = "LayerNorm" in theirs
        shapes[f"encoder.layer.0.{theirs}.weight"] = (width,) if norm else (rows, columns)
        shapes[f"encoder.layer.0.{theirs}.bias"] = (width if norm else rows,)
    weights = {key: random.normal(0, 0.5, shape).astype(np.float32) for key, shape in shapes.items()}
    for norm in ("embeddings", "encoder.layer.0.attention.output", "encoder.layer.0.output"):
        weights[f"{norm}.LayerNorm.weight"] = np.ones(width, np.float32)
        weights[f"{norm}.LayerNorm.bias"] = np.zeros(width, np.float32)
    return write_bert(path, weights, WORDS, heads=2, name=name)


def _stored(word: str) -> bytes:
    """Return a word as llama.cpp keeps it: one that begins a word has a sign before it, the rest of one has none."""
    if word.startswith("[") and word.endswith("]"):
        return word.encode()
    return word.removeprefix("##").encode() if word.startswith("##") else f"\u2581{word}".encode()
