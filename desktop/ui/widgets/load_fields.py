"""How a model is loaded: the one place that says which choices there are, and in which words."""

import os
from dataclasses import dataclass

from desktop.core.generation import KvType
from desktop.core.settings import SPANS
from desktop.ui.i18n import translate
from desktop.ui.widgets.amounts import tokens
from desktop.ui.widgets.fields import Choice, Number

CONTEXTS = (0, 2048, 4096, 8192, 16384, 32768, 65536, 131072)
MOST_THREADS = 64


@dataclass(frozen=True, slots=True)
class LoadField:
    """A field of LoadOptions: its name there, its name here, and what a choice costs."""

    name: str
    title: str
    cost: str
    field: Choice | Number


def load_fields() -> tuple[LoadField, ...]:
    """Return a field for each of LoadOptions, new ones each time."""
    automatic = translate("models", "Automatic")
    return (
        LoadField(
            "context",
            translate("models", "Context length"),
            translate(
                "models",
                "How much of a conversation the model has before its eyes. "
                "Twice the length takes twice the memory for it, and the first words come later.",
            ),
            Choice([(count, context(count)) for count in CONTEXTS], context),
        ),
        LoadField(
            "kv_type",
            translate("models", "KV cache"),
            translate(
                "models",
                "How exactly the model keeps what it has read. q8_0 takes half the memory and is hardly worse; "
                "q4_0 takes a quarter, and answers on long texts can suffer.",
            ),
            Choice([(kind, kv_type(kind)) for kind in KvType]),
        ),
        LoadField(
            "threads",
            translate("models", "Processor threads"),
            translate(
                "models",
                "More threads write faster, up to the number of cores, and leave less to your other programs.",
            ),
            Number(0, max(MOST_THREADS, os.cpu_count() or 1), name=automatic),
        ),
        LoadField(
            "gpu_layers",
            translate("models", "Layers on the GPU"),
            translate(
                "models",
                "Automatic uses the graphics card where there is one: much faster, at the cost of its memory. "
                "0 uses the processor only.",
            ),
            Number(-1, int(SPANS["gpu_layers"].high), name=automatic),
        ),
    )


def context(count: int) -> str:
    """Return the words for a choice of context length."""
    return translate("models", "{count} tokens", count=tokens(count)) if count else translate("models", "Automatic")


def kv_type(kind: KvType) -> str:
    """Return the words for a number format of the KV cache."""
    match kind:
        case KvType.F16:
            return translate("models", "f16 · most exact")
        case KvType.Q8_0:
            return translate("models", "q8_0 · half the memory")
        case KvType.Q4_0:
            return translate("models", "q4_0 · least memory")
