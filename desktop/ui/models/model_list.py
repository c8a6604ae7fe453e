"""The list of models in the chooser: a model for Qt, how a row is drawn, and the view."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.core.models import ModelFile
from desktop.ui.assets import icon
from desktop.ui.i18n import translate
from desktop.ui.models import wording
from desktop.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
MODEL = Qt.ItemDataRole.UserRole + 1
CHOSEN = Qt.ItemDataRole.UserRole + 2
ROW = 52
MOST_ROWS = 7
NOWHERE = QModelIndex()


class ModelListModel(QAbstractListModel):
    """The models of this machine and which one is in use."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[ModelFile, ...] = ()
        self._chosen: ModelFile | None = None

    def show(self, models: tuple[ModelFile, ...], chosen: ModelFile | None) -> None:
        """Show these models."""
        self.beginResetModel()
        self._models, self._chosen = models, chosen
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """One row a model."""
        return 0 if parent.isValid() else len(self._models)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name, the model itself, or the words for a screen reader."""
        if not index.isValid() or not 0 <= index.row() < len(self._models):
            return None
        model = self._models[index.row()]
        chosen = self._chosen is not None and model.key == self._chosen.key
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return model.name
            case Qt.ItemDataRole.AccessibleTextRole:
                words = f"{model.name}, {wording.details(model)}"
                return translate("models", "{model}, in use", model=words) if chosen else words
            case Qt.ItemDataRole.ToolTipRole:
                return model.path.name
            case _:
                return model if role == MODEL else chosen if role == CHOSEN else None

    def chosen_row(self) -> QModelIndex:
        """Return the row of the model in use, invalid when there is none."""
        for number, model in enumerate(self._models):
            if self._chosen is not None and model.key == self._chosen.key:
                return self.index(number)
        return QModelIndex()


class ModelDelegate(QStyledItemDelegate):
    """Two lines: the name, then precision, size and trained context; a check at the one in use."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row; the width is the list's."""
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a model."""
        painter.save()
        row: QRect = option.rect
        theme = self.theme
        over = bool(option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(theme.card) if over else Qt.BrushStyle.NoBrush)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(QColor(theme.accent), 1.0) if focused else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), 8, 8)
        place = row.adjusted(12, 7, -40, -7)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(theme.text))
        self._line(painter, QRect(place.left(), place.top(), place.width(), 20), str(index.data()))
        font.setWeight(QFont.Weight.Normal)
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        self._line(
            painter, QRect(place.left(), place.top() + 20, place.width(), 18), wording.details(index.data(MODEL))
        )
        if index.data(CHOSEN):
            icon("check", theme.accent).paint(painter, QRect(row.right() - 30, row.center().y() - 8, 18, 18))
        painter.restore()

    def _line(self, painter: QPainter, place: QRect, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class ModelList(QListView):
    """The models; a click or Enter chooses one."""

    chosen = Signal(str)

    def __init__(self, model: ModelListModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delegate = ModelDelegate(theme, self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(translate("models", "Models"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._choose)

    def fit(self) -> None:
        """Be as high as the rows, up to seven."""
        self.setFixedHeight(ROW * min(MOST_ROWS, self.model().rowCount()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the current model."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(MODEL).key)
