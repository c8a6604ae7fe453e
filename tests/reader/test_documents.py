"""Documents through the real reader process: pages, looks, what it keeps to, and what it gives up."""

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pypdfium2
import pytest

from desktop.core.document_errors import DocumentLocked
from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Page, PageWish, Trouble
from desktop.core.errors import (
    AppError,
    Cancelled,
    FileDamaged,
    FileNotRecognised,
    PageMissing,
    ReaderCrashed,
    ReaderHung,
)
from desktop.core.media import Progress, Source
from desktop.reader.documents import LocalDocumentReader
from desktop.reader.documents_on_demand import OnDemandDocumentReader
from desktop.reader.process import Patience
from tests.documents import papers as made
from tests.documents.papers import BRIEF, LETTER, Sheet, pdf, saved, scan, scanned, text
from tests.reader import scripted_worker

Make = Callable[..., Source]
ROOT = Path(__file__).resolve().parents[2]
LEASE = (ROOT / "tests" / "documents" / "lease.pdf").read_bytes()
LOCKED = (ROOT / "tests" / "documents" / "locked.pdf").read_bytes()
MEGABYTE = 1_000_000
MUTANTS = int(os.environ.get("INGLENOOK_MUTANTS", "150"))


@pytest.fixture
def documents() -> Iterator[LocalDocumentReader]:
    """The real one."""
    reader = LocalDocumentReader()
    yield reader
    reader.close()


def pages(reader: LocalDocumentReader, source: Source, wish: DocumentWish | None = None) -> list[Page]:
    return [one for one in reader.read(source, wish or DocumentWish()) if isinstance(one, Page)]


def test_written_and_scanned_pages_come_back_and_can_be_looked_at(documents: LocalDocumentReader, source: Make) -> None:
    found = [one for one in documents.read(source(LEASE, "lease.pdf"), DocumentWish()) if not isinstance(one, Progress)]
    assert isinstance(found[0], DocumentFacts)
    assert found[0].kind is DocumentKind.PDF
    assert [type(one) for one in found[1:]] == [Page] * 3
    (scan_,) = pages(documents, source(pdf([scanned(scan(LETTER))]), "scan.pdf"))
    assert "Harbour Street 7" in scan_.text
    assert scan_.trouble is None
    (picture,) = pages(documents, source(saved(scan(BRIEF), "JPEG", quality=80), "brief.jpg"))
    assert "überweisen" in picture.text
    look = documents.look(source(LEASE, "lease.pdf"), PageWish(2, 600))
    assert (look.width, len(look.rgb)) == (600, look.width * look.height * 3)
    with pytest.raises(PageMissing):
        documents.look(source(LEASE, "lease.pdf"), PageWish(4))


def test_a_sealed_document_is_unsealed_in_the_reader_alone(documents: LocalDocumentReader, tmp_path: Path) -> None:
    from desktop.sealed.reader import open_key
    from desktop.sealed.writer import SealedWriter

    path, vault = tmp_path / "sealed", os.urandom(32)
    with SealedWriter.create(path, vault) as writer:
        writer.write(LEASE)
    with path.open("rb") as file:
        sealed = Source(file, "lease.pdf", open_key(file, vault))
        assert pages(documents, sealed)[0].text.startswith("Lease Agreement")
        assert documents.look(sealed, PageWish(1, 200)).width == 200


def test_what_cannot_be_read_is_told(documents: LocalDocumentReader, source: Make) -> None:
    for data, error in ((LOCKED, DocumentLocked), (b"%PDF-1.7 no", FileDamaged), (b"\x00\x01\x02", FileNotRecognised)):
        with pytest.raises(error):
            pages(documents, source(data))
    assert pages(documents, source(LOCKED), DocumentWish(password="harbour"))[0].text


def test_a_long_document_is_read_in_little_memory_and_goes_on_where_it_was_left(
    documents: LocalDocumentReader, source: Make
) -> None:
    long = source(pdf([Sheet(text([f"Page {number}.", *LETTER])) for number in range(1, 2001)]), "long.pdf")
    numbers, sizes = [], []
    for one in documents.read(long, DocumentWish()):
        if isinstance(one, Page):
            numbers.append(one.number)
            if one.number in (200, 2000):
                assert documents.pid is not None
                sizes.append(psutil.Process(documents.pid).memory_info().rss)
    assert numbers == list(range(1, 2001))
    assert sizes[1] < 200 * MEGABYTE
    assert sizes[1] - sizes[0] < 60 * MEGABYTE
    reading = documents.read(long, DocumentWish(first=1_500))
    first = next(one for one in reading if isinstance(one, Page))
    assert (first.number, first.text[:10]) == (1_500, "Page 1500.")


def test_a_reader_that_dies_at_a_page_is_told_and_another_goes_on_there(
    documents: LocalDocumentReader, source: Make
) -> None:
    long = source(pdf([Sheet(text(LETTER * 3)) for _ in range(800)]), "long.pdf")
    numbers = []
    with pytest.raises(ReaderCrashed):  # noqa: PT012 - it dies while it is walked
        for one in documents.read(long, DocumentWish()):
            if isinstance(one, Page):
                numbers.append(one.number)
            if len(numbers) == 100:
                assert documents.pid is not None
                os.kill(documents.pid, signal.SIGKILL)
    rest = pages(documents, long, DocumentWish(first=numbers[-1] + 1))
    assert numbers + [page.number for page in rest] == list(range(1, 801))


def test_a_stop_is_obeyed_between_pages_and_within_one(documents: LocalDocumentReader, source: Make) -> None:
    long = source(pdf([scanned(scan(LETTER))] * 5), "scans.pdf")
    seen = []
    with pytest.raises(Cancelled):  # noqa: PT012 - it is stopped while it is walked
        for one in documents.read(long, DocumentWish()):
            seen.append(one)
            if isinstance(one, DocumentFacts):
                documents.cancel()
    assert sum(isinstance(one, Page) for one in seen) <= 1
    assert pages(documents, source(LEASE)), "and the next document is read"


def test_time_is_counted_page_by_page(source: Make) -> None:
    patient = Patience(page=1.5, page_silent=1.0, long=0.5, short=0.5, quitting=5.0)
    reader = LocalDocumentReader(scripted_worker.run, patient)
    try:
        assert len(pages(reader, source(b"", "slow-pages"))) == 8, "longer in all than one page may take"
        with pytest.raises(ReaderHung):
            pages(reader, source(b"", "chatter"))
        with pytest.raises(ReaderHung):
            pages(reader, source(b"", "hang"))
        with pytest.raises(ReaderCrashed):
            pages(reader, source(b"", "other"))
    finally:
        reader.close()


def test_a_page_of_a_million_strokes_ends(documents: LocalDocumentReader, source: Make) -> None:
    strokes = b"".join(b"%d %d m %d %d l S\n" % (at % 595, at % 842, at % 400, at % 300) for at in range(1_000_000))
    (page,) = pages(documents, source(pdf([Sheet(strokes + text(LETTER))]), "drawing.pdf"))
    assert page.text.startswith("Dear Ms Halvorsen,")
    assert page.tables == ()


def test_a_scan_of_five_metres_is_recognised_within_the_memory(documents: LocalDocumentReader, source: Make) -> None:
    sheet = scanned(scan(LETTER))
    sheet.size = (14_400, 14_400)
    sheet.content = b"q 14400 0 0 14400 0 0 cm /Im Do Q"
    (page,) = pages(documents, source(pdf([sheet]), "plan.pdf"))
    assert "landlord" in page.text


def test_pdfium_has_no_javascript_and_no_xfa() -> None:
    assert pypdfium2.PDFIUM_INFO.flags == ()


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_a_pdf_starts_nothing_opens_nothing_and_asks_no_host(tmp_path: Path) -> None:
    canary, folder, log = tmp_path / "canary.txt", tmp_path / "hostile", tmp_path / "log"
    canary.write_text("do not read")
    folder.mkdir()
    action = f"/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://192.0.2.1/'\\)) /Next [ << /S /Launch /F ({canary}) >> << /S /URI /URI (http://192.0.2.1/a) >> << /S /GoToR /F ({canary}) >> ] >>"  # noqa: E501 - one entry
    outside = made.stream(b"", f"/Type /XObject /Subtype /Image /Width 1 /Height 1 /F ({canary})")
    data = pdf(
        [Sheet(text(LETTER), extra="/AA @0", objects=[b"<< /O << /S /URI /URI (http://192.0.2.1/b) >> >>", outside])],
        catalog=action,
    )
    (folder / "hostile.pdf").write_bytes(data)
    (folder / "scan.pdf").write_bytes(pdf([scanned(scan(LETTER))]))
    watch = ("strace", "-f", "-qq", "-s", "300", "-e", "trace=open,openat,socket,connect,sendto,execve", "-o", log)
    done = subprocess.run(
        (*watch, sys.executable, "-c", CODE, folder),
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["hostile.pdf", "1", "scan.pdf", "1"]
    seen = log.read_text("utf-8", "replace")
    assert "eng.traineddata" in seen, "it watches what is opened"
    assert str(canary) not in seen
    assert "AF_INET" not in seen


CODE = """
import sys
from pathlib import Path
from desktop.core.documents import DocumentWish, Page, PageWish
from desktop.core.media import Source
from desktop.reader.documents import LocalDocumentReader
if __name__ == "__main__":
    reader = LocalDocumentReader()
    for path in sorted(Path(sys.argv[1]).iterdir()):
        with path.open("rb") as file:
            source = Source(file, path.name)
            reader.look(source, PageWish(1))
            print(path.name, sum(isinstance(one, Page) for one in reader.read(source, DocumentWish())))
    reader.close()
"""


def mutants(seeds: list[bytes]) -> Iterator[bytes]:
    """Yield damaged copies: bytes changed, cut out, doubled, or cut off."""
    choose = random.Random(11)
    for number in range(MUTANTS):
        data = bytearray(seeds[number % len(seeds)])
        for _ in range(choose.choice((1, 3, 30))):
            place = choose.randrange(len(data))
            match choose.randrange(4):
                case 0:
                    data[place] = choose.randrange(256)
                case 1:
                    del data[place : place + choose.choice((1, 20, 400))]
                case 2:
                    data[place:place] = data[place : place + choose.choice((1, 20, 400))]
                case _:
                    data[place : place + 8] = choose.choice((b"99999999", b"-1      ", b" 0 R 0 R", b"<<<<<<<<"))
            if len(data) < 2:
                break
        yield bytes(data[: choose.randrange(len(data))] if choose.random() < 0.1 and len(data) > 1 else data)


def test_damaged_documents_harm_nothing(documents: LocalDocumentReader, source: Make) -> None:
    ruled = b"".join(b"%d 100 m %d 300 l S 60 %d m 260 %d l S\n" % (x, x, x + 40, x + 40) for x in range(60, 280, 40))
    small = scan(LETTER).crop((100, 150, 900, 330))
    seeds = [
        LEASE,
        pdf([Sheet(ruled + text(LETTER)), Sheet(text(BRIEF), extra="/Rotate 90")]),
        pdf([scanned(small)]),
        saved(small, "PNG"),
        saved(small, "TIFF", save_all=True, append_images=[small]),
    ]
    read = failed = 0
    for data in mutants(seeds):
        try:
            found = pages(documents, source(data, "mutant"))
            assert all(page.trouble is None or page.trouble in Trouble for page in found)
            read += 1
        except AppError:
            failed += 1
    assert read + failed == MUTANTS
    assert read > MUTANTS / 10
    assert failed > MUTANTS / 10
    assert pages(documents, source(LEASE))[0].text.startswith("Lease Agreement")
    if MUTANTS > 150:
        print(f"{read} read, {failed} refused")


def test_the_reader_made_on_demand_is_the_same(source: Make) -> None:
    reader = OnDemandDocumentReader()
    reader.cancel()
    reader.close()
    found = [one for one in reader.read(source(LEASE), DocumentWish()) if isinstance(one, Page)]
    assert len(found) == 3
    assert reader.look(source(LEASE), PageWish(1, 100)).width == 100
    reader.close()
