"""Which models are offered, and how one is named."""

from pathlib import Path

import pytest

from desktop.core.errors import ModelDamaged, ModelMissing, ModelUnknown
from desktop.core.generation import LoadOptions
from desktop.engine.catalog import Catalog
from tests.engine.tiny_models import write_tiny


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "more").mkdir()
    write_tiny(tmp_path / "fox.gguf", name="fox")
    write_tiny(tmp_path / "more" / "bear.gguf", name="bear", layers=4)
    write_tiny(tmp_path / "mmproj-fox.gguf")
    write_tiny(tmp_path / "fox-00002-of-00002.gguf", split=True)
    (tmp_path / "damaged.gguf").write_bytes(b"GGUF then nothing")
    (tmp_path / "letter.txt").write_text("hello", encoding="utf-8")
    return tmp_path


def test_list_offers_sound_models_by_name(folder: Path) -> None:
    models = Catalog((folder, folder / "absent")).list()
    assert [model.name for model in models] == ["bear", "fox"]
    assert models[0].precision == "F32"
    assert models[0].trained_context == 4096
    assert models[0].size == (folder / "more" / "bear.gguf").stat().st_size


def test_added_files_are_listed_once(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    extra = write_tiny(tmp_path_factory.mktemp("other") / "owl.gguf", name="Owl")
    models = Catalog((folder,)).list([extra, folder / "fox.gguf", folder / "gone.gguf"])
    assert [model.name for model in models] == ["bear", "fox", "owl"]


@pytest.mark.parametrize("name", ["fox", "FOX", "fox.gguf", "fo"])
def test_model_is_found_by_name(folder: Path, name: str) -> None:
    assert Catalog((folder,)).find(name).path == folder / "fox.gguf"


def test_model_is_found_by_path_outside_the_folders(folder: Path, tiny: Path) -> None:
    assert Catalog((folder,)).find(str(tiny)).path == tiny


def test_wrong_names_are_told(folder: Path) -> None:
    catalog = Catalog((folder,))
    with pytest.raises(ModelUnknown):
        catalog.find("wolf")
    with pytest.raises(ModelMissing):
        catalog.find(str(folder / "wolf.gguf"))
    with pytest.raises(ModelDamaged):
        catalog.find(str(folder / "damaged.gguf"))


def test_largest_model_that_fits_is_recommended(folder: Path) -> None:
    catalog = Catalog((folder,))
    recommended = catalog.recommended(catalog.list())
    assert recommended is not None
    assert recommended.name == "bear"
    assert catalog.recommended(()) is None


def test_need_of_each_model_that_is_still_there(folder: Path) -> None:
    catalog = Catalog((folder,))
    models = catalog.list()
    models[1].path.unlink()
    (need,) = catalog.needs(models, LoadOptions(context=1024), models[0])
    assert (need.key, need.context) == (models[0].key, 1024)
    assert need.memory > models[0].size
