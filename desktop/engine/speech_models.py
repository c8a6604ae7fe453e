"""The speech models of this computer: folders that hold all files of a Whisper model for CTranslate2."""

import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from desktop.core.speech import SpeechModel
from desktop.core.speech_errors import NoSpeechModel, NotASpeechModel, SpeechModelUnknown

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

    def list(self, extra: Sequence[Path] = ()) -> tuple[SpeechModel, ...]:
        """Return every usable model once, the smallest first; `extra` are folders the person added."""
        if not all(map(find_spec, LIBRARIES)):
            return ()
        found: dict[Path, SpeechModel] = {}
        for folder in (*self._walk(), *filter(is_whole, extra)):
            found.setdefault(folder.resolve(), _model(folder))
        return tuple(sorted(found.values(), key=lambda one: (one.size, one.name)))

    def choose(self, wanted: str, extra: Sequence[Path] = ()) -> SpeechModel | None:
        """Return the model in this folder, or else the largest one at hand: it hears best. None: none can be used."""
        if wanted and is_whole(Path(wanted)) and all(map(find_spec, LIBRARIES)):
            return _model(Path(wanted))
        return next(reversed(self.list(extra)), None)

    def find(self, name_or_folder: str, extra: Sequence[Path] = ()) -> SpeechModel:
        """Return the model of this name or in this folder; upper and lower case do not matter for names.

        Raises:
            NoSpeechModel: none can be used here.
            SpeechModelUnknown: no model has that name.
            NotASpeechModel: it is a folder, and not that of a model.
        """
        folder, wanted = Path(name_or_folder).expanduser().absolute(), name_or_folder.casefold()
        if not all(map(find_spec, LIBRARIES)):
            raise NoSpeechModel
        if is_whole(folder):
            return _model(folder)
        models = self.list(extra)
        if found := [one for one in models if one.name.casefold() == wanted]:
            return found[-1]
        if folder.is_dir() or len(Path(name_or_folder).parts) > 1:
            raise NotASpeechModel(name=folder.name)
        if not models:
            raise NoSpeechModel
        raise SpeechModelUnknown(name=name_or_folder, known=", ".join(dict.fromkeys(one.name for one in models)))

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
