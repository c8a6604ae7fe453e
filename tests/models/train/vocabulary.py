"""Cuts Gemma 4's vocabulary down to what the tiny model reads and writes.

Ids 0..493 (special tokens, line breaks, bytes) stay what they are; the media tokens move to the end. Kept are the
commonest tokens, every letter, and each token that the full vocabulary passes through on the texts of the training,
so that those are cut exactly as the full vocabulary cuts them.
"""

import json
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from gguf import GGUFReader
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers

SAME = 494
COMMON = 1100
MEDIA = ("<|image>", "<|audio>", "<|image|>", "<|audio|>", "<image|>", "<audio|>", "<|video|>")
CONTROL, USER_DEFINED = 3, 4
LETTERS = [chr(code) for code in (*range(33, 127), *range(161, 383))] + list("▁–—’“”„…€•→≤≥∞✓")


class Full:
    """The full vocabulary, from the vocabulary-only file in llama.cpp's sources."""

    def __init__(self, path: Path) -> None:
        fields = GGUFReader(path).fields
        self.tokens: list[str] = fields["tokenizer.ggml.tokens"].contents()
        self.kinds: list[int] = fields["tokenizer.ggml.token_type"].contents()
        merges: list[str] = fields["tokenizer.ggml.merges"].contents()
        self.merges = [self._pair(merge) for merge in merges]
        self.ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        self.ids = {token: index for index, token in enumerate(self.tokens)}

    @staticmethod
    def _pair(merge: str) -> tuple[str, str]:
        cut = merge.index(" ", 1)
        return merge[:cut], merge[cut + 1 :]

    def path(self, text: str) -> set[str]:
        """Return every token that byte pair encoding passes through on its way over a text."""
        parts, seen = list(text), set(text)
        while len(parts) > 1:
            ranked = [(self.ranks.get(pair, 1 << 30), at) for at, pair in enumerate(pairwise(parts))]
            rank, at = min(ranked)
            if rank == 1 << 30:
                break
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
            seen.add(parts[at])
        return seen & self.ids.keys()


def cut(full: Full, texts: Iterable[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the tokens that stay, in the order of their ids, and the merges between them."""
    kept = set(LETTERS) & full.ids.keys()
    common = [token for token, kind in zip(full.tokens, full.kinds, strict=True) if kind == 1][:COMMON]
    for word in {word for text in texts for word in _words(text)} | set(common):
        kept |= full.path(word)
    head = full.tokens[:SAME]
    tail = sorted(kept - set(head), key=full.ids.__getitem__)
    tokens = [*head, *(token for token in tail if token not in MEDIA), *MEDIA]
    inside = set(tokens)
    merges = [pair for pair in full.merges if pair[0] in inside and pair[1] in inside and "".join(pair) in inside]
    return tokens, merges


def _words(text: str) -> list[str]:
    """Cut a text before its spaces and around its line breaks: no token spans them."""
    return [word for line in text.split("\n") for word in line.replace(" ", " ▁").split(" ") if word]


def write(full: Full, texts: Iterable[str], template: str, folder: Path) -> None:
    """Write `tokenizer.json` and its companions as transformers and the converter want them."""
    tokens, merges = cut(full, texts)
    ids = {token: index for index, token in enumerate(tokens)}
    tokenizer = Tokenizer(models.BPE(vocab=ids, merges=merges, byte_fallback=True, unk_token="<unk>", fuse_unk=True))
    tokenizer.normalizer = normalizers.Replace(" ", "▁")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    kinds = {token: full.kinds[full.ids[token]] for token in tokens}
    controls = [token for token in tokens if kinds[token] in {CONTROL, USER_DEFINED} and token.strip("\n▁\t")]
    tokenizer.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in controls])
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    named = {
        "bos_token": "<bos>",
        "eos_token": "<eos>",
        "unk_token": "<unk>",
        "pad_token": "<pad>",
        "mask_token": "<mask>",
    }
    config = {
        "tokenizer_class": "PreTrainedTokenizerFast", "chat_template": template, "model_max_length": 131072,
        "clean_up_tokenization_spaces": False, "additional_special_tokens": controls, **named,
    }  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(config), "utf-8")
    (folder / "special_tokens_map.json").write_text(json.dumps(named), "utf-8")
    (folder / "chat_template.jinja").write_text(template, "utf-8")
