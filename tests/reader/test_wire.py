"""What comes from the reader is built and checked, never believed."""

import pickle

import pytest

from desktop.core.errors import FileDamaged, PictureTooLarge
from desktop.core.media import Facts, Format, Frame, Kind, Picture, Progress, SoundBlock
from desktop.reader import wire


@pytest.mark.parametrize(
    "reply",
    [
        Progress(3, 10),
        Facts(Kind.VIDEO, Format.MP4, 640, 480, 0, 12.5, has_sound=True),
        Facts(Kind.PICTURE, Format.PNG, 640, 480, 1, paper=True),
        Picture(2, 1, b"abcdef"),
        Frame(1.5, Picture(1, 1, b"abc")),
        SoundBlock(0.0, bytes(4 * 801), b"ab"),
        wire.Ended(),
        wire.Stopped(),
        wire.Broken("ValueError", "a.py:1"),
    ],
)
def test_replies_survive_the_pipe(reply: wire.Reply) -> None:
    assert wire.decode(wire.encode(reply)) == reply


def test_errors_survive_the_pipe_with_their_sentence() -> None:
    back = wire.decode(wire.encode(wire.Failure(PictureTooLarge(name="a.png", width=9, height=8))))
    assert isinstance(back, wire.Failure)
    assert type(back.error) is PictureTooLarge
    assert "a.png measures 9 × 8" in str(back.error)


@pytest.mark.parametrize(
    "plain",
    [
        None,
        (),
        "picture",
        ("unknown",),
        (["picture"],),
        ("picture", 2, 2, b"too few"),
        ("picture", -1, -1, b"abc"),
        ("picture", 0, 5, b""),
        ("picture", True, 1, b"abc"),
        ("picture", 100_000, 100_000, b""),
        ("frame", float("nan"), 1, 1, b"abc"),
        ("frame", float("inf"), 1, 1, b"abc"),
        ("sound", 0.0, b"abc", b"a"),
        ("sound", 0.0, bytes(4 * 801), b"a"),
        ("sound", 0.0, b"", b""),
        ("facts", "video", "MP4", 1, 1, 0, 1.0, True),
        ("facts", "video", "MP4", 1, 1, 0, 1.0, True, 1),
        ("facts", "car", "MP4", 1, 1, 0, 1.0, True, False),
        ("progress", 1 << 60, 1),
        ("ended", 1),
        ("failure", "SystemExit", {}),
        ("failure", "FileDamaged", {}),
        ("failure", "FileDamaged", {"name": ["a"]}),
        ("failure", "_rebuild", {}),
        ("failure", "ClassVar", {}),
        ("broken", "x" * 5000, "y"),
    ],
    ids=repr,
)
def test_nonsense_is_refused(plain: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        wire.decode(pickle.dumps(plain))


@pytest.mark.parametrize("value", [FileDamaged(name="a"), Kind.VIDEO, Picture(1, 1, b"abc"), print, pickle.Pickler])
def test_no_object_of_any_class_is_made(value: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        wire.decode(pickle.dumps(("progress", value, 1)))


def test_bytes_that_are_no_pickle_are_refused() -> None:
    for data in (b"", b"\x80", b"garbage", b"\x80\x05.", pickle.dumps(("ended",))[:-2]):
        with pytest.raises(pickle.UnpicklingError):
            wire.decode(data)
