"""Dates in a text, however they are written: 12.03.2024, 2024-03-12, March 12 2024, 2024年3月12日. Pure.

Where day and month cannot be told apart, both readings are kept: 03/04/2024 is the third of April or the fourth of
March, and two texts that write so are compared in the same reading.
"""

import re
import unicodedata
from collections.abc import Iterator

from desktop.core.value import value

_NAMES = (
    "january januar janner jan janvier enero gennaio janeiro januari stycznia styczen",
    "february februar feber feb fevrier febrero febbraio fevereiro februari lutego luty",
    "march marz mrz maerz mar mars marzo marco maart marca marzec",
    "april apr avril abril aprile kwietnia kwiecien",
    "may mai mayo maggio maio mei maja maj",
    "june juni jun juin junio giugno junho czerwca czerwiec",
    "july juli jul juillet julio luglio julho lipca lipiec",
    "august aug aout agosto augustus sierpnia sierpien",
    "september sep sept septembre septiembre settembre setembro wrzesnia wrzesien",
    "october oktober okt oct octobre octubre ottobre outubro pazdziernika",
    "november nov novembre noviembre novembro listopada listopad",
    "december dezember dez dec decembre diciembre dicembre dezembro grudnia grudzien",
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_NAME = r"[^\W\d_]{3,13}\.?"
_OF = r"(?:\s+(?:of|de|del|di)\s+|\s+)"
_DATE = re.compile(
    r"(?<!\d)(?P<iso>\d{4})-(?P<iso_month>\d{1,2})-(?P<iso_day>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<wide>\d{4})\s*年\s*(?P<wide_month>\d{1,2})\s*月(?:\s*(?P<wide_day>\d{1,2})\s*日)?"
    r"|(?<![\d.])(?P<first>\d{1,2})(?P<mark>[./-])\s?(?P<second>\d{1,2})(?P=mark)\s?(?P<third>\d{4})(?!\d)"
    rf"|(?<![\d.,])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?{_OF}(?P<name>{_NAME})(?:,?{_OF}(?P<year>\d{{4}})(?!\d))?"
    rf"|(?<!\w)(?P<name2>{_NAME})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year2>\d{{4}})(?!\d)|(?![\d.,]*\d))"
    rf"|(?<!\w)(?P<name3>{_NAME}){_OF}(?P<year3>\d{{4}})(?!\d)"
)
Day = tuple[int, int, int]
"""Year, month, day; 0 where it is not said."""


@value
class Dated:
    """A date and where it stands."""

    start: int
    end: int
    day_first: Day
    month_first: Day
    """Another one only where it cannot be told."""


def dates(text: str) -> list[Dated]:
    """Return the dates of a text, in order."""
    return list(_found(text))


def stands(one: Dated, there: list[Dated]) -> bool:
    """Return whether a date is among others; what it leaves open may be anything."""
    return any(_same(one.day_first, other.day_first) or _same(one.month_first, other.month_first) for other in there)


def _same(one: Day, other: Day) -> bool:
    return all(mine in (0, theirs) for mine, theirs in zip(one, other, strict=True))


def _found(text: str) -> Iterator[Dated]:
    at = 0
    while (found := _DATE.search(text, at)) is not None:
        read = _read({name: part for name, part in found.groupdict().items() if part is not None})
        at = found.end() if read else found.start() + 1
        if read:
            yield Dated(found.start(), found.end(), *read)


def _read(parts: dict[str, str]) -> tuple[Day, Day] | None:
    if "third" in parts:
        first, second, year = int(parts["first"]), int(parts["second"]), int(parts["third"])
        european, american = (year, second, first), (year, first, second)
        if parts["mark"] == "." or first > 12:
            american = european
        elif second > 12:
            european = american
        return (european, american) if _is_day(european) else None
    if "iso" in parts or "wide" in parts:
        kind = "iso" if "iso" in parts else "wide"
        whole = (int(parts[kind]), int(parts[f"{kind}_month"]), int(parts.get(f"{kind}_day", 0)))
        return (whole, whole) if _is_day(whole) else None
    said = {name.rstrip("23"): part for name, part in parts.items()}
    month = MONTHS.get(_plain(said.get("name", "")), 0)
    if not month:
        return None
    day = (int(said.get("year", 0)), month, int(said.get("day", 0)))
    return (day, day) if _is_day(day) else None


def _is_day(day: Day) -> bool:
    return 1 <= day[1] <= 12 and 0 <= day[2] <= 31


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold().rstrip("."))
    return "".join(one for one in apart if not unicodedata.combining(one))
