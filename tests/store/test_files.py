"""Settings and the instance lock."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.core.generation import KvType, LoadOptions
from desktop.core.settings import AnswerOptions, Settings, ThemeChoice
from desktop.store.instance_lock import InstanceLock
from desktop.store.settings_file import SettingsFile

CHANGED = Settings(
    model="/m.gguf",
    model_files=("/a.gguf", "/b.gguf"),
    theme=ThemeChoice.DARK,
    load=LoadOptions(8192, KvType.Q8_0, 3, 0),
    sampling=AnswerOptions(temperature=0.2, seed=7, max_tokens=100),
    sidebar_width=300,
    recovery_noticed=True,
)


def test_settings_read_back_as_they_were_saved(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "settings.json")
    assert file.load() == Settings()
    file.save(CHANGED)
    assert file.load() == CHANGED
    assert [one.name for one in tmp_path.glob("settings*")] == ["settings.json"]


@pytest.mark.parametrize("content", ["", "{", "[1]", "null", "\x00\x01"])
def test_a_damaged_settings_file_is_set_aside_and_defaults_are_used(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    assert SettingsFile(path).load() == Settings()
    assert (tmp_path / "settings.damaged").read_text() == content


def test_unknown_names_and_bad_values_give_way_to_defaults(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "pink", "sidebar_width": "wide", "later": 1, "load": {"context": 2048, "kv_type": 3}}')
    assert SettingsFile(path).load() == Settings(load=LoadOptions(context=2048))


HOLD = (
    "import sys; from pathlib import Path; from desktop.store.instance_lock import InstanceLock as L; "
    "print(L(Path(sys.argv[1])).acquire(), flush=True); sys.stdin.read()"
)


def test_one_process_holds_the_lock_and_its_end_frees_it(tmp_path: Path) -> None:
    path, root = tmp_path / "lock", Path(__file__).resolve().parents[2]
    lock = InstanceLock(path)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        assert not lock.acquire()
        holder.kill()
    assert lock.acquire()
    assert lock.acquire()
    lock.release()
