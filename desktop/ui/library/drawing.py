"""What the rows of the library share: icons of the kinds of files, and the colours of their states."""

from PySide6.QtCore import QModelIndex as ModelIndex
from PySide6.QtCore import QPersistentModelIndex, QRect
from PySide6.QtGui import QColor, QPainter

from desktop.core.documents import DocumentKind
from desktop.core.library import LibrarySource, Presence, SourceState
from desktop.ui.assets import IconName
from desktop.ui.library.wording import is_locked
from desktop.ui.theme import Theme, mix

Index = ModelIndex | QPersistentModelIndex
TABLES = (DocumentKind.XLSX, DocumentKind.XLS, DocumentKind.ODS, DocumentKind.CSV, DocumentKind.TSV)
SLIDES = (DocumentKind.PPTX, DocumentKind.ODP)
MAILS = (DocumentKind.EML, DocumentKind.MSG)
PICTURES = (DocumentKind.PICTURE,)
PDFS = (DocumentKind.PDF,)
TEXTS = tuple(one for one in DocumentKind if one not in (*TABLES, *SLIDES, *MAILS, *PICTURES, *PDFS))


def icon_of(kind: DocumentKind | None) -> IconName:
    """Return the drawing for a kind of file."""
    if kind in TABLES:
        return "sheet"
    if kind in SLIDES:
        return "slides"
    if kind in MAILS:
        return "mail"
    return "picture" if kind in PICTURES else "document"


def state_color(source: LibrarySource, theme: Theme) -> str:
    """Return the colour of a state: calm where nothing is to be done."""
    if source.state is SourceState.UNREADABLE and not is_locked(source):
        return theme.danger
    if source.state is SourceState.PARTLY or is_locked(source) or source.presence is not Presence.HERE:
        return caution(theme)
    return theme.accent if source.state is SourceState.READING else theme.muted


def caution(theme: Theme) -> str:
    """Return the colour of what is worth a look and no harm."""
    return "#e2b64a" if theme.is_dark else "#8a5a00"


def draw_dot(painter: QPainter, place: QRect, color: str, *, full: bool = True) -> None:
    """Draw a dot, or a ring, in the middle of a place."""
    side = min(place.width(), place.height())
    spot = QRect(0, 0, side, side)
    spot.moveCenter(place.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = painter.pen()
    pen.setColor(QColor(color))
    pen.setWidthF(1.6)
    painter.setPen(pen)
    painter.setBrush(QColor(color if full else "transparent"))
    painter.drawEllipse(spot.toRectF().adjusted(1, 1, -1, -1))
    painter.restore()


def ground(theme: Theme, *, chosen: bool, over: bool) -> str:
    """Return the fill of a row on the page's own ground."""
    if chosen:
        return mix(theme.bg, theme.accent, 0.14)
    return theme.panel if over else ""
