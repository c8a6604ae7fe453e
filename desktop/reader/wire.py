"""What travels on the pipe between the app and the reader process.

A Task goes to the child, followed by the open file's descriptor; replies come back. The first is Progress, sent
before the file is touched; the last closes the task: Ended, Stopped, Failure or Broken.

Why replies are plain tuples: the child reads foreign files, and one of them may take it over. So the bytes it
sends may hold numbers, text and bytes and no object of any class, and every value is built and checked here; a
picture whose bytes do not fit its size, say, would be read past its end by the model's library.
"""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from desktop.core import document_errors, errors
from desktop.core.child import unpickle
from desktop.core.child_replies import Broken as Broken
from desktop.core.child_replies import Ended as Ended
from desktop.core.child_replies import Failure as Failure
from desktop.core.child_replies import Quit as Quit
from desktop.core.child_replies import Stopped as Stopped
from desktop.core.documents import DocumentFacts, DocumentWish, Enclosed, Page, PageWish
from desktop.core.media import (
    LEVELS_A_SECOND,
    LONGEST_BLOCK,
    MOST_PIXELS,
    PLAY_BYTES,
    PLAY_RATE,
    SAMPLE_BYTES,
    SAMPLE_RATE,
    Facts,
    Format,
    Frame,
    HeardBlock,
    Kind,
    Picture,
    Progress,
    SoundBlock,
    Wish,
)
from desktop.reader import checks, document_wire

MAX_REPLY = 16 * 1024 * 1024
_MOST_FIELDS = 8
_ERRORS: dict[object, type[errors.AppError]] = {
    kind.__name__: kind
    for kind in (*vars(errors).values(), *vars(document_errors).values())
    if isinstance(kind, type) and issubclass(kind, errors.AppError)
}
"""What a child may say went wrong, by its name."""

AnyWish = Wish | DocumentWish | PageWish


@dataclass(frozen=True, slots=True)
class Task:
    """Read the file whose descriptor follows."""

    wish: AnyWish
    name: str
    key: bytes | None


Command = Task | Quit
Result = Facts | Picture | Frame | SoundBlock | HeardBlock | document_wire.DocumentResult
Reply = Progress | Result | Ended | Stopped | Failure | Broken

CLOSING = (Ended, Stopped, Failure, Broken)
"""After one of these the child waits for the next task."""


def encode(reply: Reply) -> bytes:
    """Return the bytes of a reply."""
    return pickle.dumps(_plain(reply), protocol=5)


def decode(data: bytes) -> Reply:
    """Return the reply that these bytes hold, checked.

    Raises:
        pickle.UnpicklingError: they hold something else.
    """
    plain = unpickle(data, {})
    try:
        tag, values = (plain[0], plain[1:]) if isinstance(plain, tuple) else (None, ())
        return _BUILDERS[tag](*values)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise pickle.UnpicklingError("the reader process sent something else than a reply") from error


def _plain(reply: Reply) -> tuple[object, ...]:
    if isinstance(reply, Facts | Picture | Frame | SoundBlock | HeardBlock):
        return _plain_media(reply)
    match reply:
        case DocumentFacts() | Page() | Enclosed():
            plain = document_wire.plain(reply)
        case Progress(done, total):
            plain = ("progress", done, total)
        case Ended() | Stopped():
            plain = (type(reply).__name__.lower(),)
        case Failure(error):
            fields = {key: value if isinstance(value, int) else str(value) for key, value in error.fields.items()}
            plain = ("failure", type(error).__name__, fields)
        case Broken(what, where):
            plain = ("broken", what, where)
        case _:
            assert_never(reply)
    return plain


def _plain_media(media: Facts | Picture | Frame | SoundBlock | HeardBlock) -> tuple[object, ...]:
    match media:
        case Facts():
            sizes = (media.width, media.height, media.pages, media.seconds, media.has_sound, media.paper)
            plain: tuple[object, ...] = ("facts", media.kind.value, media.format.value, *sizes)
        case Picture(width, height, rgb):
            plain = ("picture", width, height, rgb)
        case Frame(seconds, Picture(width, height, rgb)):
            plain = ("frame", seconds, width, height, rgb)
        case SoundBlock(seconds, samples, levels):
            plain = ("sound", seconds, samples, levels)
        case HeardBlock(seconds, samples):
            plain = ("heard", seconds, samples)
        case _:
            assert_never(media)
    return plain


def _progress(done: object, total: object) -> Progress:
    return Progress(checks.count(done), checks.count(total))


def _facts(kind: object, format_: object, width: object, height: object, pages: object, *rest: object) -> Facts:
    seconds, has_sound, paper = rest
    if not isinstance(has_sound, bool) or not isinstance(paper, bool):
        raise TypeError
    sizes = checks.count(width), checks.count(height), checks.count(pages)
    named = Kind(checks.words(kind)), Format(checks.words(format_))
    return Facts(*named, *sizes, checks.seconds(seconds), has_sound, paper)


def _picture(width: object, height: object, rgb: object) -> Picture:
    picture = Picture(checks.count(width), checks.count(height), checks.raw(rgb))
    if not 0 < picture.width * picture.height <= MOST_PIXELS or len(picture.rgb) != picture.width * picture.height * 3:
        raise ValueError
    return picture


def _frame(seconds: object, width: object, height: object, rgb: object) -> Frame:
    return Frame(checks.seconds(seconds), _picture(width, height, rgb))


def _sound(seconds: object, samples: object, levels: object) -> SoundBlock:
    block = SoundBlock(checks.seconds(seconds), checks.raw(samples), checks.raw(levels))
    count, rest = divmod(len(block.samples), SAMPLE_BYTES)
    window = SAMPLE_RATE // LEVELS_A_SECOND
    if rest or not 0 < count <= LONGEST_BLOCK * SAMPLE_RATE or len(block.levels) != -(-count // window):
        raise ValueError
    return block


def _heard(seconds: object, samples: object) -> HeardBlock:
    block = HeardBlock(checks.seconds(seconds), checks.raw(samples))
    if len(block.samples) % PLAY_BYTES or not 0 < len(block.samples) <= LONGEST_BLOCK * PLAY_RATE * PLAY_BYTES:
        raise ValueError
    return block


def _failure(name: object, fields: object) -> Failure:
    if not isinstance(fields, dict) or len(fields) > _MOST_FIELDS:
        raise ValueError
    error = _ERRORS[checks.words(name)](
        **{checks.words(key): value if type(value) is int else checks.words(value) for key, value in fields.items()}
    )
    str(error)  # its sentence finds all it names
    return Failure(error)


def _broken(what: object, where: object) -> Broken:
    return Broken(checks.words(what), checks.words(where))


_BUILDERS: dict[object, Callable[..., Reply]] = {
    "progress": _progress,
    "facts": _facts,
    "picture": _picture,
    "frame": _frame,
    "sound": _sound,
    "heard": _heard,
    "ended": Ended,
    "stopped": Stopped,
    "failure": _failure,
    "broken": _broken,
    **document_wire.BUILDERS,
}
