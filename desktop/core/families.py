"""Models as people know them: one name, and perhaps several files of different precision."""

from collections.abc import Iterable, Mapping

from desktop.core.models import Fit, ModelFile
from desktop.core.value import value


@value
class Family:
    """The files of one model, the smallest first; there is at least one."""

    name: str
    files: tuple[ModelFile, ...]

    def holds(self, model: ModelFile | None) -> bool:
        """Return whether this is one of its files."""
        return model is not None and any(one.key == model.key for one in self.files)

    def best(self, fits: Mapping[str, Fit]) -> ModelFile:
        """Return the largest file that fits; before anything was weighed, and when none does, the smallest."""
        fitting = [one for one in self.files if fits.get(one.key) is Fit.FITS]
        return fitting[-1] if fitting else self.files[0]


def families(models: Iterable[ModelFile]) -> tuple[Family, ...]:
    """Return the models by name, in the order they came in."""
    found: dict[tuple[str, str], list[ModelFile]] = {}
    for one in models:
        found.setdefault((one.name.casefold(), one.architecture), []).append(one)
    return tuple(Family(files[0].name, tuple(sorted(files, key=lambda one: one.size))) for files in found.values())
