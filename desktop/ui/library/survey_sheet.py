"""The sheet before an import: what would be taken in, where it goes, whether a copy is kept."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QRadioButton, QScrollArea, QVBoxLayout, QWidget

from desktop.core.coverage import CollectionId
from desktop.core.library import Collection, Keeping, Survey
from desktop.core.value import value
from desktop.ui.i18n import translate
from desktop.ui.library.filters import LEAST
from desktop.ui.library.wording import duration, number
from desktop.ui.widgets.amounts import file_size
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.fields import Choice
from desktop.ui.widgets.labels import PlainLabel
from desktop.ui.widgets.overlay import Overlay

WIDTH = 560
MOST_NAMES = 200
"""Files that are passed over are named up to so many."""


@value
class Wanted:
    """What the person decided."""

    collection: CollectionId | None
    """None: a new one."""
    name: str
    """Of the new one."""
    keeping: Keeping


class SurveySheet(Overlay):
    """Tells and asks; nothing is added before `agreed`."""

    agreed = Signal(object)
    """With what is Wanted."""
    left = Signal()
    """It was closed without adding."""
    turned = Signal(object)
    """Another collection was chosen: its id, or None for a new one."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(translate("library", "Add documents"), WIDTH, host)
        self._agreed = False
        self._collection: CollectionId | None = None
        self.title = PlainLabel(translate("library", "Add documents"), "title", wraps=True)
        self.found = PlainLabel("", "heading", wraps=True)
        self.cost = PlainLabel("", "muted", wraps=True)
        self.passed_button = TextButton("", "link", "chevron-right", align_left=True)
        self.passed = PlainLabel("", "small", wraps=True)
        self.where = Choice(())
        self.where.setMinimumWidth(LEAST)
        self.where.setAccessibleName(translate("library", "Collection"))
        self.name = QLineEdit(translate("library", "Documents"))
        self.name.setMaxLength(120)
        self.name.setAccessibleName(translate("library", "Name of the new collection"))
        self.copy = QRadioButton(translate("library", "Keep a copy"))
        self.linked = QRadioButton(translate("library", "Leave them in place"))
        self.copy.setChecked(True)
        self.add_button = TextButton(translate("library", "Add"), "primary")
        self.cancel_button = TextButton(translate("library", "Cancel"))
        self._area = QScrollArea()
        self._page = QWidget()
        self._lay_out()
        self.where.chosen.connect(self._turn)
        self.passed_button.clicked.connect(self._unfold)
        self.add_button.clicked.connect(self._agree)
        self.name.textChanged.connect(self._show_ready)
        self.name.returnPressed.connect(self._agree)
        self.cancel_button.clicked.connect(self.leave)
        self._survey: Survey | None = None

    def ask(self, collections: Sequence[Collection], into: CollectionId | None) -> None:
        """Open it; what was found is told later."""
        self._agreed = False
        self._collection = into
        new = translate("library", "A new collection")
        self.where.offer([*((one.id, one.name) for one in collections), (None, new)])
        self.where.show_value(into)
        self.wait()
        self.open()

    def wait(self) -> None:
        """Say that the files are being looked at."""
        self._survey = None
        self.found.setText(translate("library", "Looking at the files…"))
        self.cost.setText(translate("library", "Nothing is added yet."))
        self.passed_button.hide()
        self.passed.hide()
        self._show_ready()

    def tell(self, survey: Survey) -> None:
        """Say what was found."""
        self._survey = survey
        self.found.setText(_found(survey))
        self.cost.setText(_cost(survey))
        count = len(survey.passed_over)
        one, many = translate("library", "1 is passed over"), translate("library", "{count} are passed over")
        self.passed_button.setText(one if count == 1 else many.format(count=number(count)))
        self.passed_button.setVisible(bool(count))
        self.passed.setText(_passed(survey))
        self._show_ready()

    def fail(self, words: str) -> None:
        """Say why nothing can be added."""
        self._survey = None
        self.found.setText(words)
        self.cost.setText("")
        self._show_ready()

    def first_stop(self) -> QWidget:
        """Return what has the keyboard first."""
        return self.add_button if self.add_button.isEnabled() else self.cancel_button

    def fit(self, space: QRect) -> QRect:
        """Stand in the middle, as high as its words."""
        margins = self.content.contentsMargins()
        inner = space.width() - margins.left() - margins.right()
        layout = self._page.layout()
        assert layout is not None
        wanted = layout.totalHeightForWidth(inner) if layout.hasHeightForWidth() else layout.sizeHint().height()
        below = self.add_button.sizeHint().height() + self.content.spacing()
        height = min(space.height(), wanted + below + margins.top() + margins.bottom() + 4)
        return QRect(space.left(), space.top() + (space.height() - height) // 3, space.width(), height)

    def closed_now(self) -> None:
        """Say that it was left, unless it was agreed to."""
        if not self._agreed:
            self.left.emit()

    def _lay_out(self) -> None:
        self.content.setContentsMargins(20, 18, 20, 16)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for one in (self.title, self.found, self.cost):
            column.addWidget(one)
        column.addWidget(self.passed_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.passed)
        column.addSpacing(6)
        column.addWidget(PlainLabel(translate("library", "Collection"), "heading"))
        column.addWidget(self.where)
        column.addWidget(self.name)
        column.addSpacing(6)
        column.addWidget(self.copy)
        column.addWidget(
            _sentence(
                translate(
                    "library",
                    "Encrypted, in Inglenook: every page can be shown later, even if its file is changed or deleted.",
                )
            )
        )
        column.addWidget(self.linked)
        column.addWidget(
            _sentence(
                translate(
                    "library",
                    "Takes less space. The text is kept; a page can be shown as it looks while its file is there.",
                )
            )
        )
        column.addStretch(1)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._page)
        self.content.addWidget(self._area, 1)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        self.content.addLayout(row)

    def _turn(self, collection: CollectionId | None) -> None:
        self._collection = collection
        self._show_ready()
        self.turned.emit(collection)

    def _unfold(self) -> None:
        self.passed.setVisible(self.passed.isHidden())
        self.passed_button.set_icon("chevron-right" if self.passed.isHidden() else "chevron-down")
        self.place()

    def _show_ready(self) -> None:
        is_new = self._collection is None
        self.name.setVisible(is_new)
        survey = self._survey
        named = not is_new or bool(self.name.text().strip())
        self.add_button.setEnabled(survey is not None and len(survey.files) > survey.known and named)
        if self.is_open:
            self.place()

    def _agree(self) -> None:
        if self.add_button.isEnabled():
            self._agreed = True
            keeping = Keeping.LINKED if self.linked.isChecked() else Keeping.COPY
            self.leave()
            self.agreed.emit(Wanted(self._collection, " ".join(self.name.text().split()), keeping))


def _sentence(words: str) -> PlainLabel:
    label = PlainLabel(words, "small", wraps=True)
    label.setContentsMargins(24, 0, 0, 4)
    return label


def _found(survey: Survey) -> str:
    count = len(survey.files)
    if not count:
        return translate("library", "No document that can be read was found there.")
    if count == 1:
        return translate("library", "1 file, {size}", size=file_size(survey.size))
    return translate("library", "{count} files, {size}", count=number(count), size=file_size(survey.size))


def _cost(survey: Survey) -> str:
    count = len(survey.files)
    if not count:
        return translate("library", "Nothing is added.")
    if survey.known >= count:
        return translate("library", "The collection has all of this already. Nothing needs to be added.")
    told = []
    if survey.known:
        told.append(translate("library", "{count} are in the collection already", count=number(survey.known)))
    if survey.seconds:
        told.append(translate("library", "reading takes {time}", time=duration(survey.seconds)))
    if survey.space:
        told.append(translate("library", "{size} of space for the search", size=file_size(survey.space)))
    words = " · ".join(told)
    return words[:1].upper() + words[1:]


def _passed(survey: Survey) -> str:
    lines = [
        translate("library", "{name}: {reason}", name=name, reason=translate("library", reason))
        for name, reason in survey.passed_over[:MOST_NAMES]
    ]
    if len(survey.passed_over) > MOST_NAMES:
        lines.append("…")
    return "\n".join(lines)
