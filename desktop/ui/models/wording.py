"""How models, what they need and how full they are is put into words."""

from PySide6.QtCore import QLocale

from desktop.core.context_use import ContextUse
from desktop.core.families import Family
from desktop.core.models import Fit, ModelFile, ModelNeed
from desktop.ui.i18n import translate
from desktop.ui.widgets.amounts import size, tokens

KILO = 1024


def name(model: ModelFile | None) -> str:
    """Return what the model pill says of the model in use."""
    return translate("models", "No model") if model is None else model.name


def precision(model: ModelFile) -> str:
    """Return what the precision pill says."""
    return translate("models", "{precision} · {size}", precision=grade(model), size=size(model.size))


def folded(model: ModelFile) -> str:
    """Return what the one pill of a narrow window says."""
    return translate("models", "{name} · {precision}", name=model.name, precision=grade(model))


def grade(model: ModelFile) -> str:
    """Return the precision alone; a file that does not tell its own still has a name for it."""
    return model.precision or translate("models", "Own format")


def details(model: ModelFile) -> str:
    """Return the second line of one file."""
    return translate(
        "models",
        "{precision} · {size} · reads up to {context} tokens",
        precision=grade(model),
        size=size(model.size),
        context=tokens(model.trained_context),
    )


def family(found: Family) -> str:
    """Return the second line of a model in the list."""
    smallest = found.files[0]
    if len(found.files) == 1:
        return details(smallest)
    return translate(
        "models",
        "{count} precisions from {size} · reads up to {context} tokens",
        count=len(found.files),
        size=size(smallest.size),
        context=tokens(smallest.trained_context),
    )


def need(model: ModelFile, found: ModelNeed | None) -> str:
    """Return the second line of a precision in the list."""
    if found is None:
        return translate("models", "{size} file", size=size(model.size))
    return translate(
        "models", "{size} file · needs {memory} of memory", size=size(model.size), memory=size(found.memory)
    )


def fit(kind: Fit) -> str:
    """Return whether the memory is enough, in a word or three."""
    match kind:
        case Fit.FITS:
            return translate("models", "Fits")
        case Fit.TIGHT:
            return translate("models", "Tight")
        case Fit.TOO_LARGE:
            return translate("models", "Does not fit")


def fit_explained(kind: Fit) -> str:
    """Return what that means."""
    match kind:
        case Fit.FITS:
            return translate("models", "There is enough free memory for it.")
        case Fit.TIGHT:
            return translate("models", "It would take most of the free memory. Other programs may become slow.")
        case Fit.TOO_LARGE:
            return translate("models", "There is not enough free memory for it now. Closing other programs may help.")


def short(count: int) -> str:
    """Return a number of tokens as short as it can be: 312, 1.2k, 8k."""
    if count < 1000:
        return str(count)
    thousands = f"{count / KILO:.1f}".removesuffix(".0")
    return translate("models", "{count}k", count=thousands)


def exact(count: int) -> str:
    """Return a number of tokens with all its digits."""
    return QLocale().toString(count)


def fill(use: ContextUse) -> str:
    """Return how full the context is, as the meter says it."""
    words = {"used": short(use.used), "window": short(use.window)}
    if use.about:
        return translate("models", "about {used} / {window}", **words)
    return translate("models", "{used} / {window}", **words)


def fill_explained(use: ContextUse) -> str:
    """Return how full the context is, in a sentence."""
    words = {"used": exact(use.used), "window": exact(use.window), "share": round(100 * use.share)}
    if use.about:
        return translate("models", "About {used} of {window} tokens in use ({share} %)", **words)
    return translate("models", "{used} of {window} tokens in use ({share} %)", **words)


def left_out(use: ContextUse) -> str:
    """Return what the model no longer reads, or would not; empty when it reads everything."""
    count = use.left_out
    if count < 1:
        return ""
    if use.about:
        return translate("models", "Messages that will not be read, the oldest first: {count}.", count=count)
    if count == 1:
        return translate("models", "The first message is no longer read.")
    return translate("models", "The first {count} messages are no longer read.", count=count)
