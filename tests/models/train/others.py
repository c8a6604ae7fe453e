"""Writes random models of Gemma 4's other designs, as small as they can be: they babble, but llama.cpp runs them whole.

`python -m tests.models.train.others --sources LLAMA_CPP --tokenizer FOLDER --target FOLDER`
"""

import argparse
import tempfile
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import (
    Gemma4Config,
    Gemma4ForConditionalGeneration,
    Gemma4UnifiedConfig,
    Gemma4UnifiedForConditionalGeneration,
)  # fmt: skip

from tests.models.train.batches import Encoder
from tests.models.train.convert import convert
from tests.models.train.model import settle

SEED = 5
WIDTH = 64
PATTERN = ["sliding_attention"] * 5 + ["full_attention"]
POSITIONS = 1024


def media_tokens(vocabulary: int) -> dict[str, int]:
    """Name the last seven tokens."""
    image_begin, audio_begin, image, audio, image_end, audio_end, video = range(vocabulary - 7, vocabulary)
    return {
        "boi_token_id": image_begin, "boa_token_id": audio_begin, "image_token_id": image, "audio_token_id": audio,
        "eoi_token_id": image_end, "eoa_token_index": audio_end, "video_token_id": video,
    }  # fmt: skip


def large_text(vocabulary: int) -> dict[str, Any]:
    """Describe the text model of 31B: a window of 1,024, keys that are values too in full layers, no shared cache."""
    return {
        "vocab_size": vocabulary, "hidden_size": WIDTH, "intermediate_size": WIDTH, "num_hidden_layers": len(PATTERN),
        "layer_types": PATTERN, "num_attention_heads": 4, "num_key_value_heads": 2, "num_global_key_value_heads": 1,
        "head_dim": 32, "global_head_dim": 64, "sliding_window": 1024, "attention_k_eq_v": True,
        "num_kv_shared_layers": 0, "moe_intermediate_size": None, "final_logit_softcapping": 30.0,
        "use_bidirectional_attention": "vision", "tie_word_embeddings": True, "max_position_embeddings": 262144,
    }  # fmt: skip


def large(vocabulary: int, **more: Any) -> nn.Module:
    """Make a model that sees and does not hear: 31B's design, and with experts 26B A4B's."""
    text = {
        **large_text(vocabulary),
        "hidden_size_per_layer_input": 0,
        "vocab_size_per_layer_input": vocabulary,
        **more,
    }
    vision = {
        "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2,
        "num_key_value_heads": 2, "head_dim": 16, "position_embedding_size": POSITIONS, "standardize": True,
    }  # fmt: skip
    config = Gemma4Config(text_config=text, vision_config=vision, audio_config=None, **media_tokens(vocabulary))
    return Gemma4ForConditionalGeneration(config)


def experts(vocabulary: int) -> nn.Module:
    """Make a model of 26B A4B's design: eight experts, two at a time."""
    few = {"layer_types": PATTERN[-4:], "num_hidden_layers": 4}
    return large(vocabulary, enable_moe_block=True, num_experts=8, top_k_experts=2, moe_intermediate_size=32, **few)


def without_encoder(vocabulary: int) -> nn.Module:
    """Make a model of 12B's design: pixels and samples go straight to the text model."""
    config = Gemma4UnifiedConfig(
        text_config=large_text(vocabulary),
        vision_config={"mm_embed_dim": 32, "mm_posemb_size": 1120, "output_proj_dims": 32},
        audio_config={"audio_embed_dim": 640},
        **media_tokens(vocabulary),
    )
    return Gemma4UnifiedForConditionalGeneration(config)


DESIGNS = {"moe": experts, "dense": large, "unified": without_encoder}


@torch.no_grad()
def loosen(model: nn.Module) -> None:
    """Let the layers outweigh the embeddings: otherwise a random model only repeats its last token."""
    for name, weight in model.named_parameters():
        if "post_" in name and name.endswith("norm.weight"):
            weight.fill_(4.0)


def main() -> None:
    """Write the three pairs of files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, required=True, help="llama.cpp in the sdist of llama-cpp-python")
    parser.add_argument("--tokenizer", type=Path, required=True, help="the folder of the vocabulary")
    parser.add_argument("--target", type=Path, required=True, help="a folder for the files")
    asked = parser.parse_args()
    vocabulary = len(Encoder(asked.tokenizer))
    for name, make in DESIGNS.items():
        torch.manual_seed(SEED)
        model = make(vocabulary).float()
        settle(model)
        loosen(model)
        with tempfile.TemporaryDirectory() as kept:
            model.save_pretrained(kept)
            target = asked.target / f"tiny-gemma4-{name}.gguf"
            convert(asked.sources, Path(kept), asked.tokenizer, f"Tiny Gemma 4 {name}", target)


if __name__ == "__main__":
    main()
