"""What Word documents hold beside plain paragraphs."""

import pytest

from tests.documents import made
from tests.documents.reading import read

NUMBERS = f"""<w:numbering xmlns:w="{made.W}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""


def listed(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_changes_that_were_tracked_read_as_accepted() -> None:
    body = (
        f"<w:p>{run('The rent is ')}<w:del><w:r><w:delText>900</w:delText></w:r></w:del>"
        f"<w:ins>{run('1,200')}</w:ins>{run(' a month.')}</w:p>"
    )
    assert read(made.docx(body), "a.docx").text == "The rent is 1,200 a month."


def test_content_controls_fields_and_links_are_read() -> None:
    body = (
        f"<w:sdt><w:sdtContent><w:p>{run('Client: ')}<w:sdt><w:sdtContent>{run('Anna')}</w:sdtContent></w:sdt></w:p>"
        f"</w:sdtContent></w:sdt><w:p><w:hyperlink>{run('a link')}</w:hyperlink><w:r><w:instrText>DATE</w:instrText>"
        f"</w:r><w:fldSimple>{run(' of 1 May')}</w:fldSimple></w:p>"
    )
    assert read(made.docx(body), "a.docx").text == "Client: Anna\n\na link of 1 May"


def test_numbers_that_word_counts_stand_before_their_paragraphs() -> None:
    body = "".join(
        made.paragraph(text, looks)
        for text, looks in [
            ("Scope", listed(0) + '<w:outlineLvl w:val="0"/>'),
            ("Place", listed(1)),
            ("Time", listed(1)),
            ("summer", listed(2)),
            ("winter", listed(2)),
            ("Price", listed(0)),
            ("Rent", listed(1)),
        ]
    )
    found = read(made.docx(body, numbering=NUMBERS), "a.docx")
    assert [line.strip() for line in found.text.split("\n") if line] == [
        "1. Scope", "1.1 Place", "1.2 Time", "(a) summer", "(b) winter", "2. Price", "2.1 Rent"
    ]  # fmt: skip
    assert found.headings == [("1. Scope", 1)]


def test_notes_comments_headers_and_text_boxes_are_read() -> None:
    body = (
        f"<w:p>{run('The sum')}<w:r><w:footnoteReference w:id='2'/></w:r>{run(' is due.')}"
        "<w:r><w:commentReference w:id='5'/></w:r>"
        f"<w:r><w:txbxContent><w:p>{run('In a box')}</w:p></w:txbxContent></w:r></w:p>"
    )
    note = (
        f'<w:footnotes xmlns:w="{made.W}"><w:footnote w:id="2"><w:p>{run("See annex 3.")}</w:p></w:footnote>'
        "</w:footnotes>"
    )
    comment = f'<w:comments xmlns:w="{made.W}"><w:comment w:id="5"><w:p>{run("Really?")}</w:p></w:comment></w:comments>'
    header = f'<w:hdr xmlns:w="{made.W}"><w:p>{run("Law office Müller")}</w:p></w:hdr>'
    found = read(made.docx(body, footnotes=note, comments=comment, header=header), "a.docx")
    assert found.text.split("\n\n") == [
        "Law office Müller", "The sum is due.", "[Footnote: See annex 3.]", "[Comment: Really?]", "In a box"
    ]  # fmt: skip


def test_headings_are_known_by_their_styles_in_any_language() -> None:
    styles = f"""<w:styles xmlns:w="{made.W}">
    <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="Eigene"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style></w:styles>"""
    body = made.paragraph("Erstens", '<w:pStyle w:val="Eigene"/>') + made.paragraph("Text")
    found = read(made.docx(body, styles=styles), "a.docx")
    assert found.headings == [("Erstens", 1)]


def test_a_long_table_goes_on_with_its_header_repeated() -> None:
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    rows = "".join(
        f"<w:tr>{cell.format(run(f'Product number {at}'))}{cell.format(run('word ' * 20))}</w:tr>" for at in range(100)
    )
    head = f"<w:tr>{cell.format(run('Name'))}{cell.format(run('Words'))}</w:tr>"
    found = read(made.docx(f"<w:tbl>{head}{rows}</w:tbl>"), "a.docx")
    assert len(found.pages) > 2
    assert {table.columns for table in found.tables} == {("Name", "Words")}
    assert [row[0] for table in found.tables for row in table.rows] == [f"Product number {at}" for at in range(100)]
    first = 2
    for table, text in zip(found.tables, found.table_texts(), strict=True):
        assert table.first_row == first
        assert text.startswith("Name | Words\nProduct number")
        first += len(table.rows)


@pytest.mark.parametrize("first", [1, 2, 3])
def test_reading_goes_on_at_the_wished_page(first: int) -> None:
    from desktop.core.documents import DocumentWish

    body = "".join(made.paragraph(f"Paragraph {at}. " + "word " * 200) for at in range(20))
    all_pages = read(made.docx(body), "a.docx").pages
    assert read(made.docx(body), "a.docx", DocumentWish(first=first)).pages == all_pages[first - 1 :]
