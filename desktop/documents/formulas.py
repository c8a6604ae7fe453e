"""What a spreadsheet library leaves out of an XLSX: formulas that were never calculated, and cells in error.

Programs that write sheets often store a formula without its result; such a cell would look empty. It is shown as its
formula instead. The parts are looked through as they are unpacked to be measured, so this costs no second pass.
"""

import html
import re
from dataclasses import dataclass, field

from desktop.core.errors import FileDamaged
from desktop.documents import ooxml, trees
from desktop.documents.archive import Archive

MOST = 20_000
"""Cells of a sheet that are looked up."""
MOST_CELLS = 20_000_000
"""The area that the cells of one sheet span: the library keeps all of it in memory, also what is empty."""
_CELL_END = b"</c>"
_LONGEST = 1024 * 1024
_PLACE = re.compile(rb"""<c\s[^>]{0,200}?\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_ROW = re.compile(rb"""<(?:\w{1,9}:)?row\s[^>]{0,200}?\br=["'](\d{1,7})["']""")
_COLUMN = re.compile(rb"""\sr=["']([A-Z]{1,3})\d""")
_FORMULA = re.compile(rb"<f(?:\s[^>]*+)?>([^<]*+)</f>")
_VALUE = re.compile(rb"<v>([^<]++)</v>")


@dataclass(slots=True)
class Sheet:
    """What was seen of one part."""

    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    """Row and column, counted from 0, to what stands in the cell."""
    columns: set[bytes] = field(default_factory=set)
    last_row: int = 0
    rest: bytes = b""

    @property
    def area(self) -> int:
        """How many cells it spans."""
        columns = [index(one) for one in self.columns]
        return self.last_row * (max(columns) - min(columns) + 1) if columns else 0

    def see(self, piece: bytes) -> None:
        """Look through the next piece of the part."""
        self.columns.update(_COLUMN.findall(piece))
        self.last_row = max(self.last_row, *map(int, _ROW.findall(piece)), 0)
        *cells, self.rest = (self.rest + piece).split(_CELL_END)
        self.rest = self.rest[-_LONGEST:]
        for cell in cells:
            if (b"<f" in cell or b't="e"' in cell) and len(self.cells) < MOST:
                self._keep(cell)

    def _keep(self, cell: bytes) -> None:
        start = cell.rfind(b"<c ")
        place = _PLACE.match(cell, start) if start >= 0 else None
        value = _VALUE.search(cell, max(0, start))
        if not place or (value and b't="e"' not in cell[start:]) or b't="str"' in cell[start:]:
            return
        formula = _FORMULA.search(cell, start)
        said = value[1] if value else b"=" + (formula[1] if formula else "…".encode())
        self.cells[int(place[2]) - 1, index(place[1])] = html.unescape(said.decode("utf-8", "replace"))


def index(letters: bytes) -> int:
    """Return the number of a column, counted from 0, from its letters."""
    number = 0
    for one in letters:
        number = number * 26 + one - 64
    return number - 1


def parts_by_sheet(packed: Archive, name: str) -> dict[str, str]:
    """Return which part holds the sheet of a name; empty where the workbook cannot be read so."""
    try:
        main = ooxml.main_part(packed, name)
        found = ooxml.links(packed, main, name)
        root = trees.parse(packed.read(main), name)
    except FileDamaged:
        return {}
    ids = {trees.attribute(node, "name"): _relation(node) for node in trees.below(root, "sheet")}
    return {sheet: found[key].part.casefold() for sheet, key in ids.items() if key in found}


def _relation(node: trees.Node) -> str:
    """The id that leads to a part has a namespace; the sheet's own number may be called id too."""
    return next((str(value) for key, value in node.attrib.items() if key.endswith("}id")), "")
