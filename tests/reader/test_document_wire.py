"""Pages as they come from the reader: built and held against their own text, never believed."""

import io
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.document_errors import ArchiveTooLarge, DocumentLocked, FormatTooOld
from desktop.core.documents import (
    Box,
    DocumentFacts,
    DocumentKind,
    DocumentWish,
    Enclosed,
    Heading,
    Page,
    Run,
    Table,
    Trouble,
)
from desktop.documents import bounds, extract
from desktop.reader import wire
from tests.documents import made
from tests.documents.reading import no_step

BOX = Box(0.1, 0.2, 0.3, 0.4)
TABLE = Table(0, 5, "Rent", ("Month", "Paid"), (("May", 12), ("June", 3.5), (None, True)), 3)
PAGE = Page(
    7, "words 😀", "vii", (Run(0, 5, BOX, 0.25),), (Heading(0, 5, 1),), (TABLE,), scanned=True, trouble=Trouble.UNSURE
)


@pytest.mark.parametrize(
    "reply",
    [
        PAGE,
        Page(1, ""),
        DocumentFacts(DocumentKind.EPUB, 0, "A title", "An author", "2024-03-14"),
        Enclosed("a.pdf", b"abc", last=True),
    ],
)
def test_pages_survive_the_pipe(reply: wire.Reply) -> None:
    assert wire.decode(wire.encode(reply)) == reply


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", b"<html><head><title>" + b"word " * 400 + b"</title></head><body><p>hello</p></body></html>"),
        ("mail.eml", b"Message-ID: <a@b>\nFrom: a@b\nSubject: " + b"word " * 300 + b"\n\nhello\n"),
        ("sums.xlsx", made.xlsx('<row r="1"><c r="A1"><v>1e999</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>')),
    ],
)
def test_an_odd_title_or_number_does_not_cost_the_document(name: str, data: bytes) -> None:
    for one in extract.read(io.BytesIO(data), name, DocumentWish(), no_step):
        kept = bounds.kept(one)
        assert wire.decode(wire.encode(kept)) == kept


@pytest.mark.parametrize("error", [
    DocumentLocked(name="a.pdf"), ArchiveTooLarge(name="b.docx"), FormatTooOld(name="c.doc", better="DOCX"),
])  # fmt: skip
def test_what_went_wrong_with_a_document_survives_the_pipe(error: Exception) -> None:
    assert isinstance(error, DocumentLocked | ArchiveTooLarge | FormatTooOld)
    back = wire.decode(wire.encode(wire.Failure(error)))
    assert isinstance(back, wire.Failure)
    assert str(back.error) == str(error)


def test_the_largest_page_of_a_scan_fits() -> None:
    runs = tuple(Run(at * 40, at * 40 + 39, Box(0.1, 0.1, 0.2, 0.2), 0.9) for at in range(10_000))
    page = Page(1, "😀" * 400_000, runs=runs)
    data = wire.encode(page)
    assert len(data) < wire.MAX_REPLY / 4
    assert wire.decode(data) == page


def changed(**values: object) -> tuple[object, ...]:
    """Return the page as it travels with some of it changed."""
    plain = pickle.loads(wire.encode(PAGE))
    names = ("tag", "number", "text", "label", "runs", "headings", "tables", "scanned", "trouble")
    return tuple(values.get(name, value) for name, value in zip(names, plain, strict=True))


def run(start: int, end: int, box: Box, confidence: float = 1.0) -> bytes:
    return pickle.loads(wire.encode(Page(1, "", runs=(Run(start, end, box, confidence),))))[4]


NAN, INFINITE = float("nan"), float("inf")


@pytest.mark.parametrize(
    "plain",
    [
        changed(number=0),
        changed(number=True),
        changed(number=-1),
        changed(text="x" * 400_001),
        changed(text="half \ud800"),
        changed(text=b"bytes"),
        changed(label=7),
        changed(runs=b"short"),
        changed(runs=[(0, 1)]),
        changed(runs=run(0, 8, BOX)),
        changed(runs=run(3, 2, BOX)),
        changed(runs=run(0, 1, Box(NAN, 0, 1, 1))),
        changed(runs=run(0, 1, Box(0, 0, INFINITE, 1))),
        changed(runs=run(0, 1, Box(-0.1, 0, 1, 1))),
        changed(runs=run(0, 1, Box(0.5, 0, 0.4, 1))),
        changed(runs=run(0, 1, BOX, NAN)),
        changed(runs=run(0, 1, BOX, 1.1)),
        changed(headings=((0, 9, 1),)),
        changed(headings=((0, 1, 0),)),
        changed(headings=((0, 1),)),
        changed(headings=[(0, 1, 1)]),
        changed(tables=((0, 5, "a", ("b",), ((NAN,),), 2),)),
        changed(tables=((0, 5, "a", ("b",), ((1 << 64,),), 2),)),
        changed(tables=((0, 5, "a", ("b",), ((b"x",),), 2),)),
        changed(tables=((0, 5, "a", ("b",), ([1],), 2),)),
        changed(tables=((0, 5, "a", (1,), (), 2),)),
        changed(tables=((0, 99, "a", ("b",), (), 2),)),
        changed(tables=((0, 5, "a", ("b",), (), -1),)),
        changed(scanned=1),
        changed(trouble="bored"),
        changed(trouble=None),
        (*changed(), 1),
        changed()[:-1],
        ("document", "PDF", -1, "", "", ""),
        ("document", "COBOL", 1, "", "", ""),
        ("document", "PDF", 1, "", "", None),
        ("document", "PDF", 1 << 40, "", "", ""),
        ("enclosed", "a", b"x" * (8 * 1024 * 1024 + 1), True),
        ("enclosed", "a", b"x", 1),
        ("enclosed", "a", "x", True),
    ],
    ids=lambda plain: repr(plain)[:60],
)
def test_nonsense_is_refused(plain: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        wire.decode(pickle.dumps(plain))


@given(st.binary(max_size=200))
def test_any_bytes_for_runs_are_runs_within_the_text_or_refused(data: bytes) -> None:
    try:
        page = wire.decode(pickle.dumps(changed(runs=data)))
    except pickle.UnpicklingError:
        return
    assert isinstance(page, Page)
    assert all(0 <= one.start <= one.end <= len(page.text) for one in page.runs)
