"""Every package's licence texts go with the frozen program."""

from pathlib import Path

import pytest
from groundwork import notices
from groundwork.console import StepFailed


def installed(packages: Path, name: str, *files: str) -> None:
    """A package as pip leaves it."""
    info = f"{name}-1.0.dist-info"
    record = [f"{info}/METADATA", f"{info}/RECORD", *(file.format(info=info) for file in files)]
    for file in record:
        (packages / file).parent.mkdir(parents=True, exist_ok=True)
        (packages / file).write_text(f"text of {name}")
    (packages / info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (packages / info / "RECORD").write_text("".join(f"{file},,\n" for file in record))


def test_texts_are_gathered_by_package_and_the_ones_without_are_told(tmp_path: Path) -> None:
    packages, target, standard = tmp_path / "packages", tmp_path / "licences", tmp_path / "standard"
    standard.mkdir()
    for name in notices.STANDARD:
        (standard / name).write_text(name)
    installed(
        packages, "Some_Reader", "{info}/licenses/LICENSE.txt", "{info}/licenses/inner/COPYING", "some/license.py"
    )
    installed(packages, "bare")
    installed(packages, "tester", "{info}/LICENSE")
    (target / "old").mkdir(parents=True)
    without = notices.gather(packages, "some-reader==1.0 \\\n    --hash=sha256:1\nbare==1.0\n", target, standard)
    assert without == ["bare"]
    found = {str(path.relative_to(target)) for path in target.rglob("*") if path.is_file()}
    texts = {"some-reader/licenses/LICENSE.txt", "some-reader/licenses/inner/COPYING"}
    assert found == texts | {f"{name}.txt" for name in notices.STANDARD}


def test_missing_text_of_the_lgpl_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(StepFailed, match="Apache"):
        notices.gather(tmp_path, "", tmp_path / "licences", tmp_path)
