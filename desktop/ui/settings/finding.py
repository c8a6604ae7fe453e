"""Finds settings by the words a person has for them. Pure."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of a setting. `also` holds other words for it, which are searched and never shown."""

    name: str
    sentence: str
    also: str = ""

    def match(self, query: str) -> bool:
        """Return whether each word of the query is part of what is said."""
        said = folded(f"{self.name} {self.sentence} {self.also}")
        return all(word in said for word in folded(query).split())


def folded(text: str) -> str:
    """Return the text without what a searcher may leave out: capitals and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
