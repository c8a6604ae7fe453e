"""The model files of this machine and the one in use."""

from pathlib import Path

from desktop.core.errors import ModelMissing, NoModel
from desktop.core.events import ModelsListed, ModelsWeighed
from desktop.core.models import ModelFile, ModelNeed
from desktop.core.ports import Publish
from desktop.engine.catalog import Catalog
from desktop.services.lanes import Work
from desktop.services.settings import SettingsService


class ModelsService:
    """Lists, adds and chooses; headers are read on the desk lane."""

    def __init__(self, catalog: Catalog, settings: SettingsService, lane: Work, publish: Publish) -> None:
        self._catalog = catalog
        self._settings = settings
        self._lane = lane
        self._publish = publish
        self._loaded: ModelFile | None = None

    def list(self) -> None:
        """Announce ModelsListed."""
        self._lane.submit(self._announce)

    def weigh(self) -> None:
        """Announce ModelsWeighed: what each model needs in memory, and whether it fits."""
        self._lane.submit(lambda: self._publish(ModelsWeighed(self.needs())))

    def choose(self, key: str) -> None:
        """Use this model from the next question on."""
        self._settings.change(model=key)
        self._lane.submit(self._announce)

    def add(self, path: str) -> None:
        """Add a GGUF file of the person's and use it; Failed is announced when it cannot be used."""

        def job() -> None:
            model = self._catalog.find(path, ())
            files = self._settings.current.model_files
            self._settings.change(model_files=tuple(dict.fromkeys((*files, model.key))), model=model.key)
            self._announce()

        self._lane.submit(job)

    def find(self, name: str = "") -> ModelFile:
        """Return the model of this name or path, or the chosen one. For lanes, not for screens.

        Raises:
            NoModel: there is none at all.
            ModelUnknown: the name matches none.
            ModelMissing: the file is gone.
            ModelDamaged: the file's header is not sound.
        """
        if name:
            return self._catalog.find(name, self._extra())
        model = self._chosen(self.at_hand())
        if model is None:
            raise NoModel
        if self._settings.current.model not in ("", model.key):
            raise ModelMissing(name=Path(self._settings.current.model).name)
        return model

    def at_hand(self) -> tuple[ModelFile, ...]:
        """Return every usable model. For lanes, not for screens."""
        return self._catalog.list(self._extra())

    def needs(self) -> tuple[ModelNeed, ...]:
        """Return what each model at hand needs, loaded as it is chosen now. For lanes, not for screens."""
        return self._catalog.needs(self.at_hand(), self._settings.current.load, self._loaded)

    def note_loaded(self, model: ModelFile) -> None:
        """Remember what is in memory: it would make room for another one."""
        self._loaded = model

    def _announce(self) -> None:
        models = self.at_hand()
        self._publish(ModelsListed(models, self._chosen(models)))

    def _chosen(self, models: tuple[ModelFile, ...]) -> ModelFile | None:
        wanted = self._settings.current.model
        return next((one for one in models if one.key == wanted), None) or self._catalog.recommended(models)

    def _extra(self) -> tuple[Path, ...]:
        return tuple(Path(one) for one in self._settings.current.model_files)
