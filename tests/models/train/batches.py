"""Turns conversations with their media into tensors."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from transformers import Gemma4AudioFeatureExtractor, PreTrainedTokenizerFast

from tests.models.train.data import Pixels, Random, Samples
from tests.models.train.talks import ALONE, AUDIO, FILLED, IMAGE, Talk, pieces

PATCH = 16
IGNORED = -100


class Encoder:
    """Knows the tokenizer and the tokens that media become."""

    def __init__(self, folder: Path) -> None:
        self.tokenizer = PreTrainedTokenizerFast.from_pretrained(str(folder))
        self.hearing = Gemma4AudioFeatureExtractor()
        self._kept: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self.tokenizer)

    def ids(self, text: str) -> list[int]:
        """Cut a text into tokens; remembered, since most texts come again."""
        if text not in self._kept:
            if len(self._kept) > 50_000:
                self._kept.clear()
            self._kept[text] = self.tokenizer.encode(text, add_special_tokens=False)
        return self._kept[text]

    def media(self, text: str, image: int, audio: int) -> list[int]:
        """Cut a text whose stand-ins become that many soft tokens."""
        last = len(self)
        found: list[int] = []
        for part in text.replace(IMAGE, f"\0{IMAGE}\0").replace(AUDIO, f"\0{AUDIO}\0").split("\0"):
            if part == IMAGE:
                found += [last - 7, *[last - 5] * image, last - 3]
            elif part == AUDIO:
                found += [last - 6, *[last - 4] * audio, last - 2]
            elif part:
                found += self.ids(part)
        return found

    def batch(self, random: Random, talks: Sequence[Talk]) -> dict[str, Any]:
        """Put conversations side by side; their pictures are of one size, their sounds of one length."""
        given: dict[str, Any] = {}
        pictures = [one.pixels for talk in talks for one in talk.pictures]
        sounds = [one.samples for talk in talks for one in talk.sounds]
        image = audio = 0
        if pictures:
            given["pixel_values"], given["image_position_ids"] = sight(pictures)
            image = given["pixel_values"].shape[1] // 9
        if sounds:
            given["input_features"], given["input_features_mask"] = self.sound(sounds)
            audio = tokens_of(given["input_features"].shape[1])
        rows = [self._row(random, talk, image, audio) for talk in talks]
        longest = max(len(ids) for ids, _, _ in rows)
        ids = torch.zeros(len(rows), longest, dtype=torch.long)
        labels = torch.full_like(ids, IGNORED)
        attention = torch.zeros_like(ids)
        filled = torch.zeros_like(ids, dtype=torch.bool)
        for row, (tokens, wanted, filler) in enumerate(rows):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            labels[row, : len(tokens)] = torch.tensor(wanted)
            attention[row, : len(tokens)] = 1
            filled[row, : len(tokens)] = torch.tensor(filler)
        kinds = (ids == len(self) - 5).long() + 3 * (ids == len(self) - 4).long()
        given |= {"filled": filled} if filled.any() else {}
        return {"input_ids": ids, "attention_mask": attention, "mm_token_type_ids": kinds, "labels": labels, **given}

    def _row(self, random: Random, talk: Talk, image: int, audio: int) -> tuple[list[int], list[int], list[bool]]:
        """Return a conversation's tokens, which of them are learnt, and which are filler."""
        tokens: list[int] = []
        wanted: list[int] = []
        filled: list[bool] = []
        for text, learnt in pieces(talk, empty_thought=bool(random.random() > ALONE)):
            for number, part in enumerate(text.split(FILLED)):
                ids = self.media(part, image, audio)
                tokens += ids
                wanted += ids if learnt else [IGNORED] * len(ids)
                filled += [number % 2 == 1] * len(ids)
        return tokens, wanted, filled

    def sound(self, sounds: Sequence[Samples]) -> tuple[Tensor, Tensor]:
        """Turn sounds of one length into features and their mask, cut as llama.cpp cuts them."""
        length = len(sounds[0])
        padded = np.ones(length, bool)
        features = [self.hearing._extract_spectrogram(one[None], padded)[0] for one in sounds]
        stacked = torch.from_numpy(np.stack(features).astype(np.float32))
        return stacked, torch.ones(stacked.shape[:2], dtype=torch.bool)


def tokens_of(frames: int) -> int:
    """How many tokens that many frames of sound become."""
    for _ in range(2):
        frames = (frames - 1) // 2 + 1
    return frames


def sight(pictures: Sequence[Pixels]) -> tuple[Tensor, Tensor]:
    """Cut pictures of one size into patches, with the place of each."""
    stacked = torch.from_numpy(np.stack(pictures)).float() / 255
    count, height, width, _ = stacked.shape
    rows, columns = height // PATCH, width // PATCH
    patches = stacked.reshape(count, rows, PATCH, columns, PATCH, 3).permute(0, 1, 3, 2, 4, 5)
    places = torch.stack(torch.meshgrid(torch.arange(columns), torch.arange(rows), indexing="xy"), -1)
    return patches.reshape(count, rows * columns, -1), places.reshape(1, -1, 2).expand(count, -1, -1)
