"""The groups of appearance and of writing."""

from PySide6.QtGui import QFontDatabase, QKeySequence

from desktop.core.settings import SPANS, FontChoice, MotionChoice, SendKey, ThemeChoice
from desktop.ui import comfort
from desktop.ui.i18n import translate
from desktop.ui.settings.commands import SettingsCommands
from desktop.ui.settings.finding import Words
from desktop.ui.settings.group import ChoiceGroup
from desktop.ui.settings.row import SettingRow
from desktop.ui.widgets.fields import Choice


def appearance(title: str, settings: SettingsCommands) -> ChoiceGroup:
    """Return the group of what the window looks like."""
    rows = [("theme", _theme()), ("text_size", _text_size()), ("font", _font()), ("motion", _motion())]
    return ChoiceGroup(title, settings, rows)


def writing(title: str, settings: SettingsCommands) -> ChoiceGroup:
    """Return the group of how questions are written."""
    words = Words(
        translate("settings", "Key that sends"),
        translate("settings", "The other one makes a new line."),
        translate("settings", "enter return ctrl control shortcut keyboard newline submit message"),
    )
    field = Choice(
        [
            (SendKey.ENTER, translate("settings", "Enter")),
            (SendKey.CONTROL_ENTER, QKeySequence("Ctrl+Enter").toString(QKeySequence.SequenceFormat.NativeText)),
        ]
    )
    return ChoiceGroup(title, settings, [("send_key", SettingRow(words, field))])


def _theme() -> SettingRow:
    words = Words(
        translate("settings", "Colours"),
        translate("settings", "Dark letters on light, or light ones on dark."),
        translate("settings", "theme dark light mode night black white colors contrast"),
    )
    field = Choice(
        [
            (ThemeChoice.SYSTEM, translate("settings", "System")),
            (ThemeChoice.LIGHT, translate("settings", "Light")),
            (ThemeChoice.DARK, translate("settings", "Dark")),
        ]
    )
    return SettingRow(words, field)


def _text_size() -> SettingRow:
    words = Words(
        translate("settings", "Text size"),
        translate("settings", "Makes all words larger or smaller, and the controls with them."),
        translate("settings", "font zoom scale bigger magnify small large reading eyes"),
    )
    span = SPANS["text_size"]
    sizes = range(int(span.low), int(span.high) + 1, int(span.step))
    return SettingRow(words, Choice([(size, _percent(size)) for size in sizes], _percent))


def _percent(size: int) -> str:
    return translate("settings", "{size}%", size=size)


def _font() -> SettingRow:
    words = Words(
        translate("settings", "Typeface"),
        translate("settings", "The letters that everything is written in, as far as this computer has them."),
        translate("settings", "font family dyslexia serif sans letters reading"),
    )
    names = {
        FontChoice.INTER: translate("settings", "Inter"),
        FontChoice.SYSTEM: translate("settings", "System"),
        FontChoice.READABLE: translate("settings", "Easy to tell apart"),
        FontChoice.SERIF: translate("settings", "Like a book"),
    }
    found = comfort.offered(QFontDatabase.families())
    choices = [(choice, _with_family(names[choice], found[choice])) for choice in FontChoice if choice in found]
    return SettingRow(words, Choice(choices, lambda choice: names[choice]))


def _with_family(name: str, family: str) -> str:
    if family in ("", name):
        return name
    return translate("settings", "{name} ({family})", name=name, family=family)


def _motion() -> SettingRow:
    words = Words(
        translate("settings", "Motion"),
        translate("settings", "Without motion nothing blinks or slides, the mark where you type included."),
        translate("settings", "reduced animation blink cursor caret still calm accessibility"),
    )
    field = Choice(
        [
            (MotionChoice.SYSTEM, translate("settings", "System")),
            (MotionChoice.STILL, translate("settings", "None")),
        ]
    )
    return SettingRow(words, field)
