"""PDFs: what is written on a page, where it stands, what the file says of itself, and what lies in it."""

import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from desktop.core.document_errors import DocumentLocked
from desktop.core.documents import Box, DocumentFacts, DocumentKind, DocumentWish, Enclosed, Page, Trouble
from desktop.core.errors import AppError, Cancelled, FileDamaged, FileNotRecognised
from desktop.documents import extract, pdf_file
from tests.documents import papers as made
from tests.documents.paper_reading import no_step, pages, read
from tests.documents.papers import LETTER, Sheet, pdf, stream, text

FOLDER = Path(__file__).parent
LEASE = (FOLDER / "lease.pdf").read_bytes()
LOCKED = (FOLDER / "locked.pdf").read_bytes()


def inside(box: Box) -> bool:
    return 0 <= box.left < box.right <= 1 and 0 <= box.top < box.bottom <= 1


def test_a_letter_comes_with_its_facts_its_headings_and_a_box_for_every_line() -> None:
    facts, first, second, third = read(LEASE)
    assert facts == DocumentFacts(
        DocumentKind.PDF, 3, "Lease of the flat in Harbour Street", "A. Solicitor", "2026-11-24T21:01:07Z"
    )
    assert isinstance(first, Page)
    assert "The rent\nis EUR 1,450.00 a month, payable on the third day of" in first.text
    assert [(first.text[one.start : one.end], one.level) for one in first.headings] == [
        ("Lease Agreement", 1), ("1 Parties and premises", 1), ("1.1 Inventory", 2),
    ]  # fmt: skip
    for page in (first, second, third):
        assert isinstance(page, Page)
        assert page.trouble is None
        assert not page.scanned
        ends = [0, *(run.end for run in page.runs)]
        assert all(end <= run.start < run.end for end, run in zip(ends, page.runs, strict=False))
        assert all(inside(run.box) for run in page.runs)
        assert "\r" not in page.text


def test_words_broken_at_the_end_of_a_line_are_whole() -> None:
    words = " ".join(page.text for page in pages(LEASE)).split()
    assert "representative" in words
    assert "Notwithstanding" in words
    assert not any("\x02" in word or "\ufffe" in word or word.startswith("sentative") for word in words)


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["the argu-", "ment holds"], "the argument holds"),
        (["born in Villingen-", "Schwenningen"], "born in Villingen-Schwenningen"),
        (["case 2024-", "17 of today"], "case 2024-17 of today"),
        (["a long-term plan and a long-", "term view"], "a long-term plan and a long-term view"),
    ],
)
def test_a_hyphen_that_belongs_to_the_word_stays(lines: list[str], whole: str) -> None:
    assert pages(pdf([Sheet(text(lines))]))[0].text.replace("\n", "") == whole


def test_headings_that_the_outline_names_have_its_levels() -> None:
    sheets = [Sheet(text(["Introduction", *LETTER])), Sheet(text(["2.1 Costs of the repair", *LETTER]))]
    outline = (
        b"<< /Type /Outlines /First 13 0 R /Last 13 0 R >>",
        b"<< /Title (1. Introduction) /Dest [5 0 R /Fit] /First 14 0 R /Last 14 0 R /Parent 12 0 R >>",
        b"<< /Title (Costs of the repair) /Dest [7 0 R /Fit] /Parent 13 0 R /Next 14 0 R >>",
    )
    data = pdf(sheets, catalog="/Outlines @a /Unused [@b @c]", objects=outline)
    places = [data.index(one) for one in outline]
    numbers = [data[:place].rsplit(b" 0 obj", 1)[0].rsplit(b"\n", 1)[1] for place in places]
    for old, new in zip((b"12 0", b"13 0", b"14 0"), numbers, strict=True):
        data = data.replace(old + b" R", new.rjust(2) + b" 0 R")
    first, second = pages(data)
    assert [(first.text[one.start : one.end], one.level) for one in first.headings] == [("Introduction", 1)]
    assert [(second.text[one.start : one.end], one.level) for one in second.headings] == [
        ("2.1 Costs of the repair", 2)
    ]


def test_a_table_of_contents_is_text_and_holds_no_headings() -> None:
    lines = [f"{number} Chapter {'. ' * 60}{number * 7}" for number in range(1, 30)]
    (page,) = pages(pdf([Sheet(text([*lines[:4]], size=20) + text(lines[4:], top=600))]))
    assert page.trouble is None
    assert not page.scanned
    assert page.headings == ()


def test_a_ruled_table_is_read_row_by_row_and_kept_as_one() -> None:
    page = pages(LEASE)[0]
    (table,) = page.tables
    assert table.columns == ("Item", "Quantity", "Unit price", "Total")
    assert table.rows[0] == ("Oak table", "2", "310.00", "620.00")
    assert len(table.rows) == 4
    assert page.text[table.start : table.end].splitlines()[-1] == "Delivery | 1 | 60.00 | 60.00"
    total = page.text.index("620.00")
    (run,) = [run for run in page.runs if run.start == total]
    assert run.box.left > 0.6, "a number has the box of its cell"


def test_lines_of_a_turned_page_stand_where_they_are_seen() -> None:
    lying = b"q 0 1 -1 0 595 0 cm " + text(LETTER, top=550) + b" Q"
    flat, turned = pages(pdf([Sheet(text(LETTER, top=550), size=(842, 595)), Sheet(lying, extra="/Rotate 90")]))
    assert turned.text == flat.text
    for a, b in zip(flat.runs, turned.runs, strict=True):
        assert (b.box.left, b.box.top) == pytest.approx((a.box.left, a.box.top), abs=1e-3)
        assert (b.box.right, b.box.bottom) == pytest.approx((a.box.right, a.box.bottom), abs=1e-3)


def test_boxes_follow_the_part_of_the_page_that_is_shown() -> None:
    whole, cut = pages(pdf([Sheet(text(LETTER)), Sheet(text(LETTER), extra="/CropBox [50 421 595 842]")]))
    assert cut.runs[0].box.top == pytest.approx(whole.runs[0].box.top * 2, abs=1e-3)


def test_page_labels_are_told_where_they_differ_from_the_number() -> None:
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>"
    assert [page.label for page in pages(pdf([Sheet()] * 4, catalog=labels))] == ["i", "ii", "1", "2"]
    assert [page.label for page in pages(pdf([Sheet()] * 2))] == ["", ""]


def test_a_locked_file_asks_for_its_password() -> None:
    for password in ("", "wrong", "münchen"):
        with pytest.raises(DocumentLocked, match="protected with a password"):
            read(LOCKED, wish=DocumentWish(password=password))
    assert "Environmental" in pages(LOCKED, wish=DocumentWish(password="harbour"))[0].text


def test_what_was_filled_into_a_form_is_read() -> None:
    form = Sheet(
        text(["Name of the taxpayer:"]),
        extra="/Annots [@0]",
        objects=[
            b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ingrid) /F 4 /Rect [200 760 400 790] /AP << /N "
            b"<< >> >> >>",
        ],
    )
    look = stream(
        b"/Tx BMC q BT /F1 12 Tf 2 8 Td (Ingrid Halvorsen) Tj ET Q EMC",
        "/Type /XObject /Subtype /Form /BBox [0 0 200 30] /Resources << /Font << /F1 3 0 R >> >>",
    )
    form.objects = [look, form.objects[0].replace(b"/N << >>", b"/N @look")]
    form.extra = "/Annots [@1]"
    data = pdf([form], catalog="/AcroForm << /Fields [] /DA (/F1 12 Tf) >>")
    number = data[: data.index(b"/Subtype /Form")].rsplit(b" 0 obj", 1)[0].rsplit(b"\n", 1)[1]
    data = data.replace(b"/N @look", b"/N " + number + b" 0 R")
    assert "Ingrid Halvorsen" in pages(data)[0].text


def test_files_that_lie_in_it_come_behind_the_pages() -> None:
    document = pdfium.PdfDocument.new()
    document.new_page(200, 200).close()
    document.new_attachment("invoice.xml").set_data(b"<invoice/>" * 1_000_000)
    data = io.BytesIO()
    document.save(data)
    document.close()
    found = read(data.getvalue())
    assert [type(one) for one in found] == [DocumentFacts, Page, Enclosed, Enclosed]
    parts = [one for one in found if isinstance(one, Enclosed)]
    assert b"".join(one.data for one in parts) == b"<invoice/>" * 1_000_000
    assert [(one.name, one.last) for one in parts] == [("invoice.xml", False), ("invoice.xml", True)]


def test_a_long_document_goes_on_at_the_page_it_was_left_at() -> None:
    data = pdf([Sheet(text([f"This is page {number}."])) for number in range(1, 501)])
    found = pages(data, wish=DocumentWish(first=400))
    assert [page.number for page in found] == list(range(400, 501))
    assert found[0].text == "This is page 400."
    assert [type(one) for one in read(data, wish=DocumentWish(first=501))] == [DocumentFacts]


def test_a_damaged_page_does_not_end_the_reading() -> None:
    data = pdf([Sheet(text([f"page {number}"])) for number in range(3)])
    second = data.index(b"/Type /Page ", data.index(b"/Type /Page ") + 1)
    data = data[:second] + b"/Type /Pxge " + data[second + 12 :]
    found = pages(data.replace(b"/Kids [5 0 R 7 0 R", b"/Kids [5 0 R 9999 0 R", 1))
    assert [page.number for page in found] == [1, 2, 3]
    assert found[2].text == "page 2"
    assert found[1].trouble is Trouble.DAMAGED or found[1].text == ""


def test_a_made_up_number_of_pages_is_damage() -> None:
    data = pdf([Sheet(text(["one"]))]).replace(b"/Count 1 ", b"/Count 1000000 ")
    found = []
    with pytest.raises(FileDamaged):
        found.extend(extract.read(io.BytesIO(data), "a.pdf", DocumentWish(), no_step))
    assert len(found) < 300


@pytest.mark.parametrize("length", [0, 3, 100, len(LEASE) // 3])
def test_a_cut_or_garbled_file_is_damaged(length: int) -> None:
    with pytest.raises((FileDamaged, FileNotRecognised)):
        read(LEASE[:length])
    with pytest.raises(FileDamaged):
        read(b"%PDF-1.7\n" + bytes(range(256)) * 20)


def test_forms_within_themselves_and_pages_within_themselves_end() -> None:
    looped = stream(b"/X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>")
    data = pdf([Sheet(b"/X Do " + text(["all the same"]), extra="/Unused @0", objects=[looped])])
    assert b"5 0 obj\n" + looped in data
    (page,) = pages(data.replace(b"/Font << ", b"/XObject << /X 5 0 R >> /Font << ", 1))
    assert page.text == "all the same"
    assert len(pages(pdf([Sheet()]).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"))) <= 1


def test_a_page_of_five_metres_is_read_and_its_boxes_fit() -> None:
    (page,) = pages(pdf([Sheet(text(LETTER), size=(14_400, 14_400))]))
    assert page.text.startswith("Dear Ms Halvorsen,")
    assert all(inside(run.box) for run in page.runs)


@pytest.mark.parametrize("size", [(0, 0), (1e-30, 1e30), (3e38, 3e38), (-500, 700)])
def test_a_page_of_an_impossible_size_is_a_page_all_the_same(size: tuple[float, float]) -> None:
    scan = made.scanned(Image.new("L", (40, 40), 90))
    scan.size = size
    odd, sound = pages(pdf([scan, Sheet(text(LETTER))]))
    assert odd.number == 1
    assert sound.text.startswith("Dear Ms Halvorsen,")


def test_more_text_than_is_taken_is_cut_and_says_so() -> None:
    lines = ["and so it goes on and on, in the smallest letters, to the very end of the page"] * 6_000
    (page,) = pages(pdf([Sheet(text(lines, size=0.05))]))
    assert page.trouble is Trouble.CUT
    assert len(page.text) <= 400_000
    assert page.runs[-1].end <= len(page.text)


def test_characters_outside_the_first_plane_are_one() -> None:
    cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> " \
           b"endcodespacerange 1 beginbfchar <41> <D83DDE00> endbfchar endcmap end end"  # fmt: skip
    data = pdf([Sheet(b"BT /F2 12 Tf 60 700 Td (A) Tj ET", objects=[stream(cmap)], extra="/Mark @0")])
    number = data[data.index(b"/Mark ") + 6 :].split()[0]
    font = b"/Font << /F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode " + number + b" 0 R >> "
    assert pages(data.replace(b"/Font << ", font, 1))[0].text == "\U0001f600"


def test_a_stop_between_pages_is_obeyed() -> None:
    def stop(done: int, total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(extract.read(io.BytesIO(LEASE), "a.pdf", DocumentWish(), stop))


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("D:20240314093000+01'00'", "2024-03-14T09:30:00+01:00"),
        ("D:20240314093000Z", "2024-03-14T09:30:00Z"),
        ("D:2024", "2024-01-01"),
        ("20240314", "2024-03-14"),
        ("D:20249914", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates_are_told_as_iso(told: str, date: str) -> None:
    assert pdf_file.iso_date(told) == date


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(LEASE) - 1), st.binary(min_size=1, max_size=40))
def test_damaged_bytes_never_raise_anything_else(place: int, bytes_: bytes) -> None:
    damaged = LEASE[:place] + bytes_ + LEASE[place + len(bytes_) :]
    try:
        for one in extract.read(io.BytesIO(damaged), "a.pdf", DocumentWish(), no_step):
            assert not isinstance(one, Page) or all(run.end <= len(one.text) for run in one.runs)
    except AppError:
        pass
