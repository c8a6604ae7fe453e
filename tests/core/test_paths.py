"""The profile lies where the person or the platform says."""

import sys
from pathlib import Path

import pytest

from desktop.core.paths import default_profile, resources


def test_profile_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INGLENOOK_PROFILE", str(tmp_path / "elsewhere"))
    assert default_profile().root == (tmp_path / "elsewhere").resolve()


@pytest.mark.parametrize(
    ("platform", "ending"),
    [("win32", "Inglenook"), ("darwin", "Library/Application Support/Inglenook"), ("linux", "inglenook")],
)
def test_profile_follows_the_platform(platform: str, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INGLENOOK_PROFILE")
    monkeypatch.setattr(sys, "platform", platform)
    assert default_profile().root.as_posix().endswith(ending)


def test_resources_come_from_the_bundle_when_frozen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert resources().is_dir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources() == tmp_path / "resources"
