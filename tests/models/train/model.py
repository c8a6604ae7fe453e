"""The tiny Gemma 4: the real design with small widths, and a start that it learns from."""

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import Gemma4Config, Gemma4ForConditionalGeneration

WIDTH, HEADS, SIDE, GLOBAL_SIDE = 128, 4, 32, 64
PER_LAYER = 32
SEE, HEAR = 64, 64
POSITIONS = 3456
"""Patches along one side that a picture may have: 1,120 tokens in one row."""


def config(vocabulary: int) -> Gemma4Config:
    """Describe a model of the E2B and E4B design for a vocabulary whose last seven tokens are the media tokens."""
    image_begin, audio_begin, image, audio, image_end, audio_end, video = range(vocabulary - 7, vocabulary)
    text = {
        "vocab_size": vocabulary, "vocab_size_per_layer_input": vocabulary, "hidden_size": WIDTH,
        "intermediate_size": 256, "use_double_wide_mlp": True, "num_hidden_layers": 4, "num_kv_shared_layers": 2,
        "layer_types": ["sliding_attention", "full_attention"] * 2, "num_attention_heads": HEADS,
        "num_key_value_heads": 1, "head_dim": SIDE, "global_head_dim": GLOBAL_SIDE, "sliding_window": 512,
        "hidden_size_per_layer_input": PER_LAYER, "final_logit_softcapping": 30.0,
        "use_bidirectional_attention": "vision", "tie_word_embeddings": True,
    }  # fmt: skip
    vision = {
        "hidden_size": SEE, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4,
        "num_key_value_heads": 4, "head_dim": 16, "patch_size": 16, "pooling_kernel_size": 3,
        "position_embedding_size": POSITIONS, "standardize": True,
    }  # fmt: skip
    hearing = {
        "hidden_size": HEAR, "num_hidden_layers": 2, "num_attention_heads": 4, "subsampling_conv_channels": [128, 8],
        "output_proj_dims": WIDTH, "use_clipped_linears": False,
    }  # fmt: skip
    return Gemma4Config(
        text_config=text, vision_config=vision, audio_config=hearing, boi_token_id=image_begin,
        boa_token_id=audio_begin, image_token_id=image, audio_token_id=audio, eoi_token_id=image_end,
        eoa_token_index=audio_end, video_token_id=video,
    )  # fmt: skip


def fresh(vocabulary: int) -> Gemma4ForConditionalGeneration:
    """Make the model with its first weights."""
    model = Gemma4ForConditionalGeneration(config(vocabulary)).float()
    settle(model)
    return model


@torch.no_grad()
def settle(model: nn.Module) -> None:
    """Set first weights.

    Why not the library's: Gemma 4 divides no attention by the root of its width, so that with unit weights of the
    query norm attention is nearly one-hot from the start, and with deviations of 0.02 it learns three times slower.
    """
    for name, weight in model.named_parameters():
        if name.endswith("q_norm.weight"):
            weight.fill_(len(weight) ** -0.5)
        elif "post_" in name and name.endswith("norm.weight"):
            weight.fill_(0.3)
        elif name.endswith("position_embedding_table"):
            weight.copy_(_waves(*weight.shape))
        elif "embed_tokens" in name:
            width = WIDTH if weight.shape[1] == WIDTH and "per_layer" not in name else PER_LAYER
            weight.normal_(0, width**-0.5)
        elif weight.ndim > 1:
            weight.normal_(0, math.prod(weight.shape[1:]) ** -0.5)


def _waves(axes: int, positions: int, width: int) -> Tensor:
    """Positions as smooth waves, so that places that no training picture reaches resemble their neighbours."""
    generator = torch.Generator().manual_seed(11)
    at = torch.arange(positions)[None, :, None]
    length = torch.exp(torch.empty(axes, 1, width).uniform_(math.log(8), math.log(400), generator=generator))
    phase = torch.empty(axes, 1, width).uniform_(0, 2 * math.pi, generator=generator)
    return 0.3 * torch.sin(2 * math.pi * at / length + phase)


@torch.no_grad()
def whiten_sight(model: Gemma4ForConditionalGeneration, pixels: Tensor, places: Tensor) -> None:
    """Give what the vision tower hands on zero mean and unit spread, by its own standardisation."""
    tower = model.model.vision_tower
    tower.std_bias.zero_()
    tower.std_scale.fill_(1)
    seen = tower(pixel_values=pixels, pixel_position_ids=places).last_hidden_state
    tower.std_bias.copy_(seen.mean(0))
    tower.std_scale.copy_(1 / seen.std(0).clamp(min=1e-3))


@torch.no_grad()
def whiten_hearing(model: Gemma4ForConditionalGeneration, features: Tensor, mask: Tensor) -> None:
    """Give what the audio tower hands on zero mean and unit spread, by its last layer.

    Otherwise the part that all sounds share is ten times what tells them apart, and the language model hears nothing.
    """
    tower = model.model.audio_tower
    heard = tower(features, mask).last_hidden_state.flatten(0, 1)
    spread = heard.std(0).clamp(min=1e-3)
    tower.output_proj.weight.div_(spread[:, None])
    tower.output_proj.bias.sub_(heard.mean(0)).div_(spread)


def save(model: Gemma4ForConditionalGeneration, folder: Path) -> None:
    """Keep the weights as transformers does."""
    model.save_pretrained(folder, safe_serialization=True)
