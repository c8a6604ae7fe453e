"""Plain text in any encoding, Markdown, and how texts are laid out in pages."""

import pytest

from desktop.core.documents import DocumentKind, DocumentWish
from desktop.documents import charset, pages
from desktop.documents.blocks import Chapter, Grid, Words
from tests.documents.reading import read

GERMAN = "Größe, Straße, Übermaß: 12,5 € für Äpfel und Brötchen – „sehr günstig“, sagte Jörg Müller aus Köln.\n" * 4
RUSSIAN = "Договор аренды нежилого помещения заключён между сторонами в городе Москве на срок один год.\n" * 4
JAPANESE = "契約書の内容について、両者は以下の通り合意した。賃料は毎月一日に支払うものとする。\n" * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"), (GERMAN, "utf-8-sig"), (GERMAN, "utf-16"), (GERMAN, "utf-16-le"), (GERMAN, "utf-16-be"),
        (GERMAN, "utf-32"), (GERMAN, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "shift-jis"),
        (JAPANESE, "euc-jp"), (JAPANESE, "utf-8"),
    ],
)  # fmt: skip
def test_text_is_read_in_whatever_encoding_it_is(text: str, encoding: str) -> None:
    assert read(text.encode(encoding), "a.txt").text == text.strip()


def test_the_languages_of_the_person_decide_between_sibling_encodings() -> None:
    polish = "Zażółć gęślą jaźń, łąka i źdźbło trawy w Łodzi są świeże.\n" * 4
    assert read(polish.encode("cp1250"), "a.txt", DocumentWish(languages=("pl",))).text == polish.strip()


def test_control_characters_and_halves_of_characters_are_left_out() -> None:
    assert read(b"a\0b\x07c\r\nd\re" + b" words" * 20, "a.txt").text.startswith("abc\nd\ne words")
    assert read(rb"{\rtf1 \u-10179?\u-8704? and \u-10179? alone}", "a.rtf").text == "\U0001f600 and \ufffd alone"


def test_a_line_end_between_two_pieces_is_one_line_end() -> None:
    import io

    data = b"x" * (charset.CHUNK - 1) + b"\r\ny"
    assert "".join(charset.pieces(io.BytesIO(data), "utf-8")).endswith("x\ny")


def test_a_line_of_many_megabytes_is_read_in_pages() -> None:
    found = read(b"word " * 1_000_000, "a.txt")
    assert max(len(page.text) for page in found.pages) <= pages.LONGEST
    assert found.text.count("word") == 1_000_000


def test_markdown_knows_headings_tables_and_what_only_looks_like_them() -> None:
    text = (
        "# Terms #\n\nSome *words*.\n\nPayment\n-------\n\n| Day | Sum |\n|:---|---:|\n| Monday | 5 |\n| Friday | 7 |\n"
        "\n```\n# no heading\n| a | b |\n|---|---|\n```\nend\n"
    )
    found = read(text.encode(), "a.md")
    assert found.facts.kind is DocumentKind.MARKDOWN
    assert found.headings == [("Terms", 1), ("Payment", 2)]
    assert found.table_texts() == ["Day | Sum\nMonday | 5\nFriday | 7"]
    assert "```\n# no heading\n| a | b |\n|---|---|\n```\nend" in found.text


def test_a_heading_begins_a_page_and_never_ends_one() -> None:
    blocks = []
    for at in range(40):
        blocks += [Words(f"Heading {at}", 1 + at % 2), Words("word " * 300)]
    found = list(pages.sections(blocks))
    assert len(found) > 5
    for page in found:
        assert page.text.startswith("Heading")
        assert page.label == page.text.split("\n")[0]
        assert page.headings[-1].end < len(page.text)
        assert len(page.text) <= pages.LONGEST
        assert all(page.text[one.start : one.end].startswith("Heading ") for one in page.headings)


def test_a_page_in_the_middle_bears_the_heading_above_it() -> None:
    found = list(pages.sections([Words("Terms", 1), *[Words("word " * 300)] * 10]))
    assert {page.label for page in found} == {"Terms"}


def test_chapters_begin_pages_of_their_own() -> None:
    found = list(pages.sections([Chapter("One"), Words("first"), Chapter("Two"), Words("second")]))
    assert [(page.number, page.label, page.text) for page in found] == [(1, "One", "first"), (2, "Two", "second")]


def test_a_table_that_only_lays_out_is_text() -> None:
    (page,) = pages.sections([Grid((("Street 5", "Cologne"),)), Grid((("a",), ("b",)))])
    assert not page.tables
    assert page.text == "Street 5\nCologne\n\na\n\nb"
