"""What a drop or a paste brings: files, or a picture that is no file."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QDir, QMimeData, QStandardPaths
from PySide6.QtGui import QImage

PACKED = ("image/png", "image/jpeg", "image/webp", "image/gif", "image/bmp", "image/tiff")
"""Pictures that are handed on as they are, so that nothing in this process unpacks them."""

Made = Callable[[], bytes]


def files_in(data: QMimeData) -> list[str]:
    """Return the paths of the files that are dropped or pasted."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def picture_in(data: QMimeData) -> Made | None:
    """Return what makes the bytes of a picture, if there is one; it may be called on any thread."""
    for form in PACKED:
        if data.hasFormat(form):
            packed = bytes(data.data(form).data())
            return lambda: packed
    if data.hasImage() and not (image := QImage(data.imageData())).isNull():
        return lambda: packed_png(image)
    return None


def brings_picture(data: QMimeData) -> bool:
    """Return whether a picture is meant: programs that copy words put a picture of them beside."""
    return not data.hasText() and (data.hasImage() or any(data.hasFormat(form) for form in PACKED))


def brings_files(data: QMimeData) -> bool:
    """Return whether files are meant, or a picture."""
    return any(url.isLocalFile() for url in data.urls()) or brings_picture(data)


def packed_png(image: QImage) -> bytes:
    """Return a picture as the bytes of a PNG file; takes long, and may be called on any thread."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs know no str here
    return bytes(buffer.data().data())


def pictures_folder() -> str:
    """Return the folder in which a person looks for files first; empty where there is none."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return folder if QDir(folder).exists() else ""
