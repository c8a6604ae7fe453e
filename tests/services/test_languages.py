"""The language of a text."""

import pytest

from desktop.services.languages import language


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("en", "The tenant shall pay the rent to the landlord on the first day of each month, and not later."),
        ("de", "Der Mieter hat die Miete an den Vermieter zu zahlen, und zwar nicht später als am ersten des Monats."),
        ("fr", "Le locataire doit payer le loyer au bailleur le premier jour de chaque mois, et pas plus tard."),
        ("es", "El arrendatario debe pagar la renta al arrendador el primer día de cada mes, y no más tarde."),
        ("it", "Il conduttore deve pagare il canone al locatore il primo giorno di ogni mese, e non più tardi."),
        ("pt", "O inquilino deve pagar a renda ao senhorio no primeiro dia de cada mês, e não mais tarde."),
        (
            "nl",
            "De huurder moet de huur aan de verhuurder betalen op de eerste dag van de maand, en niet later.",
        ),
        ("pl", "Najemca płaci czynsz w terminie do pierwszego dnia miesiąca i nie może się z tym spóźnić na dłużej."),
        ("ja", "賃借人は毎月一日までに賃料を支払わなければならない。"),
        ("zh", "承租人应当在每月第一天向出租人支付租金。"),
        ("ko", "임차인은 매월 1일까지 임대인에게 차임을 지급하여야 한다."),
        ("ru", "Арендатор обязан вносить плату до первого числа каждого месяца, и это важно для всех."),
        ("ar", "يجب على المستأجر دفع الإيجار في اليوم الأول من كل شهر."),
        ("he", "השוכר ישלם את דמי השכירות ביום הראשון של כל חודש."),
        ("", "12.5 34.1 99"),
        ("", ""),
        ("", "Miller GmbH 4711"),
        ("", "Орендар зобов'язаний сплачувати її щомісяця."),
    ],
)
def test_languages_are_told_apart(expected: str, text: str) -> None:
    assert language(text) == expected


def test_a_few_foreign_words_do_not_change_it() -> None:
    text = "The term 消費税 is used in the act, and it is explained there for those who do not know it."
    assert language(text) == "en"
