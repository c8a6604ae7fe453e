"""Files made to harm: they are refused in plain words, or read as far as is safe."""

import io
import random
import struct
import zipfile
import zlib

import pytest

from desktop.core.document_errors import ArchiveTooLarge, DocumentEmpty, FormatTooOld, ProtectionUnknown
from desktop.core.documents import DocumentKind, DocumentWish, Page, Trouble
from desktop.core.errors import AppError, FileDamaged, FileNotRecognised, FileTooDemanding, FileTooLarge
from desktop.documents import extract, pages, probe
from tests.documents import made
from tests.documents.reading import FILES, no_step, read, read_file

ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9)
)


def document(prologue: str, body: str) -> bytes:
    return made.packed(
        {
            "_rels/.rels": made.relations(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": f'{prologue}<w:document xmlns:w="{made.W}"><w:body>{body}</w:body></w:document>',
        }
    )


def test_a_part_that_unpacks_to_gigabytes_is_refused() -> None:
    data = made.packed({"word/document.xml": b" " * 30_000_000})
    with pytest.raises(ArchiveTooLarge):
        read(data, "a.docx")


def test_ten_thousand_parts_are_refused() -> None:
    with pytest.raises(ArchiveTooLarge):
        read(made.packed({f"word/{at}": "" for at in range(10_001)}, stored=True), "a.docx")


def test_parts_that_lie_one_over_the_other_are_refused() -> None:
    data = bytearray(made.packed({"word/a": b"x" * 5_000, "word/b": b"y" * 5_000}, stored=True))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 10)
    with pytest.raises(FileDamaged):
        read(bytes(data), "a.docx")


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods"])
def test_a_part_that_is_larger_than_it_says_is_refused(name: str) -> None:
    """A spreadsheet library of its own unpacks until the end, whatever the list of contents says."""
    part = "xl/worksheets/sheet1.xml" if name == "a.xlsx" else "content.xml"
    data = bytearray(made.packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", part: b" " * 900_000}))
    if name == "a.xlsx":
        data = bytearray(made.xlsx("<row>" + " " * 900_000 + "</row>"))
    place = data.rindex(part.encode()) - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = struct.pack("<I", 1_000)
    data[place + 16 : place + 20] = struct.pack("<I", zlib.crc32(b" " * 1_000))
    with pytest.raises(AppError):
        read(bytes(data), name)


def test_an_archive_within_itself_is_never_unpacked_twice() -> None:
    data = made.packed({"word/document.xml": "no XML"})
    for _ in range(20):
        data = made.packed({"word/again.docx": data}, stored=True)
    with pytest.raises(FileDamaged):
        read(data, "a.docx")


def test_entities_are_not_resolved() -> None:
    laughs = document(f"{ENTITIES}]>", made.paragraph("&j;"))
    outside = document('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>', made.paragraph("&a;"))
    for data in (laughs, outside):
        with pytest.raises(FileDamaged):
            read(data, "a.docx")


def test_rich_text_that_would_take_minutes_is_refused_and_pictures_do_not_count() -> None:
    with pytest.raises(FileTooLarge):
        read(b"{\\rtf1 " + b"word " * 2_100_000 + b"}", "a.rtf")
    assert read(b"{\\rtf1 {\\pict " + b"0f" * 6_000_000 + b"}words}", "a.rtf").text == "words"


def test_a_tree_that_would_fill_the_memory_is_not_built() -> None:
    for data, name in ((document("", "<w:p/>" * 3_000_001), "a.docx"), (b"<html>" + b"<p>" * 1_000_001, "a.html")):
        with pytest.raises((FileTooDemanding, ArchiveTooLarge)):
            read(data, name)


def test_xml_that_nests_without_end_is_damaged_not_fatal() -> None:
    with pytest.raises(FileDamaged):
        read(document("", "<w:sdt>" * 100_000), "a.docx")


def test_links_that_lead_out_of_a_file_are_not_followed() -> None:
    data = made.docx(made.paragraph("Words"))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts["word/_rels/document.xml.rels"] = (
        made.relations(("r1", "header", "http://x.example/h.xml"), ("r2", "styles", "../../../etc/passwd"))
        .replace('Target="http', 'TargetMode="External" Target="http')
        .encode()
    )
    assert read(made.packed(parts), "a.docx").text == "Words"


def test_old_and_protected_files_are_named_for_what_they_are() -> None:
    with pytest.raises(FormatTooOld) as told:
        read_file("report.doc")
    assert "Save it as DOCX" in str(told.value)
    with pytest.raises(FormatTooOld):
        read(made.compound({"PowerPoint Document": b"x"}), "a.ppt")
    with pytest.raises(ProtectionUnknown):
        read(made.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "a.docx")
    manifest = {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>", "content.xml": b"\1\2"}
    with pytest.raises(ProtectionUnknown):
        read(made.packed({"mimetype": "application/vnd.oasis.opendocument.text", **manifest}), "a.odt")


@pytest.mark.parametrize("data", [b"\x7fELF" + bytes(500), b"MZ\x90\0" + bytes(range(32)) * 9, bytes(500)])
def test_what_is_no_document_is_not_read(data: bytes) -> None:
    with pytest.raises(FileNotRecognised):
        read(data, "a.txt")


def test_a_file_without_a_word_says_so() -> None:
    for data, name in ((b" \n\n ", "a.txt"), (b"", "a.csv"), (made.docx(""), "a.docx"), (made.xlsx(""), "a.xlsx")):
        with pytest.raises(DocumentEmpty):
            read(data, name)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n", "letter.txt", DocumentKind.PDF),
        (b"{\\rtf1 words}", "letter.doc", DocumentKind.RTF),
        (b"<!DOCTYPE html><p>x", "letter.txt", DocumentKind.HTML),
        (b"<!---->" * 500 + b"x", "letter.md", DocumentKind.MARKDOWN),
        (b"Received: from a\nFrom: b\nSubject: c\n\nwords", "letter.txt", DocumentKind.EML),
        (b"Subject: only a memo\n\nwords", "memo.txt", DocumentKind.TEXT),
        (b"\x89PNG\r\n\x1a\n", "letter.txt", DocumentKind.PICTURE),
        (b"words", "words.log", DocumentKind.TEXT),
        (b"words", "words.eml", DocumentKind.EML),
    ],
)
def test_a_kind_is_told_by_content_first(data: bytes, name: str, kind: DocumentKind) -> None:
    assert probe.kind_of(io.BytesIO(data), name) is kind


@pytest.mark.parametrize("name", ["report.docx", "report.odt", "sales.xlsx", "sales.ods", "talk.pptx", "sales.xls"])
def test_a_wrong_name_does_not_hide_what_a_file_is(name: str) -> None:
    with (FILES / name).open("rb") as file:
        assert probe.kind_of(file, "misnamed.txt") == name.rpartition(".")[2].upper()


def test_more_than_is_taken_in_is_cut_on_the_last_page() -> None:
    text = "x" * 1_000_000
    endless = (Page(number, text) for number in range(1, 1_000))
    found = list(pages.bounded(endless, DocumentWish(), no_step))
    assert len(found) == pages.MOST_TEXT // len(text)
    assert [page.trouble for page in found] == [None] * (len(found) - 1) + [Trouble.CUT]


def test_pages_before_the_damage_are_kept() -> None:
    with zipfile.ZipFile(FILES / "talk.pptx") as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts["ppt/slides/slide2.xml"] = b"<broken"
    found = read(made.packed(parts), "a.pptx")
    assert [(page.number, page.trouble) for page in found.pages] == [(1, None), (2, Trouble.DAMAGED)]


def mutant(seed: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut out, doubled, or the end cut off; in packed files inside a part as well."""
    data = bytearray(seed)
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randrange(1, 200)]
            case 2:
                data[at:at] = data[at : at + chance.randrange(1, 200)]
            case _:
                data[at : at + 4] = struct.pack("<I", chance.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000)))
        if len(data) < 8:
            break
    return bytes(data) if chance.random() > 0.05 else bytes(data[: chance.randrange(len(data) + 1)])


def packed_mutant(seed: bytes, chance: random.Random) -> bytes:
    """As `mutant`; mostly of what is packed, since a damaged checksum is all that is seen otherwise."""
    if chance.random() < 0.3:
        return mutant(seed, chance)
    with zipfile.ZipFile(io.BytesIO(seed)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    chosen = chance.choice([name for name, content in parts.items() if content])
    parts[chosen] = mutant(parts[chosen], chance)
    return made.packed(parts)


def seed_of(name: str) -> bytes:
    if name == "mail.eml":
        from tests.documents.test_letters import message

        mail = message()
        mail.add_alternative("<h1>Größen</h1><table><tr><td>a<td>b<tr><td>c<td>d</table>", subtype="html")
        mail.add_attachment(message("inner"))
        return mail.as_bytes()
    return made.msg() if name == "mail.msg" else (FILES / name).read_bytes()


def try_mutants(name: str, count: int, seed: int) -> dict[str, int]:
    """What became of so many mutants; anything but pages and told errors comes out."""
    chance, original = random.Random(seed), seed_of(name)
    outcomes: dict[str, int] = {}
    for _ in range(count):
        data = packed_mutant(original, chance) if original.startswith(b"PK") else mutant(original, chance)
        try:
            for found in extract.read(io.BytesIO(data), name, DocumentWish(), no_step):
                if isinstance(found, Page):
                    found.text.encode()
                    assert all(0 <= one.start <= one.end <= len(found.text) for one in (*found.headings, *found.tables))
            outcome = "read"
        except AppError as error:
            outcome = type(error).__name__
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return outcomes


@pytest.mark.parametrize(
    "name",
    ["report.docx", "sales.xlsx", "sales.xls", "sales.ods", "talk.pptx", "report.odt", "report.rtf", "report.html",
     "report.epub", "mail.eml", "mail.msg"],
)  # fmt: skip
def test_damaged_files_are_read_or_refused_in_plain_words(name: str) -> None:
    assert sum(try_mutants(name, 100, 1).values()) == 100
