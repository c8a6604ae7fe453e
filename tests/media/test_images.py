"""Pictures become upright sRGB pixels on white, at the size that is wanted."""

import io
import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from desktop.core.errors import FileDamaged, FileNotRecognised, PageMissing, PictureTooLarge
from desktop.core.media import Detail, Facts, Format, Kind, Picture, PictureWish, ThumbnailWish, grid
from desktop.media import images, limits
from tests.media import made

ALL = ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"]


def pixels(picture: Picture) -> made.Pixels:
    assert len(picture.rgb) == picture.width * picture.height * 3
    return np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)


def thumbnail(data: bytes, side: int = 2048) -> made.Pixels:
    return pixels(images.thumbnail(io.BytesIO(data), "a.png", ThumbnailWish(side)))


def near(colour: object, expected: tuple[int, ...], by: int = 24) -> bool:
    return bool(np.abs(np.asarray(colour, int) - expected).max() <= by)


@pytest.mark.parametrize("kind", ALL)
def test_every_format_gives_its_pixels(kind: str) -> None:
    seen = thumbnail(made.saved(made.corners(), kind))
    assert seen.shape == (48, 96, 3)
    places = [seen[8, 8], seen[8, 88], seen[40, 8], seen[40, 88]]
    assert all(map(near, places, (made.RED, made.GREEN, made.BLUE, made.WHITE)))


@pytest.mark.parametrize("detail", list(Detail))
@pytest.mark.parametrize("kind", ALL)
def test_picture_fills_its_token_budget_exactly(kind: str, detail: Detail) -> None:
    picture = images.picture(io.BytesIO(made.saved(made.corners(640, 400), kind)), "a", PictureWish(detail))
    assert (picture.width, picture.height) == grid(640, 400, detail).size
    assert near(pixels(picture)[10, 10], made.RED)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_picture_stands_upright_as_the_camera_noted(kind: str, orientation: int) -> None:
    upright = made.corners()
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's number of the turn that makes it lie that way
    lying = upright if orientation == 1 else upright.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = made.saved(lying, kind, exif=exif)
    facts = images.describe(io.BytesIO(data), "a")
    assert (facts.width, facts.height) == (96, 48)
    seen = thumbnail(data)
    assert seen.shape == (48, 96, 3)
    places = [seen[8, 8], seen[8, 88], seen[40, 8], seen[40, 88]]
    assert all(map(near, places, (made.RED, made.GREEN, made.BLUE, made.WHITE)))


def test_photo_of_a_phone_stands_upright_and_is_turned_only_once() -> None:
    facts = images.describe(io.BytesIO(made.PHOTO), "a.jpg")
    assert (facts.format, facts.width, facts.height, facts.pages) == (Format.HEIC, 128, 64, 1)
    seen = thumbnail(made.PHOTO)
    assert seen.shape == (64, 128, 3)
    places = [seen[8, 8], seen[8, 120], seen[56, 8], seen[56, 120]]
    assert all(map(near, places, (made.RED, made.GREEN, made.BLUE, made.WHITE)))


@pytest.mark.parametrize("length", [24, 200, len(made.PHOTO) - 300, len(made.PHOTO) - 40])
def test_photo_that_breaks_off_is_damaged(length: int) -> None:
    with pytest.raises(FileDamaged):
        images.picture(io.BytesIO(made.PHOTO[:length]), "a.heic", PictureWish())


@pytest.mark.parametrize("photo", [made.PHOTO, made.saved(made.corners(), "AVIF")], ids=["HEIC", "AVIF"])
def test_photo_that_claims_too_much_is_refused_before_it_is_unpacked(photo: bytes) -> None:
    at = photo.index(b"ispe") + 8
    bomb = photo[:at] + struct.pack(">II", 12_000, 12_000) + photo[at + 8 :]
    with pytest.raises(PictureTooLarge, match="12000"):
        images.describe(io.BytesIO(bomb), "a.jpg")


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "PA"])
def test_what_is_transparent_becomes_white(mode: str) -> None:
    clear = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    clear.paste((10, 10, 10, 255), (0, 0, 32, 64))
    kind = "TIFF" if mode == "PA" else "PNG"
    seen = thumbnail(made.saved(clear if mode == "PA" else clear.convert(mode), kind))
    assert near(seen[32, 8], (10, 10, 10))
    assert near(seen[32, 56], made.WHITE, 2)


def test_embedded_colour_profile_is_brought_to_srgb() -> None:
    swapped = Image.new("RGB", (32, 32), (255, 0, 0))
    profile = _swapping_profile()
    seen = thumbnail(made.saved(swapped, "PNG", icc_profile=profile))
    assert near(seen[16, 16], (0, 255, 0), 60)


def _swapping_profile() -> bytes:
    """SRGB with the red and green primaries exchanged: what it calls red is green."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at = {bytes(data[132 + 12 * index : 136 + 12 * index]): 132 + 12 * index for index in range(data[131])}
    red, green = at[b"rXYZ"], at[b"gXYZ"]
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)


def test_broken_colour_profile_is_ignored() -> None:
    seen = thumbnail(made.saved(made.corners(), "PNG", icc_profile=b"not a profile" * 20))
    assert near(seen[8, 8], made.RED)


def test_print_colours_and_deep_greys_are_shown() -> None:
    cmyk = thumbnail(made.saved(Image.new("CMYK", (32, 32), (0, 255, 255, 0)), "JPEG"))
    assert cmyk[16, 16, 0] > 180 > 90 > cmyk[16, 16, 1]
    deep = Image.fromarray(np.full((32, 32), 0x8000, np.uint16))
    assert near(thumbnail(made.saved(deep, "PNG"))[16, 16], (128, 128, 128), 2)
    floats = Image.fromarray(np.linspace(-5, 5, 1024, dtype=np.float32).reshape(32, 32))
    seen = thumbnail(made.saved(floats, "TIFF"))
    assert (seen.min(), seen.max()) == (0, 255)
    assert near(thumbnail(made.saved(Image.new("1", (32, 32), 1), "TIFF"))[3, 3], made.WHITE)


def test_thumbnail_is_never_larger_than_the_picture() -> None:
    small = images.thumbnail(io.BytesIO(made.saved(made.corners(), "PNG")), "a", ThumbnailWish(500))
    assert (small.width, small.height) == (96, 48)
    smaller = images.thumbnail(io.BytesIO(made.saved(made.corners(900, 300), "PNG")), "a", ThumbnailWish(90))
    assert (smaller.width, smaller.height) == (90, 30)


def test_pages_of_a_fax_are_counted_and_chosen() -> None:
    pages = [Image.new("L", (40 + 10 * number, 30), 40 * number) for number in range(3)]
    data = made.saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert images.describe(io.BytesIO(data), "fax").pages == 3
    last = images.thumbnail(io.BytesIO(data), "fax", ThumbnailWish(page=2))
    assert (last.width, pixels(last)[5, 5, 0]) == (60, 80)
    with pytest.raises(PageMissing, match="no page 4"):
        images.thumbnail(io.BytesIO(data), "fax", ThumbnailWish(page=3))


def test_facts_of_a_picture_are_told() -> None:
    data = made.saved(made.corners(400, 200), "WEBP")
    assert images.describe(io.BytesIO(data), "a") == Facts(Kind.PICTURE, Format.WEBP, 400, 200, pages=1)


@pytest.mark.parametrize("kind", ALL)
def test_truncated_picture_is_told_as_damaged(kind: str) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8))
    data = made.saved(noise, kind)
    with pytest.raises(FileDamaged, match="holiday"):
        images.picture(io.BytesIO(data[: len(data) // 2]), "holiday", PictureWish())


@pytest.mark.parametrize("kind", ALL)
def test_header_of_four_thousand_million_pixels_is_refused(kind: str) -> None:
    with pytest.raises(PictureTooLarge, match="65535 × 65535"):
        images.picture(io.BytesIO(made.claiming(kind, 65_535, 65_535)), "bomb", PictureWish())


@pytest.mark.parametrize("lossless", [True, False])
def test_size_of_a_webp_is_read_before_its_decoder_sees_it(lossless: bool) -> None:
    data = bytearray(made.saved(Image.new("RGB", (300, 200), made.RED), "WEBP", lossless=lossless))
    assert images.describe(io.BytesIO(data), "a").width == 300
    if lossless:
        data[21:25] = (int.from_bytes(data[21:25], "little") | 0xFFFFFFF).to_bytes(4, "little")
    else:
        data[26:30] = b"\xff\x3f\xff\x3f"
    with pytest.raises(PictureTooLarge, match=r"1638[34] × 1638[34]"):
        images.describe(io.BytesIO(data), "a")


def test_small_file_that_unpacks_to_four_hundred_million_pixels_is_refused() -> None:
    bomb = made.png_claiming(20_000, 20_000, bytes(2501 * 20_000))
    assert len(bomb) < 300_000
    with pytest.raises(PictureTooLarge):
        images.describe(io.BytesIO(bomb), "bomb")


def test_packed_text_in_a_picture_cannot_fill_memory() -> None:
    import zlib

    text = made.png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000), 9))
    bomb = made.png_claiming(8, 8, bytes(16), text)
    with pytest.raises(FileDamaged):
        images.picture(io.BytesIO(bomb), "bomb", PictureWish())


def test_only_the_first_of_ten_thousand_frames_is_read() -> None:
    assert images.describe(io.BytesIO(made.gif_of(10_000)), "a.gif").pages == 1
    seen = images.thumbnail(io.BytesIO(made.gif_of(10_000)), "a.gif", ThumbnailWish())
    assert seen.width == 64


def test_name_does_not_matter_and_rare_formats_are_not_tried() -> None:
    assert images.describe(io.BytesIO(made.saved(made.corners(), "PNG")), "film.mp4").format is Format.PNG
    with pytest.raises(FileNotRecognised):
        images.describe(io.BytesIO(b"8BPS\0\x01" + bytes(100)), "a.png")


def test_metadata_does_not_reach_the_pixels() -> None:
    exif = Image.Exif()
    exif[0x010E] = "canary-secret-words"
    data = made.saved(made.corners(), "JPEG", exif=exif, comment=b"canary-secret-words")
    assert b"canary" in data
    assert b"canary" not in images.thumbnail(io.BytesIO(data), "a", ThumbnailWish()).rgb


def test_too_many_bytes_are_refused() -> None:
    class Huge(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            return limits.PICTURE_BYTES + 1 if whence == 2 else super().seek(offset, whence)

    with pytest.raises(Exception, match="MB can be read"):
        images.describe(Huge(made.saved(made.corners(), "PNG")), "a")
