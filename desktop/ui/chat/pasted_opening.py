"""Opens the pasted texts of a draft, to be read, changed or put back into the words."""

from desktop.core.messages import PastedPart
from desktop.ui.chat.composer_text import ComposerText
from desktop.ui.chat.pasted_chips import PastedChips
from desktop.ui.chat.pasted_popup import PastedPopup


class PastedOpening:
    """Stands between the chips and the words."""

    def __init__(self, chips: PastedChips, text: ComposerText) -> None:
        self._chips, self._text = chips, text
        chips.opened.connect(self._open)

    def _open(self, part: PastedPart) -> None:
        window = self._text.window()
        popup = PastedPopup(part, window)
        popup.edited.connect(self._chips.replace)
        popup.put_back.connect(self._put_back)
        popup.open_over(window)
        popup.text.setFocus()

    def _put_back(self, part: PastedPart) -> None:
        if part in self._chips.parts:
            self._text.textCursor().insertText(part.text)
            self._chips.replace(part, None)
            self._text.setFocus()
