"""Which speech model is used."""

from pathlib import Path

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
