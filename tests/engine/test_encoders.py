"""Which encoder belongs to a model: by its name, its folder, its width."""

import shutil
from pathlib import Path

import pytest

from desktop.core.errors import ModelDamaged
from desktop.core.generation import LoadOptions
from desktop.engine import fit
from desktop.engine.catalog import Catalog
from desktop.engine.encoders import find_encoder
from desktop.engine.header import read_header
from tests.engine.shown import MODELS
from tests.engine.tiny_models import write_tiny

WIDE, NARROW = "mmproj-tiny-gemma4-e.gguf", "mmproj-tiny-gemma4-dense.gguf"
"""Encoders of models of 128 and of 64 numbers a token."""


def folder(place: Path, models: tuple[str, ...], **encoders: str) -> dict[str, tuple[bool, bool, str]]:
    """Copy the trained model under these names and encoders under theirs; what the catalogue says of each model."""
    for name in models:
        shutil.copy(MODELS / "tiny-gemma4-e.gguf", place / name)
    for name, kind in encoders.items():
        shutil.copy(MODELS / kind, place / f"{name}.gguf")
    return {one.path.name: (one.sees, one.hears, one.stranger) for one in Catalog((place,)).list()}


def test_the_tiny_gemmas_see_and_hear_as_they_were_made() -> None:
    models = {one.name: (one.sees, one.hears) for one in Catalog((MODELS,)).list()}
    assert models == {
        "tiny-gemma4-dense": (True, False),
        "tiny-gemma4-e": (True, True),
        "tiny-gemma4-moe": (True, False),
        "tiny-gemma4-unified": (True, True),
    }


@pytest.mark.parametrize(
    ("model", "encoder"),
    [
        ("gemma-4-E4B-it-Q4_K_M.gguf", "mmproj-gemma-4-E4B-it-bf16"),
        ("gemma-4-E2B_q4_0-it.gguf", "gemma-4-E2B-it-mmproj"),
        ("gemma-4-12b-it-qat-q4_0.gguf", "mmproj-gemma-4-12b-it-qat-q4_0"),
        ("gemma-4-31B-it-UD-Q4_K_XL.gguf", "mmproj-BF16"),
        ("Fox-Q8_0.gguf", "fox-vision-mmproj-F16"),
        ("fox.gguf", "mmproj-model-f16"),
        ("fox.gguf", "mmproj-bear"),
    ],
)
def test_an_encoder_is_found_by_the_names_people_give(tmp_path: Path, model: str, encoder: str) -> None:
    assert folder(tmp_path, (model,), **{encoder: WIDE}) == {model: (True, True, "")}


def test_each_model_of_a_folder_gets_its_own(tmp_path: Path) -> None:
    found = folder(tmp_path, ("fox.gguf", "foxtrot.gguf"), **{"mmproj-foxtrot": WIDE, "mmproj-bear": WIDE})
    assert found == {"fox.gguf": (False, False, ""), "foxtrot.gguf": (True, True, "")}


def test_of_several_precisions_the_one_that_fits_is_taken(tmp_path: Path) -> None:
    found = folder(tmp_path, ("fox.gguf",), **{"mmproj-fox-Q8_0": NARROW, "mmproj-fox-F16": WIDE})
    assert found == {"fox.gguf": (True, True, "")}


def test_an_encoder_of_the_right_name_and_the_wrong_width_is_a_stranger(tmp_path: Path) -> None:
    assert folder(tmp_path, ("fox.gguf",), **{"mmproj-fox": NARROW}) == {"fox.gguf": (False, False, "mmproj-fox.gguf")}


def test_an_encoder_without_a_name_that_does_not_fit_is_passed_over(tmp_path: Path) -> None:
    assert folder(tmp_path, ("fox.gguf",), **{"mmproj-F16": NARROW}) == {"fox.gguf": (False, False, "")}


def test_a_file_that_only_says_it_is_an_encoder_is_none(tmp_path: Path) -> None:
    write_tiny(tmp_path / "mmproj-fox.gguf")
    (tmp_path / "mmproj-F16.gguf").write_bytes(b"GGUF then nothing")
    assert folder(tmp_path, ("fox.gguf",)) == {"fox.gguf": (False, False, "")}


def test_an_encoder_is_offered_as_a_model_under_no_name(tmp_path: Path) -> None:
    hidden = tmp_path / "eyes.gguf"
    shutil.copy(MODELS / WIDE, hidden)
    catalog = Catalog((tmp_path,))
    assert catalog.list([hidden]) == ()
    with pytest.raises(ModelDamaged, match="vision or audio part"):
        catalog.find(str(hidden))


def test_memory_of_the_encoder_is_counted_and_whole_pictures_are_read_at_once() -> None:
    options = LoadOptions(context=4096)
    header = read_header(MODELS / "tiny-gemma4-e.gguf")
    encoder = find_encoder(header)
    assert encoder is not None
    bare, seeing = fit.plan(header, options), fit.plan(header, options, encoder=encoder)
    assert (bare.batch, bare.encoder) == (512, "")
    assert (seeing.batch, seeing.encoder) == (1152, str(encoder.path))
    needs = [fit.need(header, options, 1 << 34, one).memory for one in (None, encoder)]
    assert needs[1] - needs[0] > encoder.path.stat().st_size
    (listed,) = Catalog((MODELS,)).needs([Catalog((MODELS,)).find("tiny-gemma4-e")], options)
    assert listed.memory == needs[1]
