"""Where sentences of plain text begin and end, in many scripts, and which language the letters point to."""

import pytest

from desktop.core.sentences import language_of, sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Dr. Weber met Prof. Sato in St. Gallen.",
        "J. R. R. Tolkien wrote it.",
        "It costs 3.50 euros, e.g. in Berlin.",
        "See Art. 6 Abs. 1 lit. b of the law.",
        "Am 3. Mai 2024 kam Dr. Klein, vgl. Nr. 7.",
        "The file is called report.final.txt today.",
        "He left etc. and came back.",
        "It was 5 p.m. when she called.",
        "The U.S. Supreme Court agreed.",
        "“Why?” he asked.",
        "Wait … what is it?",
        "1. The first point of the list.",
        "IV. The fourth part.",
    ],
)
def test_what_is_short_does_not_end_a_sentence(whole: str) -> None:
    assert split(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("He said “No.” Then he left.", ["He said “No.”", "Then he left."]),
        ("No. I will not. See No. 5 there.", ["No.", "I will not.", "See No. 5 there."]),
        ("It was in 2024. Then came more.", ["It was in 2024.", "Then came more."]),
        ("At 5 p.m. The door closed.", ["At 5 p.m.", "The door closed."]),
        ("A heading\nA line without a stop\n\nAnother", ["A heading", "A line without a stop", "Another"]),
        ("1. First\n2. Second one. And more.", ["1. First", "2. Second one.", "And more."]),
        ("See section 4. The rest is in 5. Done.", ["See section 4.", "The rest is in 5.", "Done."]),
        ("Strange?! Yes.", ["Strange?!", "Yes."]),
        ("今日は晴れです。明日は雨でしょう！本当ですか？", ["今日は晴れです。", "明日は雨でしょう！", "本当ですか？"]),
        ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
        ("كيف حالك؟ أنا بخير. شكرا", ["كيف حالك؟", "أنا بخير.", "شكرا"]),
        ("שלום עולם. מה שלומך? טוב.", ["שלום עולם.", "מה שלומך?", "טוב."]),
        ("यह एक वाक्य है। यह दूसरा है।", ["यह एक वाक्य है।", "यह दूसरा है।"]),
        ("Τι κάνεις; Καλά είμαι.", ["Τι κάνεις;", "Καλά είμαι."]),
        ("One part; Another part.", ["One part; Another part."]),
        ("Это раз. Проф. Иванов пришёл.", ["Это раз.", "Проф. Иванов пришёл."]),
        ("* * *\n—\nWords.", ["Words."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_hears_it(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Plain words, also with é and ß.", ""),
        ("12 + 5", ""),
        ("Привет, мир", "ru"),
        ("Γειά σου κόσμε", "el"),
        ("שלום עולם", "he"),
        ("مرحبا بالعالم", "ar"),
        ("नमस्ते दुनिया", "hi"),
        ("안녕하세요 세계", "ko"),
        ("日本語の文章を読みます", "ja"),
        ("这是一个句子", "zh"),
        ("请使用 Word 打开这个文件", "zh"),
        ("The word привет means hello", ""),
    ],
)
def test_language_is_guessed_by_the_letters(text: str, language: str) -> None:
    assert language_of(text) == language
