"""Compares a recovery code with what was typed back. Pure."""

from dataclasses import dataclass

GROUP = 4
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far what was typed is the code."""

    same: bool
    wrong_group: int = 0
    """The first group that differs, counted from one; 0 when none does so far."""
    too_long: bool = False


def compare(typed: str, code: str) -> Comparison:
    """Compare without regard to spaces, dashes, capitals, and letters that look like figures."""
    found, wanted = _bare(typed), _bare(code)
    for place, (one, other) in enumerate(zip(found, wanted, strict=False)):
        if one != other:
            return Comparison(False, place // GROUP + 1)
    return Comparison(bool(wanted) and found == wanted, too_long=len(found) > len(wanted))


def _bare(text: str) -> str:
    return "".join(one for one in text.upper().translate(_ALIKE) if one.isalnum())
