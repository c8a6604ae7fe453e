"""What is asked of the documents, in a few words."""

from desktop.core.grounding import NO_COLLECTION, AnswerMode, ScopePart
from desktop.ui.i18n import translate
from desktop.ui.sources.wording import one_line, shortened

LONGEST = 26
MODES = (AnswerMode.AUTO, AnswerMode.WHOLE, AnswerMode.PASSAGES, AnswerMode.EXHAUSTIVE, AnswerMode.TABLE)


def mode_name(mode: AnswerMode) -> str:
    """Return what a person calls a way of looking through documents."""
    return {
        AnswerMode.AUTO: translate("chat", "Automatic"),
        AnswerMode.WHOLE: translate("chat", "Read whole documents"),
        AnswerMode.PASSAGES: translate("chat", "Find the passages that fit"),
        AnswerMode.EXHAUSTIVE: translate("chat", "Read everything, passage by passage"),
        AnswerMode.TABLE: translate("chat", "Compute from tables"),
    }[mode]


def mode_use(mode: AnswerMode) -> str:
    """Return what it is good for."""
    return {
        AnswerMode.AUTO: translate("chat", "The app chooses by the question and the documents"),
        AnswerMode.WHOLE: translate("chat", "For a few short documents"),
        AnswerMode.PASSAGES: translate("chat", "Quick, for single facts"),
        AnswerMode.EXHAUSTIVE: translate("chat", "For lists and counts: nothing is left out, and it takes longest"),
        AnswerMode.TABLE: translate("chat", "For sums and counts in sheets"),
    }[mode]


def where(scope: ScopePart | None, *, short: bool = True) -> str:
    """Return which documents are asked."""
    if scope is None or NO_COLLECTION in scope.collections:
        return translate("chat", "no documents") if scope is None else translate("chat", "these documents")
    if not scope.collections:
        return translate("chat", "my documents")
    if short and len(scope.names) > 1:
        return translate("chat", "{count} collections", count=len(scope.names))
    return shortened(", ".join(map(one_line, scope.names)), LONGEST if short else 400)


def chip(scope: ScopePart | None, *, short: bool = True) -> str:
    """Return what stands on the chip."""
    words = translate("chat", "Ask: {documents}", documents=where(scope, short=short))
    if scope is None or scope.mode is AnswerMode.AUTO:
        return words
    modes = {
        AnswerMode.WHOLE: translate("chat", "whole"),
        AnswerMode.PASSAGES: translate("chat", "passages"),
        AnswerMode.EXHAUSTIVE: translate("chat", "read everything"),
        AnswerMode.TABLE: translate("chat", "tables"),
    }
    return f"{words} · {modes[scope.mode]}"
