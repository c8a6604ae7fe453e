"""The data that scans are recognised with: a package a language."""

from groundwork.bundle import Bundle, File
from groundwork.places import LOCKS


def _file(language: str, size: int, sha256: str) -> File:
    name = f"{language}.traineddata"
    return File(name, (f"tessdata.fast_{language}-1.0.0.data/data/share/tessdata/{name}",), size, sha256)


FILES = (
    _file("eng", 4_113_088, "7d4322bd2a7749724879683fc3912cb542f19906c83bcc1a52132556427170b2"),
    _file("deu", 1_525_436, "19d219bbb6672c869d20a9636c6816a81eb9a71796cb93ebe0cb1530e2cdb22d"),
    _file("jpn", 2_471_260, "1f5de9236d2e85f5fdf4b3c500f2d4926f8d9449f28f5394472d9e8d83b91b4d"),
)

DATA = Bundle("tessdata", "data that scans are read with", 4, LOCKS / "tessdata.txt", FILES)
