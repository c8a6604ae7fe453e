"""Where the data lies that scans are recognised with: one file for each language.

Standard library only: the reader looks for the folders before it gives up the rest of the file system.
"""

import sys
from pathlib import Path

from desktop.core.paths import default_profile, resources

FOLDER = "tessdata"
SUFFIX = ".traineddata"
LANGUAGES = {
    "en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "ja": "jpn", "nl": "nld", "pt": "por",
    "pl": "pol", "cs": "ces", "da": "dan", "sv": "swe", "no": "nor", "fi": "fin", "hu": "hun", "ro": "ron",
    "el": "ell", "ru": "rus", "uk": "ukr", "tr": "tur", "ar": "ara", "he": "heb", "hi": "hin", "ko": "kor",
    "zh": "chi_sim", "la": "lat", "ca": "cat", "hr": "hrv", "sk": "slk", "sl": "slv", "bg": "bul", "vi": "vie",
}  # fmt: skip
"""Two-letter code -> Tesseract's name for it."""
_SYSTEM = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
)  # fmt: skip
"""Where Linux distributions put theirs."""


def folders() -> tuple[Path, ...]:
    """Return the folders that may hold data, first those of the program, then the user's, then the system's."""
    own = (resources() / "models" / FOLDER, default_profile().models / FOLDER)
    return (*own, *map(Path, _SYSTEM)) if sys.platform == "linux" else own


def found(places: tuple[Path, ...] | None = None) -> dict[str, Path]:
    """Return the languages there is data for, as two-letter codes, with the file of each; English first.

    Args:
        places: where to look; the folders of this computer when left out.
    """
    files: dict[str, Path] = {}
    for code, name in LANGUAGES.items():
        for folder in folders() if places is None else places:
            file = folder / f"{name}{SUFFIX}"
            if file.is_file():
                files[code] = file
                break
    return files
