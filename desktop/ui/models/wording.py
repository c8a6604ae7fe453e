"""How models and their options are put into words."""

from desktop.core.generation import KvType
from desktop.core.models import ModelFile
from desktop.ui.i18n import translate

GIGABYTE = 1_000_000_000
CONTEXTS = (0, 2048, 4096, 8192, 16384, 32768)


def size(count: int) -> str:
    """Return a file size in GB, in MB below a tenth of one."""
    if count < GIGABYTE / 10:
        return translate("models", "{count} MB", count=max(1, round(count / 1_000_000)))
    return translate("models", "{count} GB", count=f"{count / GIGABYTE:.1f}")


def tokens(count: int) -> str:
    """Return a number of tokens in the field's thousands of 1,024."""
    return translate("models", "{count}K", count=count // 1024) if count >= 1024 else str(count)


def pill(model: ModelFile | None) -> str:
    """Return what the top bar says of the model in use."""
    if model is None:
        return translate("models", "No model")
    return translate("models", "{name} · {precision}", name=model.name, precision=model.precision)


def details(model: ModelFile) -> str:
    """Return the second line of a model in the list."""
    return translate(
        "models",
        "{precision} · {size} · reads up to {context} tokens",
        precision=model.precision,
        size=size(model.size),
        context=tokens(model.trained_context),
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
