"""The parts about documents as JSON: each a dictionary with its `kind`.

Field by field after the classes' own annotations; a field that is missing has its default, one that is not known
is left out, so that older and newer messages can be read.
"""

import types
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from desktop.core.grounding import (
    ChecksPart,
    DocumentPart,
    FindingsPart,
    FoundPart,
    GroundPart,
    ScopePart,
    TablePart,
)

KINDS: Mapping[str, type[GroundPart]] = {
    "document": DocumentPart,
    "scope": ScopePart,
    "found": FoundPart,
    "checks": ChecksPart,
    "table": TablePart,
    "findings": FindingsPart,
}


def dump_ground(part: GroundPart) -> dict[str, object]:
    """Return a dictionary that JSON can hold."""
    kind = next(name for name, one in KINDS.items() if isinstance(part, one))
    return {"kind": kind, **asdict(part)}


def load_ground(dumped: Mapping[str, Any]) -> GroundPart:
    """Return the part that `dump_ground` made this of.

    Raises:
        LookupError: it is of another kind, or lacks what it cannot do without.
    """
    try:
        part: GroundPart = _build(KINDS[dumped["kind"]], dumped)
    except TypeError as error:
        raise LookupError from error
    return part


def _build(kind: Any, value: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{one.name: _build(hints[one.name], value[one.name]) for one in fields(kind) if one.name in value})
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return tuple(_build(inner[0], one) for one in value)
        return tuple(_build(one, each) for one, each in zip(inner, value, strict=True))
    if get_origin(kind) in (Union, types.UnionType) or not isinstance(kind, type):
        return value
    return kind(value) if issubclass(kind, Enum) else value
