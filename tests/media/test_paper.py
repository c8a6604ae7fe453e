"""Pages of writing are told from other pictures, so that they are looked at closely without being asked."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from desktop.core.media import Detail
from desktop.core.taking import detail_for
from desktop.media import images
from tests.media import made
from tests.models.train.words import WORDS

A4 = (1240, 1754)


def page(lines: int = 40, points: int = 24, size: tuple[int, int] = A4, seed: int = 7) -> Image.Image:
    """A letter with paragraphs."""
    random, paper = np.random.default_rng(seed), Image.new("L", size, 250)
    pen, font = ImageDraw.Draw(paper), ImageFont.load_default(points)
    margin = size[0] // 10
    for number in range(lines):
        if number % 9 < 8:
            words = random.choice(WORDS, size[0] // points // 4)
            pen.text((margin, margin + number * points * 1.45), " ".join(words), 20, font)
    return paper


def scanned(paper: Image.Image, askew: float) -> Image.Image:
    """A page as it comes from a scanner."""
    turned = paper.rotate(askew, Image.Resampling.BICUBIC, fillcolor=250).filter(ImageFilter.GaussianBlur(0.7))
    noise = np.random.default_rng(1).normal(0, 8, (turned.height, turned.width))
    return Image.fromarray((np.asarray(turned, float) + noise).clip(0, 255).astype(np.uint8))


def photographed(paper: Image.Image) -> Image.Image:
    """A page with a shadow across it, on warm paper."""
    light = np.linspace(0.95, 0.6, paper.width)[None, :, None] * (1.0, 0.97, 0.9)
    return Image.fromarray((np.asarray(paper.convert("RGB"), float) * light).astype(np.uint8))


def cloudy(seed: int) -> Image.Image:
    """Colours that change softly at every scale, as in a photograph."""
    random, side = np.random.default_rng(seed), 900
    far = np.hypot(*np.meshgrid(np.fft.fftfreq(side), np.fft.fftfreq(side)))
    far[0, 0] = 1
    planes = [np.fft.ifft2(np.fft.fft2(random.normal(size=far.shape)) / far**1.2).real for _ in range(3)]
    values = np.stack(planes, -1)
    return Image.fromarray(((values - values.min()) / np.ptp(values) * 255).astype(np.uint8))


def chart() -> Image.Image:
    """Bars with words below them."""
    paper = Image.new("RGB", (1200, 900), "white")
    pen, font = ImageDraw.Draw(paper), ImageFont.load_default(20)
    for number in range(12):
        pen.line((100, 80 + number * 60, 1150, 80 + number * 60), (200, 200, 200))
        pen.text((40, 70 + number * 60), str(110 - number * 10), "black", font)
        pen.rectangle((130 + number * 85, 200 + number * 37 % 300, 180 + number * 85, 740), (40, 90 + number * 9, 160))
        pen.text((130 + number * 85, 750), "March", "black", font)
    return paper


def window() -> Image.Image:
    """A program: a list at the side, a heading, a short text, buttons."""
    screen = Image.new("RGB", (1280, 800), "white")
    pen, font = ImageDraw.Draw(screen), ImageFont.load_default(18)
    pen.rectangle((0, 0, 260, 800), (240, 238, 234))
    for number in range(18):
        pen.text((20, 40 + number * 40), "Lease of the Miller family", (60, 60, 60), font)
    for number in range(5):
        pen.text((320, 120 + number * 28), "What does the lease say about the deposit? " * 2, "black", font)
    pen.rounded_rectangle((320, 700, 1240, 770), 12, outline=(200, 200, 200), width=2)
    pen.rounded_rectangle((1180, 710, 1230, 760), 10, fill=(180, 90, 40))
    return screen


def stripes() -> Image.Image:
    """A fence before the sky."""
    rows = np.where(np.arange(900)[:, None] // 18 % 2, 235, 90) * np.ones((1, 700))
    return Image.fromarray(rows.astype(np.uint8))


def is_paper(image: Image.Image, kind: str = "PNG", **options: object) -> bool:
    facts = images.describe(io.BytesIO(made.saved(image, kind, **options)), "a")
    assert detail_for(facts) is (Detail.DOCUMENT if facts.paper else Detail.NORMAL)
    return facts.paper


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_page_of_writing_is_told(kind: str) -> None:
    assert is_paper(page(), kind)


@pytest.mark.parametrize("askew", [-2.0, 1.0, 3.0])
def test_so_is_a_scan_that_lies_askew(askew: float) -> None:
    assert is_paper(scanned(page(), askew), "JPEG", quality=70)


@pytest.mark.parametrize(
    "paper", [page(lines=18), page(60, 15, (827, 1169)), page(56, 46, (2480, 3508)), page(20, 24, (1754, 1240))],
    ids=["short letter", "100 dots an inch", "300 dots an inch", "lying"],
)  # fmt: skip
def test_so_are_other_pages(paper: Image.Image) -> None:
    assert is_paper(paper)
    assert is_paper(photographed(paper), "JPEG")


def test_a_page_is_told_by_how_it_is_seen_and_not_by_how_the_camera_lay() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert is_paper(page().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)


@pytest.mark.parametrize(
    "other",
    [
        cloudy(1), cloudy(2), chart(), window(), stripes(), Image.new("L", A4, 255), page(lines=2),
        Image.fromarray(made.scene(1, 0, 1000, 800)), Image.fromarray(255 - np.asarray(page())),
        Image.fromarray(np.random.default_rng(3).integers(0, 255, (900, 900, 3), np.uint8)), made.corners(900, 700),
        page(4, 200),
    ],
    ids=["photo", "another", "chart", "window", "stripes", "empty", "two lines", "pattern", "dark", "noise", "colours",
         "poster"],
)  # fmt: skip
def test_other_pictures_are_none(other: Image.Image) -> None:
    assert not is_paper(other)


def test_a_page_that_is_cut_off_is_described_as_far_as_it_tells() -> None:
    data = made.saved(page(), "JPEG")
    facts = images.describe(io.BytesIO(data[: len(data) // 3]), "a")
    assert (facts.width, facts.height, facts.paper) == (*A4, False)
