"""One report, one sheet, one talk: whatever they were saved as, the same is read."""

import pytest

from desktop.core.documents import UNITS, DocumentKind, PageUnit
from tests.documents.reading import read_file

ROWS = (("Äpfel", "12", "3.50"), ("Brötchen", "250", "0.45"), ("日本茶", "7", "12.00"))


@pytest.mark.parametrize("ending", ["docx", "odt", "rtf", "html", "epub"])
def test_a_report_reads_the_same_in_every_format(ending: str) -> None:
    found = read_file(f"report.{ending}")
    assert found.facts.kind is DocumentKind(ending.upper())
    assert (found.facts.title, found.facts.author) == ("Annual report", "Jörg Müller")
    for words in ("Die Straße in Köln ist 12,5 km lang; naïve façade, žluťoučký kůň.", "売上は昨年より増えました。"):
        assert words in found.text
    assert "first point" in found.text.replace("• ", "").split("\n")
    (table,) = found.tables
    assert (table.columns, table.rows, table.first_row) == (("Product", "Amount", "Price"), ROWS, 2)
    assert found.table_texts() == [
        "Product | Amount | Price\nÄpfel | 12 | 3.50\nBrötchen | 250 | 0.45\n日本茶 | 7 | 12.00"
    ]
    assert found.pages[0].label == "Größen und Maße"
    if ending != "epub":  # LibreOffice writes no headings into an EPUB
        assert found.headings == [("Größen und Maße", 1), ("Sales by product", 2), ("日本語の概要", 1)]
        assert "• first point\n• second point" in found.text


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_sheet_reads_the_same_in_every_format(ending: str) -> None:
    found = read_file(f"sales.{ending}")
    assert found.facts.kind is DocumentKind(ending.upper())
    assert UNITS[found.facts.kind] is PageUnit.SHEET
    sales, notes = found.pages
    assert sales.label == "Verkäufe, rows 4–8"
    assert sales.text.startswith(
        "Sales of the year 2023\n\nProduct | Day | Amount | Price | Sum\nÄpfel | 2023-01-15 | 12"
    )
    (table,) = sales.tables
    assert (table.name, table.columns) == ("Verkäufe", ("Product", "Day", "Amount", "Price", "Sum"))
    assert table.rows[:3] == (
        ("Äpfel", "2023-01-15", 12, 3.5, 42),
        ("Brötchen", "2023-02-15", 250, 0.45, 112.5),
        ("日本茶", "2023-03-15", 7, 12, 84),
    )
    assert table.first_row == 4
    assert sales.text[table.start : table.end].splitlines()[0] == "Product | Day | Amount | Price | Sum"
    assert (notes.label, "kept out of sight" in notes.text) == ("Notes (hidden), row 1", True)


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_words_of_cells_merged_downwards_stand_in_every_row(ending: str) -> None:
    (table, _) = read_file(f"sales.{ending}").tables
    assert [row[:3] for row in table.rows[3:]] == [("merged", None, 1), ("merged", None, 2)]


@pytest.mark.parametrize("ending", ["pptx", "odp"])
def test_a_talk_reads_the_same_in_every_format(ending: str) -> None:
    found = read_file(f"talk.{ending}")
    assert (found.facts.kind, found.facts.pages, found.facts.title) == (DocumentKind(ending.upper()), 2, "Talk")
    first, second = found.pages
    assert first.text == "Größen und Maße\n\nQuarterly talk\n\nNotes: Say good morning first."
    assert (first.label, second.label) == ("Größen und Maße", "日本語の概要")
    assert found.headings == [("Größen und Maße", 1), ("日本語の概要", 1)]
    assert found.table_texts() == ["Product | Amount\nÄpfel | 12\nBrötchen | 250"]
    assert second.text.endswith("In a group")
