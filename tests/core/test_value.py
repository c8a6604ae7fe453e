"""What `@value` makes behaves as a frozen, slotted dataclass does."""

import copy
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict, field, fields, is_dataclass, replace

import pytest

from desktop.core.value import value


@value
class Point:
    """Somewhere."""

    x: int
    y: int = 2
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    secret: str = field(default="s", repr=False, compare=False)

    @property
    def sum(self) -> int:
        """What methods see."""
        return self.x + self.y


@value
class Twin:
    """Looks like another."""

    x: int


@value
class Double:
    """Works something out of what it was given."""

    x: int
    twice: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "twice", 2 * self.x)


@value
class Loose:
    """Says itself when it is equal."""

    word: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Loose) and other.word.lower() == self.word.lower()


@value
class Nothing:
    """Has no fields."""


def test_fields_are_given_by_place_and_name_and_have_defaults() -> None:
    assert (Point(1).x, Point(1).y, Point(1, y=5).y, Point(1).sum) == (1, 2, 5, 3)
    assert Point(1).names == {}
    assert Point(1).names is not Point(1).names
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]


def test_it_cannot_be_changed_and_takes_no_other_attribute() -> None:
    point = Point(1)
    for name in ("x", "other"):
        with pytest.raises(FrozenInstanceError):
            setattr(point, name, 3)
    with pytest.raises(FrozenInstanceError):
        del point.x
    assert not hasattr(point, "__dict__")


def test_it_is_equal_by_its_fields_and_can_be_a_key() -> None:
    assert Point(1, secret="a") == Point(1, secret="b") != Point(2)
    assert Point(1) != Twin(1) != 1
    assert len({Point(1), Point(1, secret="b"), Point(2)}) == 2
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert Loose("A") == Loose("a")


def test_it_tells_its_fields() -> None:
    assert repr(Point(1)) == "Point(x=1, y=2, names={})"
    assert repr(Nothing()) == "Nothing()"
    assert Point.__doc__ == "Somewhere."


def test_it_is_a_dataclass_to_the_standard_library() -> None:
    assert is_dataclass(Point)
    assert [one.name for one in fields(Point)] == ["x", "y", "names", "secret"]
    assert replace(Point(1), y=3) == Point(1, 3)
    assert asdict(Twin(4)) == {"x": 4}
    match Point(1, 7):
        case Point(x, y):
            assert (x, y) == (1, 7)


def test_what_is_worked_out_is_there() -> None:
    assert Double(2).twice == 4
    assert replace(Double(2), x=3).twice == 6


def test_it_survives_a_pipe_and_a_copy() -> None:
    point = Point(1, 3, {"a": "b"}, "c")
    for again in (pickle.loads(pickle.dumps(point)), copy.copy(point), copy.deepcopy(point)):
        assert again == point
        assert again.secret == "c"
