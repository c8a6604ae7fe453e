"""Sheets of any size, with formulas and gaps; sheets that are kept as text."""

import pytest

from desktop.core.documents import ROWS_A_PAGE, Cell, DocumentKind, Trouble
from desktop.documents import columns
from tests.documents import made
from tests.documents.reading import read


def rows(count: int, first: int = 1) -> str:
    return "".join(
        f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>Name {at}</t></is></c><c r="B{at}"><v>{at}</v></c></row>'
        for at in range(first, first + count)
    )


HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Sum</t></is></c></row>'
)


def test_a_large_sheet_comes_in_portions_with_one_header() -> None:
    found = read(made.xlsx(HEADER + rows(1200, 2)), "a.xlsx")
    assert [page.label for page in found.pages] == [
        "Sums, rows 2–501", "Sums, rows 502–1001", "Sums, rows 1002–1201"
    ]  # fmt: skip
    assert [table.first_row for table in found.tables] == [2, 502, 1002]
    assert {(table.name, table.columns) for table in found.tables} == {("Sums", ("Name", "Sum"))}
    assert sum(row[1] for table in found.tables for row in table.rows if isinstance(row[1], int)) == sum(range(2, 1202))
    assert all(text.startswith("Name | Sum\nName ") for text in found.table_texts())
    assert len(found.tables[0].rows) == ROWS_A_PAGE


def test_a_sheet_without_header_has_letters() -> None:
    (table,) = read(made.xlsx(rows(3)), "a.xlsx").tables
    assert (table.columns, table.first_row, table.rows[0]) == (("A", "B"), 1, ("Name 1", 1))


def test_a_wide_gap_ends_a_portion_and_rows_keep_their_numbers() -> None:
    found = read(made.xlsx(HEADER + rows(2, 2) + rows(2, 100)), "a.xlsx")
    assert [page.label for page in found.pages] == ["Sums, rows 2–3", "Sums, rows 100–101"]


def test_formulas_that_were_never_calculated_and_errors_are_shown() -> None:
    cells = (
        HEADER + rows(2, 2) + '<row r="4"><c r="A4" t="inlineStr"><is><t>All</t></is></c>'
        '<c r="B4"><f>SUM(B2:B3)&amp;""</f><v/></c></row><row r="5"><c r="A5" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="B5"><f>B2*2</f><v>4</v></c></row>'
    )
    (table,) = read(made.xlsx(cells), "a.xlsx").tables
    assert table.rows[2:] == (("All", '=SUM(B2:B3)&""'), ("#DIV/0!", 4))


def test_a_sheet_that_spans_more_than_memory_holds_is_refused() -> None:
    from desktop.core.document_errors import ArchiveTooLarge

    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(ArchiveTooLarge):
        read(made.xlsx(far), "a.xlsx")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_found_out(delimiter: str) -> None:
    lines = [["Name", "Town", "Sum"], ["Müller, Jörg", "Köln", "12"], ["Anna", '"The ""Hut"""', "7"]]
    text = "\n".join(delimiter.join(f'"{cell}"' if "," in cell else cell for cell in line) for line in lines)
    found = read(text.encode(), "towns.csv")
    assert found.facts.kind is (DocumentKind.TSV if delimiter == "\t" else DocumentKind.CSV)
    (table,) = found.tables
    assert (table.name, table.columns) == ("towns", ("Name", "Town", "Sum"))
    assert table.rows == (("Müller, Jörg", "Köln", 12), ("Anna", 'The "Hut"', 7))


def test_decimal_commas_read_as_numbers_and_show_as_they_are_written() -> None:
    text = "Datum;PLZ;Betrag\n31.12.2023;01067;1.234,50\n01.02.2024;50667;-7,25\n".encode("cp1252")
    found = read(text, "konto.csv")
    (table,) = found.tables
    assert table.rows == (("2023-12-31", "01067", 1234.5), ("2024-02-01", "50667", -7.25))
    assert "31.12.2023 | 01067 | 1.234,50" in found.text


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"1,234", "5,678"}, "1,234"),  # thousands or decimals: nobody can tell
        ({"1.234"}, "1.234"),
        ({"1,5", "1,234"}, 1.234),
        ({"1,234.50", "7"}, 1234.0),
        ({"1,234", "n/a"}, "1,234"),
        ({"0,125", "1,234"}, 1.234),
    ],
)
def test_a_comma_is_taken_for_what_it_is_only_beyond_doubt(values: set[str], expected: Cell) -> None:
    text = "1.234" if values == {"1.234"} else "1,234"
    assert columns.reading(values)(text) == expected


def test_dates_with_slashes_are_read_when_a_day_tells_their_order() -> None:
    assert columns.reading({"03/04/2023", "25/12/2023"})("03/04/2023") == "2023-04-03"
    assert columns.reading({"03/04/2023", "12/25/2023"})("03/04/2023") == "2023-03-04"
    assert columns.reading({"03/04/2023", "05/06/2023"})("03/04/2023") == "03/04/2023"


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows() -> None:
    lines = ["Name,Sum", '12" pipe,5', 'Open,"7', *(f"Row {at},{at}" for at in range(2000))]
    found = read("\n".join(lines).encode(), "a.csv")
    assert all(f"Row {at} | {at}" in found.text for at in (0, 1000, 1999))


def test_a_single_line_of_many_megabytes_is_cut_and_says_so() -> None:
    found = read(b"cell," * 2_000_000, "a.csv")
    assert found.pages
    assert all(page.trouble is Trouble.CUT for page in found.pages)


def test_sheets_that_banks_call_xls_are_read_as_what_they_are() -> None:
    assert read(b"Day\tSum\nMonday\t5\n", "export.xls").facts.kind is DocumentKind.TSV
    html = b"<table><tr><td>Day</td><td>Sum</td></tr><tr><td>Monday</td><td>5</td></tr></table>"
    found = read(html, "export.xls")
    assert found.facts.kind is DocumentKind.HTML
    assert found.table_texts() == ["Day | Sum\nMonday | 5"]
