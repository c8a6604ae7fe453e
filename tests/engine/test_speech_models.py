"""Which speech model is used."""

from pathlib import Path

import pytest

from desktop.core.speech_errors import NoSpeechModel, NotASpeechModel, SpeechModelUnknown
from desktop.engine.speech_models import FILES, WEIGHTS, SpeechCatalog


def made(folder: Path, size: int) -> Path:
    folder.mkdir(parents=True)
    for name in FILES:
        (folder / name).write_bytes(bytes(size if name == WEIGHTS else 1))
    return folder


def test_the_largest_model_at_hand_is_used_unless_another_is_chosen(tmp_path: Path) -> None:
    small, large = made(tmp_path / "a" / "small", 10), made(tmp_path / "b" / "deep" / "large", 20)
    catalog = SpeechCatalog((tmp_path / "a", tmp_path / "b"))
    chosen = catalog.choose("")
    assert chosen is not None
    assert (chosen.folder, chosen.name, chosen.key) == (large, "large", "large 20")
    other = catalog.choose(str(small))
    assert other is not None
    assert other.folder == small
    assert catalog.choose(str(tmp_path / "gone")) == chosen


def test_a_folder_that_lacks_a_file_is_no_model(tmp_path: Path) -> None:
    (made(tmp_path / "half", 10) / "tokenizer.json").unlink()
    assert SpeechCatalog((tmp_path, tmp_path / "nowhere")).choose(str(tmp_path / "half")) is None


def test_models_are_listed_once_the_smallest_first_and_those_of_the_person_too(tmp_path: Path) -> None:
    small, large = made(tmp_path / "m" / "small", 10), made(tmp_path / "m" / "large", 30)
    own = made(tmp_path / "own", 20)
    catalog = SpeechCatalog((tmp_path / "m",))
    assert [one.folder for one in catalog.list((own, large, tmp_path / "gone"))] == [small, own, large]
    assert [one.folder for one in catalog.list()] == [small, large]


def test_without_a_choice_a_folder_of_the_person_counts_too(tmp_path: Path) -> None:
    made(tmp_path / "m" / "small", 10)
    own = made(tmp_path / "own", 20)
    chosen = SpeechCatalog((tmp_path / "m",)).choose("", (own,))
    assert chosen is not None
    assert chosen.folder == own


def test_a_model_is_found_by_its_name_or_its_folder(tmp_path: Path) -> None:
    small, own = made(tmp_path / "m" / "Small", 10), made(tmp_path / "own", 20)
    catalog = SpeechCatalog((tmp_path / "m",))
    assert catalog.find("small").folder == small
    assert catalog.find(str(own)).folder == own
    assert catalog.find("own", (own,)).folder == own


def test_what_is_no_model_is_told_by_its_name(tmp_path: Path) -> None:
    made(tmp_path / "m" / "small", 10)
    catalog = SpeechCatalog((tmp_path / "m",))
    with pytest.raises(SpeechModelUnknown, match="No speech model is called “larg”"):
        catalog.find("larg")
    with pytest.raises(NotASpeechModel, match="The folder m does not hold a whole speech model"):
        catalog.find(str(tmp_path / "m"))
    with pytest.raises(NoSpeechModel):
        SpeechCatalog(()).find("small")
