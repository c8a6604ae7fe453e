"""What a screen reader shall say although the focus stays where it is."""

from PySide6.QtWidgets import QWidget


def say(widget: QWidget, words: str) -> None:
    """Have a screen reader say something about a widget."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - not for the start

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
