"""Documents on the command line: imported and found by the real reader, store and embedder; beside a window too."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop import app
from desktop.cli import main
from desktop.core.document_errors import CollectionMissing, NothingToImport
from desktop.core.errors import AppError
from desktop.core.library import Keeping, Scope, SourceState
from desktop.core.library_events import Imported, SourceChanged
from desktop.core.paths import Profile
from desktop.services.remote_library import RemoteLibraryVerbs
from tests.fakes import FakeEngine
from tests.houses import open_door, opened
from tests.library_houses import write
from tests.long_pdf import pdf_of

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., int]


@pytest.fixture
def run() -> Run:
    def run(*words: str) -> int:
        return main.run(words, app.prepare, lambda profile: app.build(profile, FakeEngine()))

    return run


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    write(
        folder, "lease.md", "# Lease\n\n## Deposit\n\nThe deposit is 2,400.50 euros and lies in an account of its own."
    )
    write(folder, "letters/notice.txt", "Notice is given three months ahead, in writing.")
    (folder / "line.pdf").write_bytes(pdf_of([["The caretaker is called Aurelia."]]))
    return folder


def test_documents_are_imported_and_their_passages_are_found(
    run: Run, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", str(papers), "--collection", "Flat") == 0
    out = capsys.readouterr()
    assert sorted(one.split()[0] for one in out.out.splitlines()) == ["searched"] * 3
    assert "3 files were added." in out.err
    assert run("search", "caretaker", "--in", "library", "--collection", "flat", "--json") == 0
    first, *_ = json.loads(capsys.readouterr().out)
    assert (first["file"], first["page"], first["collection"]) == (str(papers / "line.pdf"), 1, "Flat")
    assert "Aurelia" in first["text"]
    left, top, right, bottom = first["box"]
    assert 0.05 < left < 0.15
    assert left < right < 1
    assert 0.02 < top < bottom < 0.15
    assert first["score"] > 0


def test_passages_are_printed_for_people_too(run: Run, papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("import", str(papers / "lease.md"))
    capsys.readouterr()
    assert run("search", "deposit", "--in", "library") == 0
    assert capsys.readouterr().out.startswith(f"{papers / 'lease.md'}, section")


def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    run: Run, papers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (papers / "torn.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    assert run("import", str(papers)) == 6
    line = next(one for one in capsys.readouterr().out.splitlines() if "torn.pdf" in one)
    assert line.startswith("unreadable")
    assert "damaged" in line


def test_nothing_to_import_and_no_such_collection_are_told(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("import", str(tmp_path / "nothing here")) == 1
    assert str(NothingToImport()) in capsys.readouterr().err
    assert run("search", "rent", "--in", "library", "--collection", "Nowhere") == 1
    assert str(CollectionMissing(name="Nowhere")) in capsys.readouterr().err


def test_linked_files_leave_no_copy(run: Run, papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("import", str(papers), "--link")
    profile = Profile(Path(os.environ["INGLENOOK_PROFILE"]))
    assert not list(profile.files.rglob("*")) if profile.files.exists() else True


def test_a_second_import_reads_nothing_anew(run: Run, papers: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("import", str(papers))
    capsys.readouterr()
    assert run("import", str(papers)) == 0
    out = capsys.readouterr()
    assert out.out == ""
    assert "0 files were added, 3 were there already." in out.err


def test_an_import_beside_a_window_is_done_by_the_window(tmp_path: Path, papers: Path) -> None:
    with opened(tmp_path / "p", FakeEngine()) as (house, _):
        open_door(house)
        remote = RemoteLibraryVerbs(house.profile)
        events = list(remote.bring([str(papers)], "Flat", Keeping.COPY))
        assert [one.added for one in events if isinstance(one, Imported)] == [3]
        ended = [one.source for one in events if isinstance(one, SourceChanged)]
        assert {one.state for one in ended} == {SourceState.SEARCHED}
        found = remote.find("caretaker", "Flat", 5)
        assert found[0].hit.source.name == "line.pdf"
        assert found[0].boxes
        with pytest.raises(AppError):
            remote.find("caretaker", "Nowhere", 5)
        assert house.library.retriever.by_words("deposit", Scope(), 5)


@pytest.mark.parametrize("beside_a_window", [False, True])
def test_a_collection_of_any_matter_is_asked_and_its_sources_come_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, beside_a_window: bool
) -> None:
    engine = FakeEngine().answers("The caretaker is called Aurelia [1]. She is called Berta [1].")
    root = Path(os.environ["INGLENOOK_PROFILE"])
    page = tmp_path / "line.pdf"
    page.write_bytes(pdf_of([["The caretaker is called Aurelia."]]))

    def ask() -> dict[str, Any]:
        words = ("ask", "Who is the caretaker?", "--collection", "flat", "--json")
        capsys.readouterr()
        assert main.run(words, app.prepare, lambda profile: app.build(profile, engine)) == 0
        said: dict[str, Any] = json.loads(capsys.readouterr().out)
        return said

    with opened(root, engine) as (house, _):
        matter = house.shelf.conversations.filing.make("Smith").id
        house.shelf.library.collections.make("Flat", matter)
        open_door(house)
        list(RemoteLibraryVerbs(house.profile).bring([str(page)], "Flat", Keeping.COPY))
        said = ask() if beside_a_window else {}
    said = said or ask()

    first, second = said["citations"]
    assert (first["file"], first["page"], first["verified"], second["verified"]) == ("line.pdf", 1, True, False)
    assert first["box"]
    assert said["coverage"]["searched"] == said["coverage"]["total"] == 1
