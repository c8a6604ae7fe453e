"""The speech models of this computer: folders that hold all files of a Whisper model for CTranslate2."""

import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from desktop.core.speech import SpeechModel

WEIGHTS = "model.bin"
FILES = (WEIGHTS, "config.json", "tokenizer.json")
"""Where one is missing, the library would look for it on the network."""
LIBRARIES = ("faster_whisper", "av")
"""A build may come without them; then no model is of use."""
MAX_DEPTH = 3
MAX_FOLDERS = 2000


def is_whole(folder: Path) -> bool:
    """Return whether nothing is missing in the folder of a model."""
    return all((folder / name).is_file() for name in FILES)


class SpeechCatalog:
    """Finds speech models. Opens none of their files."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def choose(self, wanted: str) -> SpeechModel | None:
        """Return the model in this folder, or else the largest one at hand: it hears best. None: none can be used."""
        if not all(map(find_spec, LIBRARIES)):
            return None
        if wanted and is_whole(Path(wanted)):
            return _model(Path(wanted))
        return max((_model(one) for one in self._walk()), key=lambda one: (one.size, one.name), default=None)

    def _walk(self) -> Iterator[Path]:
        seen = 0
        for base in self._folders:
            for root, folders, files in os.walk(base):
                seen += 1
                if seen > MAX_FOLDERS:
                    return
                if len(Path(root).relative_to(base).parts) >= MAX_DEPTH:
                    folders.clear()
                if WEIGHTS in files and is_whole(Path(root)):
                    yield Path(root)


def _model(folder: Path) -> SpeechModel:
    return SpeechModel(folder, (folder / WEIGHTS).stat().st_size)
