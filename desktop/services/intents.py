"""What kind of answer a question asks for: one that is reckoned, or one that needs everything. Pure.

Words of the languages the app speaks. It only proposes: the person can always choose otherwise.
"""

import re

_RECKONS = re.compile(
    r"\b(sum|total|totals|average|mean|median|how (many|much)|count|number of|highest|lowest|largest|smallest|maximum|"
    r"minimum|per (month|year|customer)|most|least|percentage|"
    r"summe|gesamt\w*|durchschnitt\w*|wie ?viele?|anzahl|höchste\w*|niedrigste\w*|größte\w*|kleinste\w*|"
    r"total\w*|moyenne|combien|somme|maximal\w*|minimal\w*|"
    r"suma|promedio|cuánt[oa]s?|media|quant[oiae]|somma|totale|soma|média|quant[oa]s|"
    r"som|gemiddelde|hoeveel|suma|średnia|ile)\b|合計|平均|いくつ|何件|いくら|总|平均|多少|几|مجموع|متوسط|كم|סכום|ממוצע|כמה",
    re.IGNORECASE,
)
_EVERYTHING = re.compile(
    r"\b(all|every|each|list|how many|everything|complete|"
    r"alle\w*|jede\w*|sämtliche\w*|liste|auflist\w*|wie ?viele|"
    r"tous|toutes|chaque|liste[rz]?|combien|todos|todas|cada|lista|listar|cuánt[oa]s|"
    r"tutti|tutte|ogni|elenca\w*|quant[ie]|todos|todas|cada|quant[oa]s|"
    r"alle|elke|ieder\w*|hoeveel|wszystkie|wszystkich|każd\w*|wymień|ile)\b|すべて|全て|一覧|全部|所有|每|列出|جميع|كل|כל",
    re.IGNORECASE,
)


def reckons(question: str) -> bool:
    """Return whether a question asks for a number that has to be computed."""
    return _RECKONS.search(question) is not None


def wants_everything(question: str) -> bool:
    """Return whether a question can only be answered by who has read everything."""
    return _EVERYTHING.search(question) is not None
