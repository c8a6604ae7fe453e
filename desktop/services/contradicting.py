"""What in a statement speaks against a source that has nearly the same words: a "not", an opposite, a unit. Pure.

It is made to warn rather too often: a sentence that is called borne out and is not costs more than one that a person
has to read for herself.
"""

import re
from collections.abc import Sequence

from desktop.services import claims

_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t|"
    r"nicht|nichts|kein\w*|nie|niemals|niemand|ohne|weder|unzulassig|untersagt|verboten|"
    r"forbidden|prohibited|disallowed|"
    r"ne|n['’](?=\w)|pas|jamais|aucune?|sans|ni|non|"
    r"nunca|sin|ningun[ao]?|jamas|mai|senza|nessun\w*|nao|sem|nenhum\w*|"
    r"niet|geen|nooit|zonder|nie|bez|nigdy|zaden|zadna|ne|нет|не|ни|без|никогда)\b"
    r"|(?<![少危])ない|なかった|ません|なくて|ずに|せず|ならず|不可|禁止|[不没無无未非勿]"
    r"|\b(?:לא|אין|אינו|אינה|בלי|ללא)\b|\b(?:لا|لم|لن|ليس|ليست|غير|بدون)\b"
)
_PAIRS = (
    (r"tenants?|lessees?", r"landlords?|landlady|lessors?"),
    (r"buyers?|purchasers?", r"sellers?|vendors?"),
    (r"plaintiffs?|claimants?", r"defendants?|respondents?"),
    (r"employees?", r"employers?"),
    (r"lenders?|creditors?", r"borrowers?|debtors?"),
    (r"licensees?", r"licensors?"),
    (r"before|prior to", r"after|following"),
    (r"at least|minimum|no less than|not less than", r"at most|maximum|up to|no more than|not more than"),
    (r"more|higher|greater|above|over", r"less|lower|fewer|below|under"),
    (r"rose|rises?|risen|increas\w*|grew|grown|gain\w*|up", r"fell|falls?|fallen|decreas\w*|declin\w*|dropp?\w*|down"),
    (r"profits?|gains?", r"loss|losses"),
    (r"assets?", r"liabilit\w+"),
    (r"debit\w*", r"credit\w*"),
    (r"positive", r"negative"),
    (r"left", r"right"),
    (r"benign", r"malignant"),
    (r"hypertension|hypertensive", r"hypotension|hypotensive"),
    (r"hyperglyc\w*", r"hypoglyc\w*"),
    (r"accept\w*|approv\w*|granted", r"reject\w*|refus\w*|denied|dismiss\w*"),
    (r"valid", r"invalid|void"),
    (r"guilty", r"innocent|acquitted"),
    (r"included|including|inclusive", r"excluded|excluding|exclusive"),
    (r"first", r"last"),
    (r"gross", r"net"),
    (r"mieter\w*", r"vermieter\w*"),
    (r"kaufer\w*", r"verkaufer\w*"),
    (r"klager\w*", r"beklagte\w*"),
    (r"arbeitnehmer\w*", r"arbeitgeber\w*"),
    (r"glaubiger\w*", r"schuldner\w*"),
    (r"pachter\w*", r"verpachter\w*"),
    (r"mindestens|wenigstens", r"hochstens|maximal|bis zu"),
    (r"mehr|hoher\w*|uber", r"weniger|niedriger\w*|unter"),
    (r"gestiegen|stieg\w*|erhoh\w*|zunahm\w*", r"gesunken|sank\w*|gefallen|fiel\w*|verringer\w*|abnahm\w*"),
    (r"gewinn\w*", r"verlust\w*"),
    (r"positiv\w*", r"negativ\w*"),
    (r"links|linke\w*", r"rechts|rechte\w*"),
    (r"brutto\w*", r"netto\w*"),
    (r"gutartig\w*", r"bosartig\w*"),
    (r"locataires?|preneurs?", r"bailleurs?|bailleresses?|proprietaires?"),
    (r"acheteurs?|acheteuses?|acquereurs?", r"vendeurs?|vendeuses?"),
    (r"avant", r"apres"),
    (r"au moins", r"au plus"),
    (r"plus", r"moins"),
    (r"inquilin[oa]s?|arrendatari[oa]s?", r"arrendador\w*|propietari[oa]s?"),
    (r"comprador\w*", r"vendedor\w*"),
    (r"antes", r"despues|depois"),
    (r"conduttore|inquilin[oi]", r"locatore"),
    (r"prima", r"dopo"),
)
_OPPOSITES = tuple((re.compile(rf"\b(?:{one})\b"), re.compile(rf"\b(?:{other})\b")) for one, other in _PAIRS)
_WIDE_OPPOSITES = (
    ("賃借人", "賃貸人"), ("借主", "貸主"), ("買主", "売主"), ("原告", "被告"), ("債権者", "債務者"), ("以上", "以下"),
    ("陽性", "陰性"), ("増加", "減少"), ("买方", "卖方"), ("承租人", "出租人"), ("阳性", "阴性"), ("增加", "减少"),
)  # fmt: skip

_UNITS = {
    "day": r"days?|tage?n?|jours?|dias?|giorn[oi]|dag(?:en)?|dni|日間",
    "working day": r"(?:working|business) days?|werktage?n?|arbeitstage?n?|jours ouvr\w+|営業日",
    "week": r"weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|週間",
    "month": r"months?|monate?n?|mois|mes|meses|mes[ei]|maand(?:en)?|[かヶケ箇カ]月|个月",
    "year": r"years?|jahre?n?|ans?|annees?|anos?|ann[oi]|jaar|lat|年間",
    "hour": r"hours?|hrs?|h|stunden?|heures?|horas?|or[ae]|uur|時間",
    "minute": r"minutes?|mins?|minuten?|minutos?|minut[oi]|分間",
    "percent": r"%|percent|per cent|prozent|pour cent|por ciento|per cento|por cento|procent|パーセント",
    "euro": r"€|eur|euros?",
    "dollar": r"\$|us\$|usd|dollars?|dolares",
    "pound": r"£|gbp|pounds?|pfund",
    "franc": r"chf|sfr|francs?|franken",
    "yen": r"¥|jpy|yen|円",
    "mcg": r"µg|μg|mcg|ug|micrograms?|mikrogramm",
    "mg": r"mg|milligrams?|milligramm",
    "g": r"g|grams?|gramm|grammes?",
    "kg": r"kg|kilograms?|kilogramm|kilos?",
    "ml": r"ml|millilit(?:er|re)s?",
    "l": r"l|lit(?:er|re)s?|litros?",
    "mm": r"mm", "cm": r"cm", "m": r"m|met(?:er|re)s?", "km": r"km|kilomet(?:er|re)s?",
    "m2": r"m2|m²|sqm|square met(?:er|re)s?|quadratmeter", "mmol": r"mmol(?:/l)?",
}  # fmt: skip
_TIMES = {
    3: r"thousand|tausend|mille|mil|k|千",
    6: r"million(?:s|en|i)?|millones|milhoes|mio\.?|m(?= ?(?:€|eur|usd|\$))|百万",
    9: r"billions?|bn|milliarden?|milliards?|mrd\.?|miliardi|十億",
    4: r"万", 8: r"億|亿",
}  # fmt: skip
_END = r"(?![^\W\d_])"
_AFTER = [(name, re.compile(rf"[ \u00a0\u202f-]?(?:{words}){_END}")) for name, words in _UNITS.items()]
_AFTER.sort(key=lambda one: one[0] != "working day")
_BEFORE = [
    (name, re.compile(rf"(?:(?<![^\W\d_])|(?<=\$))(?:{_UNITS[name]})[ \u00a0\u202f]?$"))
    for name in ("euro", "dollar", "pound", "franc", "yen")
]
_MAGNITUDE = [(power, re.compile(rf"[ \u00a0\u202f]?(?:{words}){_END}")) for power, words in _TIMES.items()]
LONGEST_UNIT = 24
_JOINS = re.compile(r"\b(?:and|while|whereas|but|und|während|aber|et|y|e|mais)\b|;")


def negated(text: str) -> bool:
    """Return whether a text says that something is not so."""
    return _NEGATION.search(_plain(text)) is not None


def opposed(statement: str, source: str) -> tuple[str, ...]:
    """Return words of a statement in whose place a source has their opposite."""
    said, there = _plain(statement), _plain(source)
    wrong = []
    for pair in _OPPOSITES:
        for one, other in (pair, pair[::-1]):
            found = one.search(said)
            if found and not other.search(said) and other.search(there) and not one.search(there):
                wrong.append(found[0])
    for wide in _WIDE_OPPOSITES:
        wrong += [
            one
            for one, other in (wide, wide[::-1])
            if one in statement and other not in statement and other in source and one not in source
        ]
    return tuple(wrong)


def units(text: str) -> dict[str, set[tuple[int, str]]]:
    """Return for each number of a text, in one form, what it counts: the power of ten behind it, and its unit or ""."""
    plain = _plain(text)
    found: dict[str, set[tuple[int, str]]] = {}
    for start, end in claims.number_places(plain):
        written = plain[start:end]
        power, after = 0, plain[end : end + LONGEST_UNIT]
        for one, sign in _MAGNITUDE:
            if (match := sign.match(after)) is not None:
                power, after = one, after[match.end() :]
                break
        unit = "percent" if written.endswith("%") else _unit(after, plain[max(0, start - 8) : start])
        found.setdefault(claims.number(written).rstrip("%"), set()).add((power, unit))
    return found


def miscounted(statement: str, source: str) -> tuple[str, ...]:
    """Return numbers of a statement that a source has of other things: of weeks, not of months."""
    there = units(source)
    wrong = []
    for number, counted in units(statement).items():
        known = there.get(number)
        if known is not None and not all(any(_agree(one, other) for other in known) for one in counted):
            wrong.append(number)
    return tuple(wrong)


def misplaced(statement: str, lines: Sequence[str], beside: str) -> tuple[str, ...]:
    """Return numbers of a statement that a source has only in sentences about another thing, or about another name.

    Args:
        statement: without citations.
        lines: the sentences of the source.
        beside: what stands above all of them.
    """
    wrong: list[str] = []
    above, small = claims.words(beside), set(re.findall(r"[^\W\d_]+", " ".join(lines)))
    read = [(claims.numbers(line), claims.words(line), claims.names(line)) for line in lines]
    for clause in _clauses(statement):
        mine = frozenset(one for one in claims.names(clause) if one not in small)
        for start, end in claims.number_places(clause):
            number = claims.number(clause[start:end]).rstrip("%")
            there = [one for one in read if number in one[0]]
            if there and not any(_about(clause, statement, mine, words | above, names) for _, words, names in there):
                wrong.append(clause[start:end])
    return tuple(wrong)


def _about(clause: str, statement: str, mine: frozenset[str], words: frozenset[str], names: frozenset[str]) -> bool:
    told = claims.words(statement)
    if told and words and not told & words:
        return False
    others = names - mine
    return not mine or bool(mine & names) or not others or claims.is_german(clause)


def _clauses(statement: str) -> list[str]:
    """Return parts of a statement that each have a name of their own."""
    found: list[str] = []
    for part in _JOINS.split(statement):
        if found and not (claims.names(part) and any(letter.isdigit() for letter in found[-1])):
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


def _agree(one: tuple[int, str], other: tuple[int, str]) -> bool:
    return one[0] == other[0] and (not one[1] or not other[1] or one[1] == other[1])


def _unit(after: str, before: str) -> str:
    name = next((name for name, sign in _AFTER if sign.match(after)), "")
    return name or next((name for name, sign in _BEFORE if sign.search(before)), "")


def _plain(text: str) -> str:
    return claims.fold(text)
