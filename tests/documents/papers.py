"""PDFs written by hand, and scans of them: pages drawn as pictures, with dirt and a little askew."""

import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pypdfium2 as pdfium
from PIL import Image

A4 = (595, 842)
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
LETTER = [
    "Dear Ms Halvorsen,",
    "the court held on 12 March 2024 that the lease of the flat in",
    "Harbour Street 7 ended with the notice of the landlord. The",
    "tenant owes the rent of EUR 1,450.00 for the month of April",
    "and the costs of the repair, which were estimated at EUR 310.",
    "We ask you to pay within two weeks to the account that you",
    "know. If you think that this letter is wrong, then write to us",
    "or call the number above between nine and twelve.",
    "",
    "Yours sincerely",
    "A. Solicitor",
]
BRIEF = [
    "Sehr geehrte Frau Müller,",
    "das Gericht hat am 12. März 2024 entschieden, dass der Vertrag",
    "über die Wohnung mit der Kündigung des Vermieters endet. Die",
    "Mieterin schuldet die Miete für den Monat April und die Kosten",
    "der Reparatur, die auf 310 Euro geschätzt wurden. Wir bitten Sie,",
    "den Betrag auf das Konto zu überweisen, das Sie von uns kennen.",
    "Wenn Sie nicht mit dem Schreiben einverstanden sind, dann rufen",
    "Sie an oder schreiben Sie uns, wir sind von neun bis zwölf da.",
]


@dataclass
class Sheet:
    """A page to be written."""

    content: bytes = b""
    size: tuple[float, float] = A4
    extra: str = ""
    """More entries of the page, such as /Rotate 90."""
    image: Image.Image | None = None
    """Named /Im in the content."""
    objects: list[bytes] = field(default_factory=list)
    """More objects; @0, @1 in `extra` stand for them."""


def text(lines: Sequence[str], *, size: float = 12, left: float = 60, top: float = 780, mode: int = 0) -> bytes:
    """Write lines one under the other; mode 3 is invisible."""
    parts = [f"BT {mode} Tr /F1 {size} Tf {size * 1.5} TL {left} {top} Td".encode()]
    for line in lines:
        escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        parts.append(b"(" + escaped.encode("cp1252") + b") '")
    return b"\n".join([*parts, b"ET\n"])


def pdf(sheets: Sequence[Sheet], *, catalog: str = "", info: str = "", objects: Sequence[bytes] = ()) -> bytes:
    """Write a PDF; @a, @b … in `catalog` stand for `objects`."""
    bodies: list[bytes] = [
        b"",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]

    def add(body: bytes) -> int:
        bodies.append(body)
        return len(bodies)

    kids = []
    for sheet in sheets:
        content = add(stream(sheet.content))
        resources = "/Font << /F1 3 0 R >>"
        if sheet.image is not None:
            resources += f" /XObject << /Im {add(picture(sheet.image))} 0 R >>"
        extra = sheet.extra
        for number, body in enumerate(sheet.objects):
            extra = extra.replace(f"@{number}", f"{add(body)} 0 R")
        width, height = sheet.size
        kids.append(add(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {content} 0 R"
            f" /Resources << {resources} >> {extra} >>".encode()
        ))  # fmt: skip
    for name, body in zip("abcdefgh", objects, strict=False):
        catalog = catalog.replace(f"@{name}", f"{add(body)} 0 R")
    about = add(f"<< {info} >>".encode())
    bodies[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()
    bodies[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode())
    out.write(b"".join(f"{place:010d} 00000 n \n".encode() for place in places))
    trailer = f"trailer << /Size {len(bodies) + 1} /Root 1 0 R /Info {about} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    out.write(trailer.encode())
    return out.getvalue()


def stream(data: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(data)
    return f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>\nstream\n".encode() + packed + b"\nendstream"


def picture(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.convert("L").save(data, "JPEG", quality=70)
    head = f"<< /Type /XObject /Subtype /Image /Width {image.width} /Height {image.height} /ColorSpace /DeviceGray"
    head += f" /BitsPerComponent 8 /Filter /DCTDecode /Length {data.tell()} >>\nstream\n"
    return head.encode() + data.getvalue() + b"\nendstream"


def scan(lines: Sequence[str], *, size: float = 13, dots: int = 200, askew: float = 0.7, turn: int = 0) -> Image.Image:
    """Draw a page as a scanner would see it; `turn` is in degrees to the left."""
    with pdfium.PdfDocument(pdf([Sheet(text(lines, size=size))])) as document:
        drawn = document[0].render(scale=dots / 72, grayscale=True).to_numpy()
    image = Image.fromarray(drawn.reshape(drawn.shape[:2])).rotate(askew, Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.default_rng(5).normal(0, 12, (image.height, image.width))
    dirty = np.clip(np.asarray(image) * 0.94 + noise, 0, 255).astype(np.uint8)
    return Image.fromarray(dirty).rotate(turn, expand=True)


def scanned(image: Image.Image, *, content: bytes = b"", dots: int = 200) -> Sheet:
    """Put a picture on a page of its size, and something on top of it."""
    width, height = image.width * 72 / dots, image.height * 72 / dots
    return Sheet(f"q {width} 0 0 {height} 0 0 cm /Im Do Q\n".encode() + content, (width, height), image=image)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()
