"""What the styles of a DOCX say of a paragraph: whether it is a heading, and to which list it belongs."""

from dataclasses import dataclass, field
from typing import ClassVar

from desktop.documents import trees

_DEEPEST = 9
_MOST_BASES = 20


@dataclass(frozen=True, slots=True)
class Style:
    """One style of paragraphs."""

    name: str = ""
    base: str = ""
    level: int = 0
    number: str = ""
    place: int = 0


@dataclass(slots=True)
class Styles:
    """All styles, by their ids."""

    by_id: dict[str, Style] = field(default_factory=dict)
    _headings: ClassVar[tuple[str, ...]] = ("heading ", "überschrift ", "titre ")

    @classmethod
    def of(cls, root: trees.Node | None) -> "Styles":
        """Read the part of a document that holds its styles."""
        styles = cls()
        for node in () if root is None else trees.children(root, "style"):
            looks = trees.first(node, "pPr")
            number, place = _list_in(looks)
            styles.by_id[trees.attribute(node, "styleId")] = Style(
                _value(node, "name").lower(), _value(node, "basedOn"), _outline(looks), number, place
            )
        return styles

    def level(self, paragraph: trees.Node) -> int:
        """Return the level of a heading, from 1; 0 for what is none."""
        looks = trees.first(paragraph, "pPr")
        own = _outline(looks)
        if own or looks is None:
            return own if own <= _DEEPEST else 0
        style_id = _value(looks, "pStyle")
        for style in self._chain(style_id):
            if style.name == "title":
                return 1
            if style.level:
                return style.level if style.level <= _DEEPEST else 0
            for start in self._headings:
                if style.name.startswith(start) and style.name[len(start) :].isdecimal():
                    return min(int(style.name[len(start) :][:2]), _DEEPEST)
        return 0

    def list_of(self, paragraph: trees.Node) -> tuple[str, int]:
        """Return the id of the list that a paragraph belongs to, and its level there; empty for none."""
        looks = trees.first(paragraph, "pPr")
        number, place = _list_in(looks)
        if number or looks is None:
            return ("" if number == "0" else number), place
        for style in self._chain(_value(looks, "pStyle")):
            if style.number:
                return ("" if style.number == "0" else style.number), style.place or place
        return "", 0

    def _chain(self, style_id: str) -> list[Style]:
        chain: list[Style] = []
        while (style := self.by_id.get(style_id)) and len(chain) < _MOST_BASES:
            chain.append(style)
            style_id = style.base
        return chain


def _outline(looks: trees.Node | None) -> int:
    """Level from 1; beyond the deepest it says: no heading, whatever the style."""
    said = _value(looks, "outlineLvl") if looks is not None else ""
    return min(int(said), _DEEPEST) + 1 if said.isdecimal() and len(said) < 4 else 0


def _list_in(looks: trees.Node | None) -> tuple[str, int]:
    listed = trees.first(looks, "numPr") if looks is not None else None
    if listed is None:
        return "", 0
    place = _value(listed, "ilvl")
    return _value(listed, "numId"), int(place) if place.isdecimal() and len(place) < 4 else 0


def _value(parent: trees.Node, child: str) -> str:
    node = trees.first(parent, child)
    return "" if node is None else trees.attribute(node, "val")
