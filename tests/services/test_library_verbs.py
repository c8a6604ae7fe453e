"""Importing for a program: what is yielded, when it ends, and how it is ended before."""

from pathlib import Path

import pytest

from desktop.core.errors import StoreFull
from desktop.core.library import Keeping, SourceState
from desktop.core.library_events import Imported, SourceChanged
from tests.library_houses import FakeReader, Script, opened_library, write


def test_an_import_ends_when_everything_is_found_by_meaning(tmp_path: Path) -> None:
    write(tmp_path / "papers", "a.txt", "The lease ends in June.")
    write(tmp_path / "papers", "b.txt", "Notice is given in writing.")
    with opened_library(tmp_path / "p") as room:
        events = list(room.house.verbs.bring([str(tmp_path / "papers")], "Flat", Keeping.COPY))
        assert [one.added for one in events if isinstance(one, Imported)] == [2]
        ended = [one.source for one in events if isinstance(one, SourceChanged)]
        assert {one.name: one.state for one in ended} == {
            "a.txt": SourceState.SEARCHED,
            "b.txt": SourceState.SEARCHED,
        }
        assert room.shelf.library.passages.embedded("key of the model") == (2, 2)
        assert [one.name for one in room.shelf.library.collections.all()] == ["Flat"]


def test_an_import_that_is_stopped_ends_at_once_and_goes_on_by_itself(tmp_path: Path) -> None:
    reader = FakeReader()
    with opened_library(tmp_path / "p", reader) as room:
        verbs = room.house.verbs
        reader.scripts["long.pdf"] = Script([f"Page {one}." for one in range(60)], at={30: lambda: verbs.stop("me")})
        file = write(tmp_path, "long.pdf", "%PDF")
        list(verbs.bring([str(file)], "", Keeping.COPY, "me"))
        assert room.told(SourceChanged, lambda one: one.source.state is SourceState.SEARCHED).source.pages_read == 60


def test_a_full_disk_ends_an_import_with_its_sentence(tmp_path: Path) -> None:
    reader = FakeReader({"long.pdf": Script([f"Page {one}. " + "word " * 900 for one in range(200)])})
    with opened_library(tmp_path / "p", reader) as room:
        file = write(tmp_path, "long.pdf", "%PDF")
        room.collection("Flat")
        with room.database.write() as db:
            pages = db.execute("pragma page_count").fetchone()[0]
            db.execute(f"pragma max_page_count = {pages + 30}")
        with pytest.raises(StoreFull):
            list(room.house.verbs.bring([str(file)], "Flat", Keeping.COPY))
