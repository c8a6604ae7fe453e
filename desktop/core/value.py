"""What values are made with: `@value` is `@dataclass(frozen=True, slots=True)`, made in a fifth of the time.

Why: the start of the app makes a hundred and fifty such classes before its window is drawn. The standard decorator
writes and compiles six methods for each; here one is, and the others are closures over the names of the fields. It
knows no inheritance, no keyword-only fields and no order; where those are wanted, the standard one serves.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")

_put = object.__setattr__


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(cls: type[T]) -> type[T]:
    """Make a class of values: none can be changed, they are equal by their fields, and can be keys."""
    all_fields = fields(dataclass(init=False, repr=False, eq=False)(cls))  # type: ignore[arg-type]
    names = tuple(one.name for one in all_fields)
    left = {*names, "__dict__", "__weakref__"}
    body = {name: given for name, given in cls.__dict__.items() if name not in left}
    if body.get("__hash__", 0) is None:  # it says how it is equal, and nothing of this
        del body["__hash__"]
    made: Mapping[str, object] = {
        "__init__": _init(all_fields, "__post_init__" in body),
        **_comparing(
            tuple(one.name for one in all_fields if one.compare), [one.name for one in all_fields if _hashed(one)]
        ),
        **_telling([one.name for one in all_fields if one.repr]),
        **_pickling(names),
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__slots__": names,
    }
    anew: type[T] = type(cls)(cls.__name__, cls.__bases__, {**made, **body})  # type: ignore[misc]
    anew.__qualname__ = cls.__qualname__
    return anew


def _hashed(one: "Field[Any]") -> bool:
    return one.compare if one.hash is None else one.hash


def _init(all_fields: "Sequence[Field[Any]]", has_more: bool) -> Callable[..., None]:
    """Write and compile `__init__`: called often, it is worth it."""
    known: dict[str, object] = {"_put": _put, "_missing": MISSING}
    heads, lines = ["self"], []
    for one in (one for one in all_fields if one.init):
        given = one.name
        if one.default_factory is not MISSING:
            known[f"_make_{one.name}"] = one.default_factory
            heads.append(f"{one.name}=_missing")
            given = f"_make_{one.name}() if {one.name} is _missing else {one.name}"
        elif one.default is not MISSING:
            known[f"_default_{one.name}"] = one.default
            heads.append(f"{one.name}=_default_{one.name}")
        else:
            heads.append(one.name)
        lines.append(f" _put(self, {one.name!r}, {given})")
    if has_more:
        lines.append(" self.__post_init__()")
    exec(f"def __init__({', '.join(heads)}):\n" + "\n".join(lines or [" pass"]), known)
    made = known["__init__"]
    assert callable(made)
    return made


def _values(names: Sequence[str]) -> Callable[[object], tuple[object, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _comparing(compared: Sequence[str], hashed: Sequence[str]) -> Mapping[str, object]:
    equal, key = _values(compared), _values(hashed)

    def eq(self: object, other: object) -> bool:
        return equal(self) == equal(other) if other.__class__ is self.__class__ else NotImplemented

    def hash_(self: object) -> int:
        return hash(key(self))

    return {"__eq__": eq, "__hash__": hash_}


def _telling(names: Sequence[str]) -> Mapping[str, object]:
    def repr_(self: object) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({told})"

    return {"__repr__": repr_}


def _pickling(names: Sequence[str]) -> Mapping[str, object]:
    values = _values(names)

    def getstate(self: object) -> list[object]:
        return list(values(self))

    def setstate(self: object, state: Sequence[object]) -> None:
        for name, one in zip(names, state, strict=False):
            _put(self, name, one)

    return {"__getstate__": getstate, "__setstate__": setstate}


def _refuse(_self: object, name: str, *_: object) -> NoReturn:
    raise FrozenInstanceError(f"{name!r} of a value cannot be changed")
