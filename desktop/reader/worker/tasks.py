"""What a task asks, done with the functions of media and documents."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, assert_never

from desktop.core.documents import DocumentWish, PageWish
from desktop.core.errors import FileNotRecognised
from desktop.core.media import (
    PICTURES,
    FactsWish,
    FramesWish,
    PictureWish,
    PlayWish,
    SoundWish,
    Step,
    ThumbnailWish,
    Wish,
)
from desktop.media.probe import format_of
from desktop.reader import wire
from desktop.reader.worker import confinement, files


def do(task: wire.Task, handle: int, send: Callable[[wire.Reply], None], step: Step) -> None:
    """Read the file and send every result.

    Args:
        task: what is wished.
        handle: the open file as it came over the pipe; closed at the end.
        send: takes a result.
        step: takes progress; may raise Cancelled.

    Raises:
        AppError: the file cannot be read.
        Cancelled: the person asked to stop.
    """
    with files.opened(handle, task) as file:
        for result in _results(task, file, step):
            send(result)


def _results(task: wire.Task, file: BinaryIO, step: Step) -> Iterator[wire.Result]:
    match task.wish:
        case DocumentWish() as wish:
            yield from _document(task, file, wish, step)
        case PageWish() as wish:
            from desktop.documents import look

            yield look.look(file, task.name, wish)
        case _ as wish:
            yield from _media(task, file, wish, step)


def _document(task: wire.Task, file: BinaryIO, wish: DocumentWish, step: Step) -> Iterator[wire.Result]:
    """Why processor time is granted page by page: documents may be of any length, and pages may not."""
    from desktop.documents import bounds, extract

    for result in extract.read(file, task.name, wish, step):
        yield bounds.kept(result)
        confinement.allow_processor_time()


def _media(task: wire.Task, file: BinaryIO, wish: Wish, step: Step) -> Iterator[wire.Result]:
    from desktop.media import images

    match wish:
        case FactsWish():
            yield _facts(task, file)
        case PictureWish():
            yield images.picture(file, task.name, wish)
        case ThumbnailWish():
            yield _thumbnail(task, file, wish, step)
        case FramesWish():
            from desktop.media import video

            yield from video.frames(file, task.name, wish, step)
        case SoundWish():
            from desktop.media import audio

            yield from audio.sound(file, task.name, wish, step)
        case PlayWish():
            from desktop.media import play

            yield from play.play(file, task.name, wish, step)
        case _:
            assert_never(wish)


def _facts(task: wire.Task, file: BinaryIO) -> wire.Result:
    if _is_picture(task, file):
        from desktop.media import images

        return images.describe(file, task.name)
    from desktop.media import containers

    return containers.describe(file, task.name)


def _thumbnail(task: wire.Task, file: BinaryIO, wish: ThumbnailWish, step: Step) -> wire.Result:
    if _is_picture(task, file):
        from desktop.media import images

        return images.thumbnail(file, task.name, wish)
    from desktop.media import video

    return video.poster(file, task.name, wish, step)


def _is_picture(task: wire.Task, file: BinaryIO) -> bool:
    kind = format_of(file)
    if kind is None:
        raise FileNotRecognised(name=task.name)
    return kind in PICTURES
