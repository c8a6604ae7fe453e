"""A group of settings: a heading, a card of rows, and what holds for all of them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.core.events import Event, SettingsChanged
from desktop.core.settings import Settings
from desktop.ui.settings.commands import SettingsCommands
from desktop.ui.settings.finding import Words
from desktop.ui.settings.row import Row, SettingRow
from desktop.ui.widgets.labels import PlainLabel

DEFAULTS = Settings()


class Group(QWidget):
    """Rows under a heading; it shows those that a search finds."""

    def __init__(self, title: str, note: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.rows: list[Row] = []
        self._lines: list[QFrame] = []
        self._card = QFrame()
        self._card.setProperty("role", "card")
        self._card.setAccessibleName(title)
        self._inside = QVBoxLayout(self._card)
        self._inside.setContentsMargins(1, 1, 1, 1)
        self._inside.setSpacing(0)
        self._heading = PlainLabel(title, "heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        if note:
            column.addWidget(PlainLabel(note, "small", wraps=True))
        column.addWidget(self._card)

    def add(self, row: Row, at: int | None = None) -> None:
        """Put a row at the end, or before another one."""
        line, place = QFrame(), len(self.rows) if at is None else at
        line.setProperty("role", "line")
        self.rows.insert(place, row)
        self._lines.insert(place, line)
        self._inside.insertWidget(2 * place, line)
        self._inside.insertWidget(2 * place + 1, row)
        line.setVisible(place > 0)

    def apply(self, event: Event) -> None:
        """Follow what happened."""

    def filter(self, query: str) -> int:
        """Show the rows that have these words, all of them when the heading has; returns how many there are."""
        whole = Words(self.title, "").match(query)
        shown = 0
        for row, line in zip(self.rows, self._lines, strict=True):
            fits = self.offers(row) and (whole or row.words.match(query))
            row.setVisible(fits)
            line.setVisible(fits and shown > 0)
            shown += fits
        self.setVisible(shown > 0)
        return shown

    def offers(self, row: Row) -> bool:
        """Return whether a row has a meaning now."""
        return True


class ChoiceGroup(Group):
    """Rows that are fields of Settings."""

    def __init__(
        self,
        title: str,
        settings: SettingsCommands,
        rows: Sequence[tuple[str, SettingRow]],
        note: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, note, parent)
        self._by_name = dict(rows)
        for name, row in rows:
            self.add(row)
            row.changed.connect(lambda value, name=name: settings.change(**{name: value}))
        self.apply(SettingsChanged(settings.current))

    def apply(self, event: Event) -> None:
        """Show what is chosen."""
        if isinstance(event, SettingsChanged):
            self.show_choices(event.settings)

    def show_choices(self, settings: Settings) -> None:
        """Show these."""
        for name, row in self._by_name.items():
            row.show_value(getattr(settings, name), getattr(DEFAULTS, name))
