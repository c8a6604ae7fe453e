"""Cells that span several columns or rows, laid out in a plain table: words repeat downwards, not sideways."""

from dataclasses import dataclass, field

_MOST = 200
_MOST_COLUMNS = 2_000


@dataclass(slots=True)
class Spans:
    """The row that is being filled, and what hangs into it from rows above."""

    cells: list[str] = field(default_factory=list)
    hanging: dict[int, tuple[int, str]] = field(default_factory=dict)
    across: int = 1
    down: int = 1

    def begin(self, across: str, down: str) -> None:
        """The next cell spans so many columns and rows, as a file says it."""
        self.across, self.down = _count(across), _count(down)

    def put(self, text: str) -> None:
        """Fill in a cell."""
        self._hang()
        if len(self.cells) >= _MOST_COLUMNS:
            return
        for at in range(self.across):
            said = text if at == 0 else ""
            if self.down > 1:
                self.hanging[len(self.cells)] = (self.down - 1, said)
            self.cells.append(said)
        self.across = self.down = 1

    def row(self) -> tuple[str, ...]:
        """End the row."""
        if self.cells:
            self._hang()
        row, self.cells = tuple(self.cells), []
        return row

    def _hang(self) -> None:
        while (hanging := self.hanging.get(len(self.cells))) is not None:
            left, said = hanging
            if left > 1:
                self.hanging[len(self.cells)] = (left - 1, said)
            else:
                del self.hanging[len(self.cells)]
            self.cells.append(said)


def _count(said: str) -> int:
    return min(_MOST, max(1, int(said))) if said.isdecimal() and len(said) < 6 else 1
