"""How a page looks: as wide as wished, never larger than what may travel."""

import io

import numpy as np
import pytest

from desktop.core.document_errors import DocumentLocked
from desktop.core.documents import PageWish
from desktop.core.errors import FileDamaged, FileNotRecognised, PageMissing
from desktop.core.media import MOST_PIXELS, Picture
from desktop.documents.look import look
from tests.documents.papers import LETTER, Sheet, pdf, saved, scan, text


def seen(data: bytes, **wish: object) -> Picture:
    return look(io.BytesIO(data), "a.pdf", PageWish(**{"page": 1, **wish}))  # type: ignore[arg-type]


def pixels(picture: Picture) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)


def test_a_page_is_drawn_on_white_at_the_wished_width() -> None:
    picture = seen(pdf([Sheet(text(LETTER))]), width=700)
    assert (picture.width, picture.height) == (700, 991)
    drawn = pixels(picture)
    assert tuple(drawn[0, 0]) == (255, 255, 255)
    assert drawn[70:100, 60:300].min() < 100, "the first line"


def test_a_turned_page_is_drawn_as_it_is_seen_and_colours_are_right() -> None:
    red = b"1 0 0 rg 0 0 100 100 re f\n"
    picture = seen(pdf([Sheet(red, extra="/Rotate 90")]), width=842)
    assert picture.width > picture.height
    assert tuple(pixels(picture)[5, 5]) == (255, 0, 0)


@pytest.mark.parametrize("size", [(14_400, 14_400), (3, 14_400), (14_400, 3), (0.5, 9_000)])
def test_odd_sizes_never_draw_more_than_may_travel(size: tuple[float, float]) -> None:
    for width in (1, 1000, 5000):
        picture = seen(pdf([Sheet(text(LETTER), size=size)]), width=width)
        assert 0 < picture.width * picture.height <= MOST_PIXELS
        assert picture.width <= 2048 or size[0] < size[1]
        assert len(picture.rgb) == picture.width * picture.height * 3


def test_the_page_of_a_picture_is_the_picture() -> None:
    tiff = saved(scan(LETTER), "TIFF", save_all=True, append_images=[scan(LETTER, turn=90)])
    first, second = seen(tiff, width=500), seen(tiff, page=2, width=500)
    assert first.width == 500
    assert first.height > first.width
    assert second.height < second.width == 500


def test_what_is_not_there_or_cannot_be_drawn_is_told() -> None:
    letter = pdf([Sheet(text(LETTER))])
    for page in (0, 2):
        with pytest.raises(PageMissing):
            seen(letter, page=page)
    with pytest.raises(FileNotRecognised):
        seen(b"hello")
    with pytest.raises(FileDamaged):
        seen(b"%PDF-1.4 nothing")
    with pytest.raises(DocumentLocked):
        seen(open_locked())


def open_locked() -> bytes:
    from pathlib import Path

    return (Path(__file__).parent / "locked.pdf").read_bytes()
