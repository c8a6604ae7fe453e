"""What the comparison of an answer with its sources has shown, in plain words."""

from collections.abc import Sequence

from desktop.core.grounding import Check, Verdict
from desktop.ui.i18n import translate

LOUD = (Verdict.NOT_FOUND, Verdict.UNCITED)
"""Verdicts that are marked in the text."""


def reason(check: Check) -> str:
    """Return what a verdict means."""
    match check.verdict:
        case Verdict.VERIFIED:
            return translate("chat", "Found in the source")
        case Verdict.COMPARE:
            return translate("chat", "Found, but from a scan: compare it with the page")
        case Verdict.UNCITED if check.missing:
            words = ", ".join(check.missing)
            return translate("chat", "No source is named, and none has this: {words}", words=words)
        case Verdict.UNCITED:
            return translate("chat", "No source is named, and none was found that says this")
        case Verdict.NOT_FOUND if check.missing:
            return translate("chat", "Not found in the source: {words}", words=", ".join(check.missing))
        case Verdict.NOT_FOUND:
            return translate("chat", "The source does not say this in these words")


def summary(checks: Sequence[Check]) -> str:
    """Return what was compared, in one line; empty where there was nothing to compare."""
    if not checks:
        return ""
    count = len(checks)
    if count == 1:
        said = [translate("chat", "1 statement checked against its source")]
    else:
        said = [translate("chat", "{count} statements checked against their sources", count=count)]
    amounts = {one: sum(check.verdict is one for check in checks) for one in Verdict}
    if missed := amounts[Verdict.NOT_FOUND]:
        said.append(translate("chat", "{count} not found", count=missed))
    if bare := amounts[Verdict.UNCITED]:
        said.append(translate("chat", "{count} without a source", count=bare))
    if scanned := amounts[Verdict.COMPARE]:
        said.append(translate("chat", "{count} from a scan: compare", count=scanned))
    return ", ".join(said)
