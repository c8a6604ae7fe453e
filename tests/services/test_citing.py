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


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "The tenant may keep one cat in the flat.",
            "The tenant may not keep one cat in the flat [1].",
        ),
        (
            "The tenant may not keep a cat in the flat.",
            "The tenant may keep a cat in the flat [1].",
        ),
        (
            "Notice must be given in writing at least 3 months before the end of a quarter.",
            "Notice must be given in writing at least 3 years before the end of a quarter [1].",
        ),
        (
            "Notice must be given in writing at least 3 months before the end of a quarter.",
            "Notice must be given in writing at most 3 months after the end of a quarter [1].",
        ),
        (
            "Mr Brunner pays 500 euros each month. Mr Maier pays 700 euros each month.",
            "Mr Maier pays 500 euros each month [1].",
        ),
        (
            "Mr Brunner pays 500 euros each month. Mr Maier pays 700 euros each month.",
            "Mr Brunner pays 700 euros and Mr Maier 500 euros each month [1].",
        ),
        (
            "The landlord pays for repairs of the heating.",
            "The tenant pays for repairs of the heating [1].",
        ),
        (
            "The interest rate is 12 percent.",
            "The interest rate is 12 euros [1].",
        ),
        (
            "The contract was signed on 12 April 2024. It ends in March 2025.",
            "The contract was signed on 12 March 2024 [1].",
        ),
        (
            "The contract was signed on 2024-04-03.",
            "The contract was signed on 2024-03-04 [1].",
        ),
        (
            "The contract was signed on 03/04/2024.",
            "The contract was signed on 04/03/2024 [1].",
        ),
        (
            "The result was -5 degrees.",
            "The result was 5 degrees [1].",
        ),
        (
            "Die Mieterin Frau Brunner darf in der Wohnung eine Katze halten.",
            "Die Mieterin Frau Maier darf in der Wohnung eine Katze halten [1].",
        ),
        (
            "Die Mieterin darf in der Wohnung keine Katze halten.",
            "Die Mieterin darf in der Wohnung eine Katze halten [1].",
        ),
        (
            "Der Vermieter zahlt die Reparatur der Heizung.",
            "Der Mieter zahlt die Reparatur der Heizung [1].",
        ),
        (
            "Le locataire ne peut pas sous-louer l'appartement.",
            "Le locataire peut sous-louer l'appartement [1].",
        ),
        (
            "Die Frist beträgt 3 Monate.",
            "Die Frist beträgt 3 Wochen [1].",
        ),
        (
            "田中は家賃を毎月25日までに支払うものとする。",
            "佐藤は家賃を毎月25日までに支払う[1]。",
        ),
        (
            "賃借人は犬を飼うことができない。",
            "賃借人は犬を飼うことができる[1]。",
        ),
        (
            "The test was negative for hepatitis B.",
            "The test was positive for hepatitis B [1].",
        ),
        (
            "The fee is 57 euros a year.",
            "The fee is 5, 7 euros a year [1].",
        ),
        (
            "Revenue rose by 12 million euros in 2023.",
            "Revenue fell by 12 million euros in 2023 [1].",
        ),
        (
            "Revenue rose by 12 million euros in 2023.",
            "Revenue rose by 12 billion euros in 2023 [1].",
        ),
        (
            "Section 5 governs rent. The deposit is 900 euros.",
            "The deposit is 5 euros [1].",
        ),
        (
            "The dose is 5 mg daily.",
            "The dose is 5 g daily [1].",
        ),
        (
            "The dose is 0.5 mg daily.",
            "The dose is 5 mg daily [1].",
        ),
    ],
)
def test_what_differs_in_a_word_or_a_figure_is_not_called_verified(source: str, sentence: str) -> None:
    assert one(sentence, FoundPart(AnswerMode.PASSAGES, (passage(1, source),))).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "The monthly rent is EUR 1,200.50 and is due on the third working day.",
            "The rent is €1,200.50 a month [1].",
        ),
        (
            "The contract was signed on 12 March 2024.",
            "The contract was signed on March 12, 2024 [1].",
        ),
        (
            "The contract was signed on 12 March 2024.",
            "The contract was signed on 2024-03-12 [1].",
        ),
        (
            "Der Vertrag wurde am 12.03.2024 unterschrieben.",
            "Der Vertrag wurde am 12. März 2024 unterschrieben [1].",
        ),
        (
            "The interest rate is 12%.",
            "The interest rate is 12 percent [1].",
        ),
        (
            "The interest rate is 12 percent.",
            "The interest rate is 12% [1].",
        ),
        (
            "Mr Brunner pays 500 euros each month. Mr Maier pays 700 euros each month.",
            "Mr Brunner pays 500 euros and Mr Maier 700 euros each month [1].",
        ),
        (
            "The tenant may not keep pets.",
            "The tenant is not allowed to keep pets [1].",
        ),
        (
            "The tenant may not keep pets.",
            "The tenant can't keep pets [1].",
        ),
        (
            "Die Miete beträgt EUR 500 monatlich.",
            "Die Miete beträgt monatlich 500 Euro [1].",
        ),
        (
            "家賃は毎月２５日までに支払う。",
            "家賃は毎月25日までに支払う[1]。",
        ),
    ],
)
def test_the_same_date_unit_or_figure_in_another_form_is_verified(source: str, sentence: str) -> None:
    assert one(sentence, FoundPart(AnswerMode.PASSAGES, (passage(1, source),))).verdict is Verdict.VERIFIED


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Berlin has 12.", Verdict.VERIFIED),
        ("Berlin has 12 and Hamburg 345.", Verdict.VERIFIED),
        ("Hamburg has 12.", Verdict.UNCITED),
        ("Berlin has 345 and Hamburg 12.", Verdict.UNCITED),
        ("Berlin has 12345.", Verdict.UNCITED),
        ("Berlin does not have 12.", Verdict.UNCITED),
    ],
)
def test_a_computed_value_belongs_to_its_row(sentence: str, verdict: Verdict) -> None:
    table = TablePart("select city, sum(a) from t1", (), ("city", "sum"), (("Berlin", 12), ("Hamburg", 345)), 2)

    assert [one.verdict for one in check(sentence, FoundPart(AnswerMode.TABLE), table).checks] == [verdict]


@pytest.mark.parametrize(
    "sentence",
    [
        "The deposit is EUR 1,200.50 [3].",
        "The deposit is EUR 1,200.50.",
        "The deposit is EUR 1,200.50 and is due each month [3].",
        "The deposit is EUR 1,200.50 and is due each month.",
    ],
)
def test_the_amount_of_one_thing_is_not_that_of_another_in_the_same_passage(sentence: str) -> None:
    found = FoundPart(AnswerMode.PASSAGES, (passage(3, f"{LEASE} The deposit amounts to 3,600 euros."),))

    assert one(sentence, found).verdict in (Verdict.NOT_FOUND, Verdict.UNCITED)


def test_an_amount_below_its_heading_is_that_of_the_heading() -> None:
    found = FoundPart(AnswerMode.PASSAGES, (passage(3, "Rent\n1,200 euros a month.\nDeposit\n3,600 euros once."),))

    assert one("The deposit is 3,600 euros [3].", found).verdict is Verdict.VERIFIED
