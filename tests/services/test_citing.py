"""What a person may rely on in a cited answer."""

import pytest

from desktop.core.coverage import SourceId
from desktop.core.grounding import AnswerMode, Check, FoundPart, FoundPassage, TablePart, Verdict
from desktop.services import claims
from desktop.services.citing import check

LEASE = (
    "The monthly rent is EUR 1,200.50 and is due on the third working day of each month. The tenant, Ms Adele Brunner, "
    "may keep one cat. Notice must be given in writing at least 3 months before the end of a quarter."
)
SCAN = "The deposit amounts to 3,600 euros and was paid on 12 March 2024."


def passage(number: int, text: str, *, scanned: bool = False, start: int = 100) -> FoundPassage:
    return FoundPassage(number, SourceId(number), f"{number}.pdf", 1, start, start + len(text), text, scanned=scanned)


FOUND = FoundPart(AnswerMode.PASSAGES, (passage(1, LEASE), passage(2, SCAN, scanned=True)))


def one(text: str, found: FoundPart = FOUND) -> Check:
    (only,) = check(text, found).checks
    return only


@pytest.mark.parametrize(
    "sentence",
    [
        "The monthly rent is 1,200.50 EUR [1].",
        "The rent of €1200.50 is due each month on the third working day. [1]",
        "Notice must be given in writing 3 months before the end of a quarter[1].",
        "Adele Brunner may keep a cat [1].",
    ],
)
def test_what_stands_in_the_cited_passage_is_verified(sentence: str) -> None:
    assert one(sentence).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("The monthly rent is 1,250.50 EUR [1].", "1,250.50"),
        ("Notice must be given in writing 6 months before the end of a quarter [1].", "6"),
        ("The tenant, Ms Clara Brunner, may keep one cat [1].", "Clara"),
    ],
)
def test_a_wrong_number_or_name_is_marked_and_named(sentence: str, missing: str) -> None:
    found = one(sentence)

    assert found.verdict is Verdict.NOT_FOUND
    assert missing in found.missing


def test_what_the_passage_says_nothing_of_is_marked() -> None:
    assert one("The landlord pays for repairs of the heating system [1].").verdict is Verdict.NOT_FOUND


def test_a_quote_is_cut_from_the_source_and_never_from_the_answer() -> None:
    quote = one("One cat is allowed for Adele Brunner, the tenant [1].").quotes[0]

    assert LEASE[quote.start - 100 : quote.end - 100] == quote.text
    assert "may keep one cat" in quote.text


def test_a_scan_is_never_called_verified() -> None:
    assert one("The deposit amounts to 3,600 euros [2].").verdict is Verdict.COMPARE


def test_a_number_that_is_no_source_is_not_borne_out_by_it() -> None:
    assert one("The landlord pays for repairs of the heating [7].").verdict is Verdict.NOT_FOUND


def test_a_statement_without_a_number_is_given_the_source_that_bears_it_out() -> None:
    found = one("Notice must be given in writing at least 3 months before the end of a quarter.")

    assert (found.verdict, found.numbers) == (Verdict.VERIFIED, (1,))


def test_a_statement_that_no_source_bears_out_is_marked_as_uncited() -> None:
    assert one("The landlord lives in Hamburg and owns eleven houses.").verdict is Verdict.UNCITED


def test_saying_that_it_is_not_there_and_small_talk_are_not_compared() -> None:
    assert check("That is not in your documents.", FOUND).checks == ()
    assert check("Yes.", FOUND).checks == ()


def test_every_sentence_is_compared_by_itself() -> None:
    text = "The rent is EUR 1,200.50 a month [1]. The deposit was 9,999 euros [2].\n- One cat may be kept [1]"

    found = check(text, FOUND).checks

    assert [one.verdict for one in found] == [Verdict.VERIFIED, Verdict.NOT_FOUND, Verdict.VERIFIED]
    assert text[found[1].start : found[1].end] == "The deposit was 9,999 euros [2]."


def test_german_and_japanese_are_compared_too() -> None:
    german = FoundPart(AnswerMode.PASSAGES, (passage(1, "Die Kündigungsfrist beträgt 3 Monate zum Quartalsende."),))
    japanese = FoundPart(AnswerMode.PASSAGES, (passage(1, "家賃は毎月25日までに支払うものとする。"),))

    assert one("Die Frist für die Kündigung beträgt 3 Monate [1].", german).verdict is Verdict.VERIFIED
    assert one("Die Kündigungsfrist beträgt 4 Monate [1].", german).verdict is Verdict.NOT_FOUND
    assert one("家賃は毎月25日までに支払う[1]。", japanese).verdict is Verdict.VERIFIED
    assert one("家賃は毎月28日までに支払う[1]。", japanese).verdict is Verdict.NOT_FOUND


def test_a_value_that_was_computed_is_verified_and_another_is_not() -> None:
    table = TablePart("select sum(amount) from sales", (), ("sum",), ((1234.5,),), 1)
    nothing = FoundPart(AnswerMode.TABLE)

    (right,) = check("The total is 1,234.50 euros.", nothing, table).checks
    (wrong,) = check("The total is 1,334.50 euros.", nothing, table).checks

    assert (right.verdict, wrong.verdict) == (Verdict.VERIFIED, Verdict.UNCITED)


@pytest.mark.parametrize(
    ("written", "plain"),
    [("1,200.50", "1200.5"), ("1.200,50", "1200.5"), ("1'200", "1200"), ("1 200 000", "1200000"), ("3.5", "3.5"),
     ("1,200", "1200"), ("0.50", "0.5"), ("007", "7"), ("-12", "-12"), ("12 %", "12%")],
)  # fmt: skip
def test_a_number_is_the_same_in_every_country(written: str, plain: str) -> None:
    assert claims.number(written) == plain


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("a [1].", (1,)), ("a [1, 2] b [3]", (1, 2, 3)), ("a [1–3]", (1, 2, 3)), ("a[2][2]", (2,)), ("x[i]", ())],
)
def test_all_ways_to_cite_are_understood(text: str, numbers: tuple[int, ...]) -> None:
    assert claims.cited(text) == numbers


def test_a_part_of_a_number_is_not_that_number_but_a_part_of_a_date_is() -> None:
    assert claims.numbers("1,200 on 12.03.2024, 5, 7 and 3 000") >= {"1200", "12", "3", "2024", "5", "7", "3000"}
    assert not {"200", "1", "0"} & claims.numbers("1,200 and 3 000")
