"""Messages: who, when, what about, the words, and all that was sent with them."""

from email.message import EmailMessage

import pytest

from desktop.core.document_errors import ProtectionUnknown
from desktop.core.documents import ENCLOSED_PIECE, UNITS, DocumentKind, PageUnit
from desktop.documents import letters
from tests.documents import made
from tests.documents.reading import read


def message(subject: str = "Größen", text: str = "Grüße,\nJörg\n") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Jörg Müller <jm@example.org>"
    mail["To"] = "Anna <anna@example.org>"
    mail["Date"] = "Tue, 05 Mar 2024 10:30:00 +0100"
    mail["Message-ID"] = "<1@example.org>"
    mail["Subject"] = subject
    mail.set_content(text)
    return mail


def test_a_message_is_one_page_with_its_head() -> None:
    found = read(message().as_bytes(), "a.eml")
    assert (found.facts.kind, UNITS[found.facts.kind]) == (DocumentKind.EML, PageUnit.MESSAGE)
    assert (found.facts.title, found.facts.author) == ("Größen", "Jörg Müller <jm@example.org>")
    assert found.facts.date == "2024-03-05T10:30:00+01:00"
    (page,) = found.pages
    assert page.label == "Größen"
    assert page.text == (
        "From: Jörg Müller <jm@example.org>\nTo: Anna <anna@example.org>\nDate: Tue, 05 Mar 2024 10:30:00 +0100\n"
        "Subject: Größen\n\nGrüße,\nJörg"
    )


def test_the_plain_words_are_preferred_and_html_alone_is_reduced() -> None:
    both = message()
    both.add_alternative("<p>Rich words</p>", subtype="html")
    assert "Rich words" not in read(both.as_bytes(), "a.eml").text
    rich = message()
    rich.set_content(
        '<h1>Bill</h1><img src="http://tracker.example/x.png"><script>alert(1)</script><p>Rich words</p>',
        subtype="html",
    )
    found = read(rich.as_bytes(), "a.eml")
    assert found.text.endswith("Subject: Größen\n\nBill\n\nRich words")
    assert found.headings == [("Bill", 1)]


def test_attachments_follow_in_pieces() -> None:
    mail = message()
    large = bytes(range(256)) * (ENCLOSED_PIECE // 256 + 1)
    mail.add_attachment(large, maintype="application", subtype="pdf", filename="Überweisung März.pdf")
    mail.add_attachment(b"a,b\n1,2\n", maintype="text", subtype="csv", filename="../../evil:name.csv")
    found = read(mail.as_bytes(), "a.eml")
    assert found.files() == {"Überweisung März.pdf": large, "evil_name.csv": b"a,b\n1,2\n"}
    assert [one.last for one in found.enclosed] == [False, True, True]
    assert max(len(one.data) for one in found.enclosed) <= ENCLOSED_PIECE
    assert "Attachments: Überweisung März.pdf, evil_name.csv" in found.text


def test_messages_within_messages_are_followed_so_deep_and_no_deeper() -> None:
    mail = message("level 0")
    for level in range(1, 9):
        outer = message(f"level {level}")
        outer.add_attachment(mail)
        mail = outer
    data, seen = mail.as_bytes(), []
    while data:
        found = read(data, "a.eml")
        seen.append(found.facts.title)
        data = next(iter(found.files().values()), b"")
    assert seen == [f"level {level}" for level in range(8, 8 - letters.DEEPEST - 1, -1)]
    assert "lies too deep" in found.text


def test_a_logo_in_the_words_is_no_attachment() -> None:
    mail = message()
    mail.add_alternative('<p>Hello</p><img src="cid:logo">', subtype="html")
    html = mail.get_payload()[1]
    html.add_related(b"\x89PNG" + bytes(500), maintype="image", subtype="png", cid="<logo>")
    assert not read(mail.as_bytes(), "a.eml").enclosed


def test_headers_and_words_in_old_encodings_are_read() -> None:
    data = (
        b"From: =?iso-8859-1?Q?J=F6rg?= <j@example.org>\r\nSubject: =?utf-8?B?R3LDtsOfZW4=?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=windows-1251\r\n\r\n" + "Договор".encode("cp1251")
    )
    assert read(data, "a.eml").text == "From: Jörg <j@example.org>\nSubject: Größen\n\nДоговор"


def test_an_encrypted_message_is_told() -> None:
    data = b"From: a@example.org\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\nAAAA\n"
    with pytest.raises(ProtectionUnknown):
        read(data, "a.eml")


def test_a_message_that_outlook_keeps_is_read_with_what_it_holds() -> None:
    found = read(made.msg(), "a.msg")
    assert (found.facts.kind, found.facts.title) == (DocumentKind.MSG, "Größen")
    assert found.text == (
        "From: Jörg Müller <jm@example.org>\nTo: Anna\nSubject: Größen\n"
        "Attachments: notes.txt, The older message.eml\n\nGrüße,\nJörg"
    )
    files = found.files()
    assert files["notes.txt"].rstrip(b"\0") == b"12 pieces"  # the file is padded by the test, see made.compound
    inner = read(files["The older message.eml"], "older.eml")
    assert inner.text == "From: Carl\nSubject: The older message\n\nWords of the older message."


def test_rich_text_that_outlook_packed_is_unpacked() -> None:
    from desktop.documents import compressed_rtf

    # the example of MS-OXRTFCP, 4.1.1
    data = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert compressed_rtf.unpacked(data) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
