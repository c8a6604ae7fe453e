"""The eyes and ears of a model: the encoder file that lies beside it, found by its name and checked by its header.

Encoders are called `mmproj-NAME-F16.gguf`, `NAME-mmproj.gguf`, or only `mmproj-F16.gguf` in the folder of one model.
One that was made for another model would be refused inside llama.cpp; here it is known before native code runs.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from desktop.core.errors import ModelDamaged, ModelMissing
from desktop.core.value import value
from desktop.engine.header import ENCODERS, Header, read_any

_WORD = "mmproj"
_PRECISION = re.compile(r"[-._](?:UD-)?(?:I?Q\d(?:_[0-9A-Z]+)*|[BF]P?(?:16|32))(?=[-.]|$)", re.IGNORECASE)
_PART = re.compile(r"-\d{5}-of-\d{5}$")
_LOOSE = frozenset({"mlp", "mlp_norm", "ldp", "ldpv2", "resampler", "adapter"})
"""Old kinds of encoders, whose header does not tell the width of the model they were made for."""
_NON_CAUSAL = frozenset({"gemma3", "gemma4v", "gemma4uv", "deepseek4v"})
_CAUSAL_WIDTHS = (1536, 2560)
"""Gemma 4 E2B and E4B, which read the tokens of a picture one after the other."""
MOST_TOKENS = 1120
"""Tokens of the largest picture."""
PATCHES = 9
"""Patches that become one token."""
EMBEDDING_BYTES = 1 << 27
"""Memory for what came out of the encoder, so that nothing is encoded twice."""


@value
class Encoder:
    """An encoder that belongs to a model, or one that by its name should and does not."""

    header: Header
    fits: bool = True

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self.header.path

    @property
    def sees(self) -> bool:
        """Whether pictures go in."""
        return self.fits and _has(self.header, "vision")

    @property
    def hears(self) -> bool:
        """Whether sound goes in."""
        return self.fits and _has(self.header, "audio")


def find_encoder(model: Header) -> Encoder | None:
    """Return the encoder of a model: one of its name, else the only one in its folder; None when there is none."""
    there = tuple(_encoders(model.path.parent))
    named = sorted((one for one in there if _is_of(one.path, model.path)), key=_preference)
    fitting = [one for one in named if _fits(one, model)]
    if named:
        return Encoder(fitting[0]) if fitting else Encoder(named[0], fits=False)
    anonymous = sorted((one for one in there if not _own_name(one.path)), key=_preference)
    for one in anonymous or (there if len(there) == 1 else ()):
        if _fits(one, model):
            return Encoder(one)
    return None


def whole_pictures(model: Header, encoder: Encoder) -> bool:
    """Tell whether the tokens of a picture look at each other, so that all must be read in one batch."""
    kind = _kind(encoder.header, "vision")
    if kind == "gemma4v":
        return model.number("embedding_length") not in _CAUSAL_WIDTHS
    return kind in _NON_CAUSAL


def encoder_bytes(encoder: Encoder) -> int:
    """Return the memory an encoder takes: its weights, what it made, and what the largest picture needs meanwhile."""
    wide = _number(encoder.header, "vision", "embedding_length")
    inner = _number(encoder.header, "vision", "feed_forward_length")
    return encoder.header.size + EMBEDDING_BYTES + 4 * MOST_TOKENS * PATCHES * (8 * wide + 2 * inner)


def _encoders(folder: Path) -> Iterator[Header]:
    """Yield the sound encoders of a folder."""
    with suppress(OSError):
        for path in sorted(folder.iterdir()):
            if _WORD in path.name.casefold() and path.suffix.casefold() == ".gguf":
                with suppress(ModelDamaged, ModelMissing):
                    header = read_any(path)
                    if header.architecture in ENCODERS:
                        yield header


def _bare(path: Path) -> str:
    """Return a file's name without precision and number of the part."""
    return _PRECISION.sub("", _PART.sub("", path.stem)).casefold()


def _own_name(path: Path) -> str:
    """Return what an encoder's file name says besides that it is one: the name of its model, if anything."""
    name = re.sub(r"[-._]{2,}", "-", _bare(path).replace(_WORD, "")).strip("-._")
    return "" if name == "model" else name


def _is_of(encoder: Path, model: Path) -> bool:
    """Tell whether the encoder carries the model's name, of which its own may be longer by whole words."""
    name, wanted = _own_name(encoder), _bare(model)
    return name == wanted or (name.startswith(wanted) and not name[len(wanted)].isalnum())


def _fits(encoder: Header, model: Header) -> bool:
    """Compare the width of what comes out with the width of what goes into the model."""
    width = model.number("embedding_length")
    for sense in ("vision", "audio"):
        told = _number(encoder, sense, "projection_dim")
        if _has(encoder, sense) and _kind(encoder, sense) not in _LOOSE and told not in (0, width):
            return False
    return True


def _preference(header: Header) -> tuple[bool, int, str]:
    return header.precision != "F16", header.size, header.path.name


def _has(header: Header, sense: str) -> bool:
    return header.values.get(f"clip.has_{sense}_encoder") is True


def _kind(header: Header, sense: str) -> str:
    return str(header.values.get(f"clip.{sense}.projector_type") or header.values.get("clip.projector_type") or "")


def _number(header: Header, sense: str, key: str) -> int:
    value = header.values.get(f"clip.{sense}.{key}", 0)
    return int(value) if isinstance(value, int | float) else 0
