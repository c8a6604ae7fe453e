"""Saved web pages, books, and rich text."""

import pytest

from desktop.core.document_errors import ProtectionUnknown
from desktop.core.documents import DocumentKind
from tests.documents import made
from tests.documents.reading import read


def test_what_a_browser_does_not_show_is_not_read() -> None:
    page = (
        "<html><head><title>Offer &amp; more</title><meta name=author content='Jörg'><style>p{}</style></head><body>"
        "<script>secret()</script><p hidden>unseen</p><div style='display: none'>unseen</div><p>Seen<!-- unseen -->"
        "</p><noscript>unseen</noscript><template>unseen</template><iframe src='http://x.example'>unseen</iframe>"
    )
    found = read(page.encode(), "a.html")
    assert (found.facts.title, found.facts.author, found.text) == ("Offer & more", "Jörg", "Seen")


def test_the_encoding_that_a_page_names_is_used() -> None:
    page = "<html><head><meta charset='windows-1251'></head><body>Привет, мир</body></html>"
    assert read(page.encode("cp1251"), "a.html").text == "Привет, мир"


def test_lists_breaks_and_preformatted_lines_keep_their_lines() -> None:
    page = "<html><ol><li>one<li>two<ul><li>inner</ul></ol><p>a<br>b\nc</p><pre>x\ny</pre></html>"
    assert read(page.encode(), "a.html").text == "1. one\n2. two\n  • inner\n\na\nb c\n\nx\ny"


def test_spans_are_laid_out_so_that_columns_stay_columns() -> None:
    page = (
        "<table><tr><th>Town<th>Street<th>Number</tr><tr><td rowspan=2>Köln<td>Ring<td>5</tr>"
        "<tr><td>Markt<td>7</tr><tr><td colspan=2>all<td>12</tr></table>"
    )
    (table,) = read(page.encode(), "a.html").tables
    assert table.columns == ("Town", "Street", "Number")
    assert table.rows == (("Köln", "Ring", "5"), ("Köln", "Markt", "7"), ("all", "", "12"))


def test_tables_that_lay_out_a_page_are_read_as_text() -> None:
    page = (
        "<table><tr><td><h1>News</h1></td><td>side</td></tr><tr><td><table><tr><td>a</td><td>b</td></tr>"
        "<tr><td>1</td><td>2</td></tr></table></td><td>below</td></tr></table>"
    )
    found = read(page.encode(), "a.html")
    assert found.headings == [("News", 1)]
    assert found.table_texts() == ["a | b\n1 | 2"]


def test_a_page_that_nests_without_end_is_read() -> None:
    found = read(b"<html><body>" + b"<div>" * 5_000 + b"deep" + b"<table>" * 500 + b"deeper", "a.html")
    assert "deep" in found.text


def test_a_book_is_read_in_the_order_of_its_chapters() -> None:
    chapters = {"The beginning": "<p>First words.</p>", "The end": "<h2>A heading</h2><p>Last words.</p>"}
    found = read(made.epub(chapters), "a.epub")
    assert (found.facts.kind, found.facts.title, found.facts.author) == (DocumentKind.EPUB, "A book", "Ann Author")
    assert [(page.label, page.text) for page in found.pages] == [
        ("The beginning", "First words."),
        ("The end", "A heading\n\nLast words."),
    ]


def test_a_book_that_may_only_be_read_elsewhere_is_told_and_fonts_do_not_matter() -> None:
    with pytest.raises(ProtectionUnknown):
        read(made.epub({"a": "b"}, encrypted="http://www.w3.org/2001/04/xmlenc#aes128-cbc"), "a.epub")
    assert read(made.epub({"a": "<p>b</p>"}, encrypted="http://www.idpf.org/2008/embedding"), "a.epub").text == "b"


def test_rich_text_as_word_writes_it_is_read() -> None:
    source = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
        r"{\stylesheet{\s1\outlinelevel0 heading 1;}{\s2 Body;}}"
        r"\pard\plain\s1\outlinelevel0{\listtext\pard\plain 1.\tab}Miete\par"
        r"\pard\plain\s2 Gr\'f6\'dfe {\f1\'cf\'f0\'e8} \u26085?{\footnote Siehe Anlage.}\par"
        r"{\*\generator unseen;}{\field{\*\fldinst HYPERLINK "
        r'"http://x.example"}{\fldrslt ein Link}}\par'
        r"\trowd\cellx1\cellx2\pard\intbl Art\cell Zahl\cell\row\trowd\cellx1\cellx2 Haus\cell 3\cell\row"
        r"\pard Ende\par}"
    )
    found = read(source.encode("cp1252"), "a.rtf")
    assert found.headings == [("1. Miete", 1)]
    for words in ("Größe При 日", "Siehe Anlage.", "ein Link", "Ende"):
        assert words in found.text
    assert "unseen" not in found.text
    assert found.table_texts() == ["Art | Zahl\nHaus | 3"]


def test_rich_text_that_breaks_off_says_so() -> None:
    from desktop.core.documents import Trouble
    from desktop.core.errors import FileDamaged

    (page,) = read(rb"{\rtf1 Kept words\par {\b and", "a.rtf").pages
    assert (page.text, page.trouble) == ("Kept words\n\nand", Trouble.DAMAGED)
    with pytest.raises(FileDamaged):
        read(rb"{\rtf1 {\fonttbl All words in a group that is never closed.}", "a.rtf")
