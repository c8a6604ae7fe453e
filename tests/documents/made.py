"""Documents made by hand, byte by byte where no library makes them."""

import io
import struct
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: Mapping[str, str | bytes], *, stored: bool = False) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def relations(*links: tuple[str, str, str]) -> str:
    lines = "".join(f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{part}"/>' for key, kind, part in links)
    return f'<Relationships xmlns="{RELATIONS}">{lines}</Relationships>'


def docx(body: str, **others: str) -> bytes:
    """A Word document; others are parts beside it: styles, numbering, footnotes, comments, header."""
    links = [(f"r{at}", kind, f"{kind}.xml") for at, kind in enumerate(others)]
    parts = {
        "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations(*links),
        **{f"word/{kind}.xml": content for kind, content in others.items()},
    }
    return packed(parts)


def paragraph(text: str, looks: str = "") -> str:
    return f"<w:p><w:pPr>{looks}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def xlsx(cells: str) -> bytes:
    """A workbook with one sheet whose rows are given as XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return packed(
        {
            "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Sums" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(("r1", "worksheet", "worksheets/sheet1.xml")),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
        }
    )


def epub(chapters: Mapping[str, str], *, encrypted: str = "") -> bytes:
    """A book; chapters are titles with their bodies, which the spine takes in this order."""
    items = "".join(
        f'<item id="c{at}" href="c%20{at}.xhtml" media-type="application/xhtml+xml"/>' for at in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(chapters)))
    nav = "".join(f'<li><a href="c%20{at}.xhtml#top">{title}</a></li>' for at, title in enumerate(chapters))
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<metadata><dc:title>A book</dc:title><dc:creator>Ann Author</dc:creator></metadata><manifest>"
        f'<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}</manifest>'
        f"<spine>{spine}</spine></package>",
        "OPS/nav.xhtml": f'<html xmlns="http://www.w3.org/1999/xhtml"><body><nav><ol>{nav}</ol></nav></body></html>',
    }
    for at in reversed(range(len(chapters))):  # the order in the file is not that of the book
        body = list(chapters.values())[at]
        parts[f"OPS/c {at}.xhtml"] = f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'
    if encrypted:
        parts["META-INF/encryption.xml"] = (
            '<encryption xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:EncryptedData>'
            f'<e:EncryptionMethod Algorithm="{encrypted}"/></e:EncryptedData></encryption>'
        )
    return packed(parts)


Storage = dict[str, "bytes | Storage"]


def compound(root: Storage) -> bytes:
    """A compound file (MS-CFB, version 3) with these streams and storages.

    Why streams are padded to 4,096 bytes: shorter ones would need a second table of small sectors. Readers of MSG
    take no harm from zeros at the end.
    """
    entries: list[bytes] = []
    sectors: list[bytes] = []
    fat: list[int] = []

    def put(data: bytes) -> int:
        data = data.ljust(4096, b"\0")
        start = len(sectors)
        count = -(-len(data) // 512)
        sectors.extend(data[at * 512 : (at + 1) * 512].ljust(512, b"\0") for at in range(count))
        fat.extend([*range(start + 1, start + count), 0xFFFFFFFE])
        return start

    def entry(name: str, kind: int, child: int, start: int, size: int) -> int:
        coded = name.encode("utf-16-le")
        entries.append(
            coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36) + struct.pack("<IQ", start, size)
        )  # fmt: skip
        return len(entries) - 1

    def tree(name: str, content: Storage, kind: int) -> int:
        own = entry(name, kind, 0xFFFFFFFF, 0xFFFFFFFE if kind == 5 else 0, 0)
        before = 0xFFFFFFFF
        for child, inner in sorted(content.items(), key=lambda one: (len(one[0]), one[0].upper()), reverse=True):
            if isinstance(inner, bytes):
                number = entry(child, 2, 0xFFFFFFFF, put(inner), max(4096, len(inner)))
            else:
                number = tree(child, inner, 1)
            entries[number] = entries[number][:72] + struct.pack("<I", before) + entries[number][76:]
            before = number
        entries[own] = entries[own][:76] + struct.pack("<I", before) + entries[own][80:]
        return own

    tree("Root Entry", root, 5)
    directory = put(b"".join(entries))
    tables = -(-(len(fat) + 8) // 128)
    first = len(sectors)
    fat += [0xFFFFFFFD] * tables
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(tables * 512, b"\xff")
    sectors += [table[at * 512 : (at + 1) * 512] for at in range(tables)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack(f"<{tables}I", *range(first, first + tables)).ljust(436, b"\xff")
    return head + b"".join(sectors)


def properties(header: int, texts: Mapping[int, str], binaries: Mapping[int, bytes] | None = None) -> Storage:
    """The streams of a message or an enclosure."""
    streams: Storage = {}
    listed = bytes(header)
    for which, text in texts.items():
        coded = text.encode("utf-16-le")
        streams[f"__substg1.0_{which:04X}001F"] = coded
        listed += struct.pack("<HHIII", 0x1F, which, 6, len(coded) + 2, 0)
    for which, data in (binaries or {}).items():
        streams[f"__substg1.0_{which:04X}0102"] = data
        listed += struct.pack("<HHIII", 0x102, which, 6, len(data), 0)
    streams["__properties_version1.0"] = listed
    return streams


def msg() -> bytes:
    """A message with a file and another message in it."""
    inner = properties(24, {0x37: "The older message", 0x1000: "Words of the older message.", 0x0C1A: "Carl"})
    return compound(
        {
            **properties(
                32,
                {
                    0x37: "Größen",
                    0x0C1A: "Jörg Müller",
                    0x5D01: "jm@example.org",
                    0x0E04: "Anna",
                    0x1000: "Grüße,\r\nJörg",
                },
            ),
            "__attach_version1.0_#00000000": properties(8, {0x3707: "notes.txt"}, {0x3701: b"12 pieces"}),
            "__attach_version1.0_#00000001": {**properties(8, {0x3001: "older"}), "__substg1.0_3701000D": inner},
        }
    )
