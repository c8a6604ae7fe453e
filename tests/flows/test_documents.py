"""Documents through the whole house: the real reader, store and lanes; killed in the middle, and resumed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from desktop.core.coverage import CollectionId
from desktop.core.documents import DocumentKind
from desktop.core.events import Event
from desktop.core.library import Keeping, Scope, SourceState
from desktop.core.library_events import CollectionsListed, PageOpened, PagePictured, SourceChanged
from tests.fakes import FakeEngine
from tests.houses import opened
from tests.long_pdf import pdf_of

ROOT = Path(__file__).resolve().parents[2]
PAGES = 620
KILLED_AT = 500


def test_a_long_pdf_is_read_on_where_a_kill_broke_it_off(tmp_path: Path) -> None:
    file = tmp_path / "long.pdf"
    file.write_bytes(pdf_of([[f"This is page {number}.", "The rent is due."] for number in range(1, PAGES + 1)]))
    died = subprocess.run(
        [sys.executable, __file__, str(tmp_path / "p"), str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    with opened(tmp_path / "p", FakeEngine()) as (house, recorder):
        library = house.shelf.library
        (broken,) = library.sources.waiting()
        assert KILLED_AT <= broken.pages_read < PAGES
        house.library.indexing.wake()
        changed = recorder.wait(SourceChanged)
        assert changed.source.pages_read > broken.pages_read
        done = recorder.wait(SourceChanged, lambda one: one.source.state is SourceState.SEARCHED).source
        assert (done.kind, done.pages, done.pages_read) == (DocumentKind.PDF, PAGES, PAGES)
        for number in (1, KILLED_AT, broken.pages_read, broken.pages_read + 1, PAGES):
            assert f"This is page {number}." in library.sources.page(done.id, number).text
        assert library.passages.count(Scope())[0] == PAGES
        house.library.pages.open_page(done.id, KILLED_AT, "t")
        assert "page 500" in recorder.wait(PageOpened).shown.page.text
        picture = recorder.wait(PagePictured).picture
        assert picture is not None
        assert picture.width == 1000


def _victim(root: Path, file: Path) -> None:
    with opened(root, FakeEngine()) as (house, recorder):
        made: list[CollectionId] = []
        house.library.library.make("Long", made=made.append)
        recorder.wait(CollectionsListed)

        def watch(event: Event) -> None:
            if isinstance(event, SourceChanged) and event.source.pages_read >= KILLED_AT:
                os.kill(os.getpid(), signal.SIGKILL)

        house.announcer.subscribe(watch)
        house.library.library.add([str(file)], made[0], Keeping.COPY, "t")
        recorder.wait(SourceChanged, lambda one: one.source.state is SourceState.SEARCHED)


if __name__ == "__main__":
    _victim(*map(Path, sys.argv[1:]))
