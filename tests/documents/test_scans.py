"""Scans: pages that are pictures, read word by word, and pages that only look like it."""

import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Page, Trouble
from desktop.core.errors import FileDamaged
from desktop.core.paths import default_profile, resources
from desktop.documents import tessdata, tongues
from desktop.documents.ocr import Recogniser
from desktop.documents.sheet import Sheet
from tests.documents import papers as made
from tests.documents.paper_reading import pages, read
from tests.documents.papers import BRIEF, LETTER, pdf, saved, scan, scanned, text

OURS = resources() / "models" / "tessdata"


def recall(page: Page, lines: list[str]) -> float:
    """Return which share of the words was read rightly."""
    wanted = " ".join(lines).split()
    return sum(word in page.text.split() for word in wanted) / len(wanted)


def sheet(image: Image.Image) -> Sheet:
    return Sheet(np.asarray(image.convert("L")), 200)


def test_a_dirty_scan_a_little_askew_is_read_word_by_word() -> None:
    (page,) = pages(pdf([scanned(scan(LETTER))]))
    assert page.scanned
    assert page.trouble is None
    assert recall(page, LETTER) > 0.97
    assert "Harbour Street 7 ended" in page.text
    (run,) = [one for one in page.runs if page.text[one.start : one.end] == "1,450.00"]
    assert run.confidence > 0.8
    line = LETTER.index("tenant owes the rent of EUR 1,450.00 for the month of April")
    assert run.box.top == pytest.approx((842 - 780 + line * 19.5) / 842, abs=0.02)
    assert all(a.end <= b.start for a, b in zip(page.runs, page.runs[1:], strict=False))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_wrong_is_read_and_its_boxes_stay_with_it(turn: int) -> None:
    (page,) = pages(pdf([scanned(scan(LETTER, turn=turn))]))
    assert recall(page, LETTER) > 0.95
    first = page.runs[0].box
    across, down = (first.left + first.right) / 2, (first.top + first.bottom) / 2
    corner = {90: (across < 0.3, down > 0.7), 180: (across > 0.7, down > 0.7), 270: (across > 0.7, down < 0.3)}[turn]
    assert all(corner)


def test_each_page_of_a_mixed_file_is_read_as_it_needs() -> None:
    written, scan_, again = pages(pdf([made.Sheet(text(LETTER)), scanned(scan(LETTER)), made.Sheet(text(LETTER))]))
    assert [page.scanned for page in (written, scan_, again)] == [False, True, False]
    assert recall(scan_, LETTER) > 0.97
    assert all(run.confidence == 1.0 for run in written.runs)


def test_a_stamp_on_a_scan_does_not_hide_what_is_under_it() -> None:
    stamped = scanned(scan(LETTER), content=text(["Exhibit B-000123"], left=300, top=40))
    (page,) = pages(pdf([stamped]))
    assert page.scanned
    assert recall(page, LETTER) > 0.95
    assert "B-000123" in page.text


def test_a_sane_hidden_layer_is_believed_and_a_bad_one_is_not() -> None:
    corrected = [line.replace("1,450.00", "1,460.00") for line in LETTER]
    (page,) = pages(pdf([scanned(scan(LETTER), content=text(corrected, mode=3))]))
    assert "EUR 1,460.00" in page.text, "the layer, and not the picture"
    assert page.scanned
    noise = ["#%&/ ]]{{ ~~^^ =)( $$!! ;;:: <<>> ||\\\\ **++ &%/("] * 12
    garbled = [line.translate(str.maketrans("ethn", "cl1u")) for line in LETTER]
    for layer in (noise, garbled, ["7"]):
        (page,) = pages(pdf([scanned(scan(LETTER), content=text(layer, mode=3))]))
        assert recall(page, LETTER) > 0.95


def test_a_page_that_takes_too_long_is_given_up() -> None:
    reader = Recogniser(seconds=0.05)
    given_up = reader.read(sheet(scan(LETTER)), 1)
    assert (given_up.text, given_up.trouble) == ("", Trouble.TOO_LONG)
    reader.seconds = 40.0
    assert reader.read(sheet(scan(LETTER)), 2).trouble is None
    reader.close()


def test_a_page_whose_font_has_no_key_to_its_letters_is_read_from_its_look() -> None:
    shifted = "".join(f" <{ord(letter):02x}> <{(ord(letter) - 29) % 128:04x}>" for letter in map(chr, range(32, 127)))
    cmap = f"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 95 beginbfchar{shifted} endbfchar endcmap"
    data = pdf([made.Sheet(text(LETTER), objects=[made.stream(cmap.encode())], extra="/Mark @0")])
    number = data[data.index(b"/Mark ") + 6 :].split()[0]
    # as long as what it takes the place of, so that all places stay
    data = data.replace(b"/Encoding /WinAnsiEncoding >>", (b"/ToUnicode " + number + b" 0 R >>").ljust(29))
    (page,) = pages(data)
    assert recall(page, LETTER) > 0.95
    assert page.scanned


def test_the_language_is_found_by_its_little_words() -> None:
    (page,) = pages(pdf([scanned(scan(BRIEF))]))
    assert recall(page, BRIEF) > 0.95
    assert "überweisen" in page.text
    assert page.trouble is None
    assert tongues.guess("\n".join(BRIEF)) == "de"
    assert tongues.guess("\n".join(LETTER)) == "en"
    assert tongues.guess("Invoice 2024-17") == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Le locataire est tenu de payer le loyer et les charges dans les délais qui sont prévus par le contrat"),
        ("es", "El arrendatario se obliga a pagar la renta en los plazos que se indican en el contrato y no más tarde"),
        (
            "it",
            "Il conduttore è tenuto a pagare il canone nei termini che sono indicati nel contratto e non oltre",
        ),
        ("nl", "De huurder is verplicht om de huur te betalen op de dag die in het contract is genoemd en niet later"),
        ("da", "Lejeren har pligt til at betale huslejen på den dag der er nævnt i kontrakten og ikke senere end det"),
        (
            "pl",
            "Najemca jest zobowiązany do zapłaty czynszu w terminie, o którym mowa w umowie, i nie później",
        ),
        (
            "",
            "Kiracı, sözleşmede belirtilen gün kirayı ödemekle yükümlüdür ve daha geç ödeyemez; aksi halde faiz",
        ),
    ],
)
def test_neighbouring_languages_are_told_apart(language: str, words: str) -> None:
    assert tongues.guess(f"{words}. {words}.") == language


def test_another_script_is_found_by_how_badly_it_reads_and_takes_no_spaces() -> None:
    reader = Recogniser()
    (japanese,) = pages((Path(__file__).parent / "lease-ja.png").read_bytes(), "lease.png")
    assert "賃貸人の指定する銀行口座に振り込むものとする。" in japanese.text
    assert japanese.trouble is None
    shown = Image.open(Path(__file__).parent / "lease-ja.png")
    assert "二年間" in reader.read(sheet(shown), 1).text
    assert recall(reader.read(sheet(scan(LETTER)), 2), LETTER) > 0.95, "and back"
    reader.close()


def test_a_language_without_data_is_told(tmp_path: Path) -> None:
    (tmp_path / "eng.traineddata").symlink_to(OURS / "eng.traineddata")
    reader = Recogniser(places=(tmp_path,))
    page = reader.read(sheet(scan(BRIEF)), 1)
    reader.close()
    assert page.trouble is Trouble.NO_LANGUAGE
    assert "Gericht" in page.text
    wished = Recogniser(("de",), places=(tmp_path,))
    assert wished.read(sheet(scan(LETTER)), 1).trouble is Trouble.NO_LANGUAGE
    wished.close()


def test_without_any_data_a_scan_says_so_and_a_blank_sheet_is_just_blank(tmp_path: Path) -> None:
    reader = Recogniser(places=(tmp_path,))
    assert reader.read(sheet(scan(LETTER)), 1).trouble is Trouble.NO_RECOGNISER
    assert reader.read(sheet(Image.new("L", (800, 1000), 250)), 2).trouble is None
    (tmp_path / "eng.traineddata").write_bytes(b"no data")
    broken = Recogniser(places=(tmp_path,))
    assert broken.read(sheet(scan(LETTER)), 1).trouble is Trouble.NO_RECOGNISER
    assert broken.read(sheet(scan(LETTER)), 2).trouble is Trouble.NO_RECOGNISER


def test_a_blank_sheet_is_no_trouble_and_a_photograph_holds_no_words() -> None:
    blank, photo = pages(pdf([scanned(scan([])), scanned(photograph())]))
    assert (blank.text, blank.trouble) == ("", None)
    assert (photo.text, photo.trouble) == ("", Trouble.NO_WORDS)


def photograph() -> Image.Image:
    """Soft shapes, light and dark."""
    small = np.random.default_rng(3).integers(0, 255, (9, 7)).astype(np.uint8)
    return Image.fromarray(small).resize((900, 1200), Image.Resampling.BICUBIC)


def test_a_scan_that_can_hardly_be_read_says_so() -> None:
    tiny = scan(LETTER, dots=200).resize((310, 438), Image.Resampling.BILINEAR)
    (page,) = pages(pdf([scanned(tiny, dots=38)]))
    assert page.trouble in (Trouble.UNSURE, Trouble.NO_WORDS)


def test_pictures_are_documents_of_a_page_and_tiffs_of_many() -> None:
    facts, page = read(saved(scan(LETTER), "PNG"), "scan.png")
    assert facts == DocumentFacts(DocumentKind.PICTURE, 1)
    assert isinstance(page, Page)
    assert recall(page, LETTER) > 0.97
    tiff = saved(scan(LETTER), "TIFF", save_all=True, append_images=[scan([]), scan(BRIEF)])
    first, second, third = pages(tiff, "fax.tif")
    assert (first.number, second.text, third.number) == (1, "", 3)
    assert recall(third, BRIEF) > 0.95
    assert [one.number for one in pages(tiff, "fax.tif", DocumentWish(first=3))] == [3]


def test_small_letters_on_a_picture_of_the_screen_are_read() -> None:
    (page,) = pages(saved(scan(LETTER, dots=96, askew=0), "PNG"), "screen.png")
    assert recall(page, LETTER) > 0.95


def test_a_damaged_page_of_a_tiff_does_not_end_the_reading() -> None:
    tiff = saved(scan(LETTER), "TIFF", save_all=True, append_images=[scan(LETTER)], compression="tiff_lzw")
    found = pages(tiff[: len(tiff) * 3 // 4] + bytes(len(tiff) // 4), "fax.tif")
    assert found[0].trouble is None or found[-1].trouble is not None
    with pytest.raises(FileDamaged):
        read(b"\x89PNG\r\n\x1a\n" + bytes(100), "a.png")


def test_words_broken_at_the_end_of_a_line_of_a_scan_are_whole() -> None:
    lines = ["We write to you about the agree-", "ment of last year and its conse-", "quences for the tenant."]
    (page,) = pages(pdf([scanned(scan(lines))]))
    assert re.search(r"the agreement of last year and its consequences for", page.text)
    assert page.runs[-1].end == len(page.text)


def test_data_is_found_by_language_and_english_comes_first() -> None:
    assert next(iter(tessdata.found())) == "en"
    assert tessdata.found((OURS,))["de"].name == "deu.traineddata"
    assert tessdata.found((Path("nowhere"),)) == {}


def test_data_that_the_user_adds_is_found_too() -> None:
    folder = default_profile().models / "tessdata"
    folder.mkdir(parents=True)
    (folder / "vie.traineddata").write_bytes(b"data")
    assert tessdata.found(tessdata.folders()[:2])["vi"] == folder / "vie.traineddata"
