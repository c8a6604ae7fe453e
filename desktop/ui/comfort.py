"""What makes the window comfortable for a pair of eyes: the size of the text, the typeface, stillness."""

import re
from collections.abc import Collection

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.core.settings import FontChoice, MotionChoice

PIXELS = 14
"""Height of ordinary text at 100 %."""
HAIRLINE = 3
"""Lines of up to so many pixels stay as thin as they are."""
HOUSE = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "sans-serif")
CANDIDATES: dict[FontChoice, tuple[str, ...]] = {
    FontChoice.INTER: ("Inter",),
    FontChoice.READABLE: (
        "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", "OpenDyslexic", "Lexend", "Verdana", "Comic Sans MS",
    ),
    FontChoice.SERIF: (
        "Source Serif 4", "Charter", "Georgia", "Cambria", "Noto Serif", "Liberation Serif", "DejaVu Serif",
    ),
}  # fmt: skip
"""The best of those that are on the machine is used."""
_SIZES = re.compile(r'url\("[^"]*"\)|(\d+)px')


def offered(installed: Collection[str]) -> dict[FontChoice, str]:
    """Return the choices this machine can show, each with the family it would be; empty = the system's own."""
    found = {FontChoice.SYSTEM: ""}
    for choice, names in CANDIDATES.items():
        if family := next((name for name in names if name in installed), ""):
            found[choice] = family
    return found


def families(choice: FontChoice) -> tuple[str, ...]:
    """Return the families of a choice, best first; behind them those of the house, so that there always is one."""
    if choice is FontChoice.SYSTEM:
        return (QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family(), *HOUSE)
    return tuple(dict.fromkeys((*CANDIDATES[choice], *HOUSE)))


def font(names: tuple[str, ...], scale: float) -> QFont:
    """Return the font of ordinary text."""
    made = QFont()
    made.setFamilies(list(names))
    made.setPixelSize(scaled(PIXELS, scale))
    return made


def scaled(pixels: int, scale: float) -> int:
    """Return a size as large as the text is."""
    return pixels if pixels <= HAIRLINE else round(pixels * scale)


def scaled_sheet(sheet: str, scale: float) -> str:
    """Return a style sheet with all its sizes as large as the text is."""
    if scale == 1.0:
        return sheet
    return _SIZES.sub(lambda found: f"{scaled(int(found[1]), scale)}px" if found[1] else found[0], sheet)


def px(pixels: int) -> int:
    """Return a size as large as the text of the application is now; for what draws without a theme at hand."""
    now = QGuiApplication.font().pixelSize()
    return scaled(pixels, now / PIXELS) if now > 0 else pixels


def keep_still(choice: MotionChoice) -> None:
    """Let nothing blink, or do as the system does."""
    QApplication.setCursorFlashTime(0 if choice is MotionChoice.STILL else -1)


def is_still() -> bool:
    """Return whether nothing may blink or slide: the person wants it so, here or in the system.

    Why it asks for the cursor: of all that a system says about motion, Qt 6.11 hands on only this.
    """
    return QApplication.cursorFlashTime() <= 0
