"""The panels that lie over the window for a moment: the command palette and the sheet of shortcuts."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.core.conversations import ConversationId, ConversationSummary
from desktop.core.events import ConversationChanged, ConversationDeleted, ConversationsListed, Event, ModelsListed
from desktop.core.models import ModelFile
from desktop.ui.i18n import translate
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.settings.page import GroupName
    from desktop.ui.shell.palette import Palette
    from desktop.ui.shell.palette_stock import Place
    from desktop.ui.shell.shortcut_sheet import ShortcutSheet
    from desktop.ui.widgets.overlay import Overlay


class Panels:
    """Makes each panel when it is first asked for, and keeps what the palette offers."""

    def __init__(
        self,
        window: QWidget,
        actions: Callable[[], Sequence[tuple[str, QAction]]],
        open_conversation: Callable[[ConversationId], None],
        choose_model: Callable[[str], None],
        show_group: "Callable[[GroupName], None]",
        theme: Theme,
    ) -> None:
        """Make nothing yet.

        Args:
            window: what the panels lie over.
            actions: the commands, each with the words of its group.
            open_conversation: shows one.
            choose_model: takes the key of a model file.
            show_group: shows a group of the settings.
            theme: the colours worn now.
        """
        self._window = window
        self._actions = actions
        self._open_conversation = open_conversation
        self._choose_model = choose_model
        self._show_group = show_group
        self._theme = theme
        self._listed: tuple[ConversationSummary, ...] = ()
        self._models: tuple[ModelFile, ...] = ()
        self._palette: Palette | None = None
        self._sheet: ShortcutSheet | None = None

    def apply(self, event: Event) -> None:
        """Keep what can be found."""
        match event:
            case ConversationsListed():
                self._listed = tuple(one for one in event.conversations if not one.archived)
            case ConversationChanged(summary):
                others = tuple(one for one in self._listed if one.id != summary.id)
                self._listed = others if summary.archived else (summary, *others)
            case ConversationDeleted(conversation):
                self._listed = tuple(one for one in self._listed if one.id != conversation)
            case ModelsListed():
                self._models = event.models
            case _:
                pass

    def apply_theme(self, theme: Theme) -> None:
        """Draw in these colours."""
        self._theme = theme
        if self._palette is not None:
            self._palette.apply_theme(theme)

    def toggle_palette(self) -> None:
        """Show the command palette, or put it away."""
        self._only(self.palette()).toggle()

    def toggle_sheet(self) -> None:
        """Show the sheet of shortcuts, or put it away."""
        self._only(self.sheet()).toggle()

    def leave(self) -> None:
        """Put away what lies over the window."""
        for panel in (self._palette, self._sheet):
            if panel is not None:
                panel.leave()

    def palette(self) -> "Palette":
        """Return the command palette."""
        if self._palette is None:
            from desktop.ui.shell.palette import Palette  # noqa: PLC0415 - not for the start
            from desktop.ui.shell.palette_stock import Sources  # noqa: PLC0415

            sources = Sources(
                lambda: [action for _, action in self._actions()],
                lambda: self._listed,
                self._open_conversation,
                lambda: self._models,
                self._choose_model,
                self._places,
            )
            self._palette = Palette(sources, self._theme, self._window)
        return self._palette

    def sheet(self) -> "ShortcutSheet":
        """Return the sheet of shortcuts."""
        if self._sheet is None:
            from desktop.ui.shell.shortcut_sheet import Shortcut, ShortcutSheet  # noqa: PLC0415 - not for the start

            writing, reading = translate("shell", "Writing"), translate("shell", "Reading")
            others = (
                Shortcut(writing, translate("shell", "New line"), ("Shift+Return",)),
                Shortcut(writing, translate("shell", "To the messages"), ("Ctrl+Up",)),
                Shortcut(reading, translate("shell", "Next or previous message"), ("Ctrl+Down", "Ctrl+Up")),
                Shortcut(reading, translate("shell", "Beginning and end"), ("Home", "End")),
                Shortcut(translate("shell", "Conversations"), translate("shell", "Rename"), ("F2",)),
                Shortcut(translate("shell", "Conversations"), translate("shell", "Delete"), ("Del",)),
            )
            self._sheet = ShortcutSheet(lambda: list(self._actions()), others, self._window)
        return self._sheet

    def _places(self) -> "list[Place]":
        from desktop.ui.settings.page import titles  # noqa: PLC0415 - not for the start
        from desktop.ui.shell.palette_stock import Place  # noqa: PLC0415

        return [Place(words, partial(self._show_group, name)) for name, words in titles().items()]

    def _only(self, panel: "Overlay") -> "Overlay":
        for other in (self._palette, self._sheet):
            if other is not None and other is not panel:
                other.leave()
        return panel
