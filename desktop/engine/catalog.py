"""The model files of this machine: found in folders or named by the person, described by their headers."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from desktop.core.errors import ModelDamaged, ModelMissing, ModelUnknown
from desktop.core.generation import LoadOptions
from desktop.core.models import ModelFile, ModelNeed, is_demo
from desktop.engine import fit
from desktop.engine.encoders import find_encoder
from desktop.engine.header import Header, read_header

MAX_DEPTH = 3
_PRECISION = re.compile(r"[-._](?:UD-)?(?:I?Q\d\w*|[BF]P?(?:16|32))$", re.IGNORECASE)
MAX_FILES = 2000


class Catalog:
    """Lists and finds GGUF files. Reads headers only; they are cached by path, size and time of change."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def list(self, extra_files: Sequence[Path] = ()) -> tuple[ModelFile, ...]:
        """Return every usable model once, by name; damaged files and encoders are left out."""
        found: dict[Path, ModelFile] = {}
        for path in (*self._walk(), *extra_files):
            with suppress(ModelDamaged, ModelMissing):
                header = read_header(path)
                if header.part == 0:
                    found.setdefault(_real(path), _describe(header))
        return tuple(sorted(found.values(), key=lambda model: (model.name.casefold(), model.size, model.key)))

    def find(self, name_or_path: str, extra: Sequence[Path] = ()) -> ModelFile:
        """Return the model of this path, name or file name; upper and lower case do not matter for names.

        Raises:
            ModelUnknown: no model has that name.
            ModelMissing: it is a path, and there is no file.
            ModelDamaged: it is a path to a file that cannot be used.
        """
        path = Path(name_or_path).expanduser()
        wanted = name_or_path.casefold()
        if path.suffix.casefold() == ".gguf" or os.sep in name_or_path or "/" in name_or_path:
            if path.is_file():
                return _describe(read_header(path))
            if len(path.parts) > 1:
                raise ModelMissing(name=path.name)
        models = self.list(extra)
        for match in (_is_named, _starts_with):
            for model in models:
                if wanted and match(model, wanted):
                    return model
        raise ModelUnknown(name=name_or_path)

    def needs(
        self, models: Sequence[ModelFile], options: LoadOptions, loaded: ModelFile | None = None
    ) -> tuple[ModelNeed, ...]:
        """Return what each model needs in memory.

        Args:
            models: those to look at; one whose file is gone meanwhile is left out.
            options: how they would be loaded.
            loaded: what is in memory now, and would make room.
        """
        free = fit.free_memory()
        if loaded:
            free += sum(_need(header, options, free).memory - loaded.size for header in _headers((loaded,)))
        return tuple(_need(header, options, free) for header in _headers(models))

    def recommended(self, models: Sequence[ModelFile]) -> ModelFile | None:
        """Return the largest model that fits this machine with room to spare; the smallest when none does."""
        if not models:
            return None
        by_size = sorted(models, key=lambda model: model.size)
        fitting = [model for model in by_size if fit.is_comfortable(model.size)]
        return fitting[-1] if fitting else by_size[0]

    def _walk(self) -> Iterator[Path]:
        seen = 0
        for folder in self._folders:
            for root, folders, files in os.walk(folder):
                if len(Path(root).relative_to(folder).parts) >= MAX_DEPTH:
                    folders.clear()
                for name in sorted(files):
                    if name.casefold().endswith(".gguf") and "mmproj" not in name.casefold() and seen < MAX_FILES:
                        seen += 1
                        yield Path(root) / name


def _describe(header: Header) -> ModelFile:
    encoder = find_encoder(header)
    return ModelFile(
        path=header.path,
        size=fit.weight_bytes(header),
        name=_title(header.path),
        architecture=header.architecture,
        precision=header.precision,
        trained_context=header.trained_context,
        parameters=fit.parameters(header),
        sees=encoder is not None and encoder.sees,
        hears=encoder is not None and encoder.hears,
        stranger="" if encoder is None or encoder.fits else encoder.path.name,
    )


def _need(header: Header, options: LoadOptions, free: int) -> ModelNeed:
    return fit.need(header, options, free, find_encoder(header))


def _headers(models: Sequence[ModelFile]) -> Iterator[Header]:
    """Yield the headers of those that are still there; the weights themselves lie in the file cache anyway."""
    for model in models:
        with suppress(ModelDamaged, ModelMissing):
            yield read_header(model.path)


def is_small(path: Path) -> bool:
    """Return whether this is a model to try the app with, not to rely on."""
    return is_demo(_title(path))


def _title(path: Path) -> str:
    """Return the file's name without its precision: what people know a model by; names inside files are often odd."""
    return _PRECISION.sub("", path.stem) or path.stem


def _is_named(model: ModelFile, wanted: str) -> bool:
    return wanted in (model.name.casefold(), model.path.name.casefold(), model.path.stem.casefold())


def _starts_with(model: ModelFile, wanted: str) -> bool:
    return model.name.casefold().startswith(wanted) or model.path.name.casefold().startswith(wanted)


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except OSError:
        return path
