"""The second step: the recovery code, which must be kept and typed back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desktop.ui.i18n import translate
from desktop.ui.welcome.button_row import ButtonRow
from desktop.ui.welcome.choices import Choice, way
from desktop.ui.welcome.code_check import Comparison, compare
from desktop.ui.welcome.keeping import Keeper
from desktop.ui.welcome.waiting import Waiting
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import Pictogram, PlainLabel
from desktop.ui.widgets.passphrase_fields import SECRET

GROUPS_A_LINE = 3


class RecoveryStep(QWidget):
    """Makes a code, shows it once, and goes on when it was typed back, or skipped where that is possible."""

    asked = Signal()
    went_back = Signal()
    done = Signal()

    def __init__(self, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._code = ""
        self._intro = PlainLabel("", "muted", wraps=True)
        self.make_button = TextButton(translate("welcome", "Make a recovery code"), "primary")
        self.problem = PlainLabel("", "danger", wraps=True)
        self._waiting = Waiting()
        self.code = PlainLabel("", "code")
        self.copy_button = TextButton(translate("welcome", "Copy"), "", "copy")
        self.print_button = TextButton(translate("welcome", "Print…"))
        self.save_button = TextButton(translate("welcome", "Save…"))
        self.told = PlainLabel("", "small", wraps=True)
        self.field = QLineEdit()
        self.hint = PlainLabel("", "small", wraps=True)
        self.continue_button = TextButton(translate("welcome", "Continue"), "primary")
        self.skip_button = TextButton(translate("welcome", "Continue without a code"), "link")
        self.skipping = PlainLabel("", "small", wraps=True)
        self.back_button = TextButton(translate("welcome", "Back"), "quiet", "chevron-left")
        self._shown = QFrame()
        self._lay_out()
        self.make_button.clicked.connect(self.asked)
        self.copy_button.clicked.connect(self._copy)
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._save)
        self.field.textChanged.connect(self._follow)
        self.field.returnPressed.connect(self._go_on)
        self.continue_button.clicked.connect(self._go_on)
        self.skip_button.clicked.connect(self.done)
        self.back_button.clicked.connect(self.went_back)
        self.forget()

    def begin(self, choice: Choice) -> None:
        """Offer a code to somebody who protects the conversations in this way."""
        words = way(choice)
        self._intro.setText(
            words.code
            + " "
            + translate("welcome", "Write it on paper, or keep it in a safe place that is not this computer.")
        )
        self.skipping.setText(words.skipping)
        for one in (self.skipping, self.skip_button):
            one.setVisible(bool(words.skipping))
        self.back_button.setVisible(choice is not Choice.PASSPHRASE)
        self.make_button.setFocus()

    def wait(self) -> None:
        """Take nothing more until the code is there."""
        self.problem.hide()
        self.make_button.setEnabled(False)
        self.skip_button.setEnabled(False)
        self.back_button.setEnabled(False)
        self._waiting.begin(translate("welcome", "Making your recovery code…"))

    def show_code(self, code: str) -> None:
        """Show the code, the only time."""
        self._end_waiting()
        self._code = code
        groups = code.split("-")
        lines = [groups[at : at + GROUPS_A_LINE] for at in range(0, len(groups), GROUPS_A_LINE)]
        self.code.setText("\n".join("-".join(one) for one in lines))
        self.code.setAccessibleDescription(", ".join(" ".join(one) for one in groups))
        self._shown.show()
        self.continue_button.show()
        self.make_button.hide()
        self.back_button.hide()
        self.copy_button.setFocus()

    def fail(self, text: str) -> None:
        """Say what went wrong, and let it be tried again."""
        self._end_waiting()
        self.problem.setText(text)
        self.problem.show()
        self._announce(text)
        self.make_button.setFocus()

    def forget(self) -> None:
        """Keep nothing of the code, here or on the clipboard."""
        self._keeper.take_back(self._code)
        self._code = ""
        self.code.clear()
        self.code.setAccessibleDescription("")
        self.field.clear()
        self.told.clear()
        self.told.hide()
        self.problem.hide()
        self._shown.hide()
        self.continue_button.hide()
        self.make_button.show()
        self._end_waiting()
        self._follow()

    def _end_waiting(self) -> None:
        self._waiting.end()
        for one in (self.make_button, self.skip_button, self.back_button):
            one.setEnabled(True)

    def _follow(self) -> None:
        found = compare(self.field.text(), self._code)
        self.hint.setText(_advice(found) if self.field.text().strip() else "")
        self.hint.setVisible(bool(self.hint.text()))
        self.field.setAccessibleDescription(self.hint.text())
        self.continue_button.setEnabled(found.same)

    def _go_on(self) -> None:
        if self.continue_button.isEnabled():
            self.done.emit()

    def _copy(self) -> None:
        self._keeper.copy(self._code)
        self._tell(translate("welcome", "Copied. Paste it where you keep it; the clipboard is emptied when you go on."))

    def _print(self) -> None:
        if self._keeper.print_out(self._code, self):
            self._tell(translate("welcome", "Sent to the printer."))

    def _save(self) -> None:
        try:
            if self._keeper.save(self._code, self):
                self._tell(translate("welcome", "Saved. Move the file to a place that is not this computer."))
        except OSError:
            self._tell(translate("welcome", "It could not be saved there. Choose another place."))

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()
        self._announce(text)

    def _announce(self, text: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _lay_out(self) -> None:
        self.code.setAccessibleName(translate("welcome", "Your recovery code"))
        self.code.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.print_button.setVisible(self._keeper.can_print)
        words = translate("welcome", "Type the code to show that you have it")
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self.field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.field.setInputMethodHints(SECRET & ~Qt.InputMethodHint.ImhHiddenText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Pictogram("key", "accent", 28))
        column.addWidget(PlainLabel(translate("welcome", "Keep a recovery code"), "title", wraps=True))
        column.addWidget(self._intro)
        column.addWidget(
            PlainLabel(
                translate("welcome", "If you lose both, the conversations are lost. Nobody can bring them back."),
                "heading",
                wraps=True,
            )
        )
        column.addSpacing(4)
        column.addWidget(self._card())
        column.addWidget(self.problem)
        column.addWidget(self._waiting)
        column.addWidget(self.skipping)
        column.addWidget(ButtonRow((self.back_button,), (self.skip_button, self.make_button, self.continue_button)))

    def _card(self) -> QFrame:
        self._shown.setProperty("role", "card")
        inside = QVBoxLayout(self._shown)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(8)
        inside.addWidget(self.code)
        inside.addWidget(ButtonRow((self.copy_button, self.print_button, self.save_button)))
        inside.addWidget(self.told)
        inside.addSpacing(8)
        inside.addWidget(self.field)
        inside.addWidget(self.hint)
        return self._shown


def _advice(found: Comparison) -> str:
    if found.same:
        return translate("welcome", "That is the code.")
    if found.wrong_group:
        return translate("welcome", "Group {number} is different. Look again.", number=found.wrong_group)
    if found.too_long:
        return translate("welcome", "There is more here than the code.")
    return translate("welcome", "Right so far.")
