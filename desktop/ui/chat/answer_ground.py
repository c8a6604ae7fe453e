"""What an answer stands on, below its words: what was compared, how much was searched, and what that says."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.core.conversations import StoredMessage, TurnState
from desktop.core.grounding import Check, FoundPart, Verdict
from desktop.core.messages import Message
from desktop.ui.assets import IconName
from desktop.ui.chat import coverage_words
from desktop.ui.chat.citations import passages_of
from desktop.ui.chat.fold_line import FoldLine
from desktop.ui.chat.passage_rows import finding_rows, findings
from desktop.ui.chat.table_card import TableCard
from desktop.ui.chat.verdict_words import reason, summary
from desktop.ui.comfort import px
from desktop.ui.i18n import translate
from desktop.ui.sources.row_button import RowButton
from desktop.ui.sources.wording import one_line
from desktop.ui.widgets.labels import PlainLabel

GAP, ABOVE, PADDING = 4, 6, 8
STEP = 50
"""So many findings are unfolded at once."""
SIGNS: dict[Verdict, IconName] = {
    Verdict.VERIFIED: "check",
    Verdict.COMPARE: "eye",
    Verdict.NOT_FOUND: "alert",
    Verdict.UNCITED: "alert",
}

_SIGNS = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|^\s*(?:#{1,6}|[-*+]|\d+\.)\s|\|", re.MULTILINE)
"""Of Markdown, as far as sentences have them."""

Follow = Callable[[int], None]


class AnswerGround(QWidget):
    """The lines below one answer; `follow` shows the source with a number, `refit` asks for another height."""

    def __init__(self, parent: QWidget, follow: Follow, refit: Callable[[], None]) -> None:
        super().__init__(parent)
        self._follow, self._refit = follow, refit
        self._told: tuple[Message, TurnState] | None = None
        self.nothing: PlainLabel | None = None
        self.table: TableCard | None = None
        self.findings: FoldLine | None = None
        self._most = STEP
        self.checks: FoldLine | None = None
        self.coverage: FoldLine | None = None
        self.show()

    def show_message(self, stored: StoredMessage) -> None:
        """Show what is known of it by now."""
        done = stored.state is not TurnState.PARTIAL
        message, told = stored.message, self._told
        self._told = message, stored.state
        same = told is not None and told[1] is stored.state
        if same and told is not None and told[0].parts[-1:] == message.parts[-1:]:
            return
        found, checks = message.found, message.checks
        if found is None:
            return
        if done and not (message.text or found.passages or message.table or message.findings):
            self.nothing = self.nothing or self._label()
            self.nothing.setText(coverage_words.nothing_there(found))
        self._show_results(message)
        if checks is not None and (words := summary(checks.checks)):
            self.checks = self.checks or self._line()
            self.checks.show_words(words, partial(self._checked, message.text, checks.checks))
        if words := coverage_words.coverage(found):
            self.coverage = self.coverage or self._line()
            more = coverage_words.reasons(found.coverage)
            self.coverage.show_words(words, partial(_reasons, found) if more else None)

    def fit(self, width: int) -> int:
        """Place everything for this width; returns the height, 0 where there is nothing."""
        top = 0
        for one in self._parts():
            height = one.heightForWidth(width) if isinstance(one, PlainLabel) else one.fit(width)
            top += px(GAP if top else ABOVE)
            one.setGeometry(0, top, width, height)
            top += height
        return top

    @property
    def spoken(self) -> str:
        """What it says, for screen readers."""
        labels = (one.label if isinstance(one, FoldLine) else one for one in self._parts())
        return ". ".join(one.text() for one in labels if isinstance(one, PlainLabel))

    def take_over(self, former: "AnswerGround") -> None:
        """Unfold what the reader has unfolded in another view of the same answer."""
        for mine, theirs in ((self.checks, former.checks), (self.coverage, former.coverage)):
            if mine is not None and theirs is not None and theirs.is_open:
                mine.open_at_once()

    def _show_results(self, message: Message) -> None:
        """Show what was computed or found passage by passage, once it is there."""
        if message.table is not None and self.table is None:
            self.table = TableCard(message.table, self, self._refit)
        part = message.findings
        if part is not None and self.findings is None:
            self.findings = self._line()
            self.findings.show_words(findings(part), partial(self._found, message) if part.findings else None)
            self.findings.open_at_once()

    def _found(self, message: Message, parent: QWidget) -> Sequence[QWidget]:
        """Make a row for each finding, some at a time."""
        part = message.findings
        if part is None:
            return ()
        rows = list(finding_rows(part, passages_of(message), self._most, self._follow, parent))
        if (left := len(part.findings) - self._most) > 0:
            more = RowButton(
                translate("chat", "Show {count} more", count=min(STEP, left)), "", "", "chevron-down", parent
            )
            more.clicked.connect(partial(self._show_more, message))
            rows.append(more)
        return rows

    def _show_more(self, message: Message) -> None:
        self._most += STEP
        if self.findings is not None and message.findings is not None:
            self.findings.show_words(findings(message.findings), partial(self._found, message))
            self._refit()

    def _parts(self) -> Iterator[FoldLine | PlainLabel | TableCard]:
        parts = (self.nothing, self.table, self.findings, self.checks, self.coverage)
        yield from (one for one in parts if one is not None)

    def _line(self) -> FoldLine:
        made = FoldLine(self)
        made.folded.connect(self._refit)
        return made

    def _label(self) -> PlainLabel:
        made = PlainLabel("", "", self, wraps=True)
        made.show()
        return made

    def _checked(self, text: str, checks: Sequence[Check], parent: QWidget) -> Sequence[QWidget]:
        """Make a row for each statement, those to be looked at first."""
        order = (Verdict.NOT_FOUND, Verdict.UNCITED, Verdict.COMPARE, Verdict.VERIFIED)
        return [self._row(text, one, parent) for one in sorted(checks, key=lambda check: order.index(check.verdict))]

    def _row(self, text: str, check: Check, parent: QWidget) -> QWidget:
        said = one_line(_SIGNS.sub("", text[check.start : check.end]))
        row = RowButton(reason(check), said, "", SIGNS[check.verdict], parent)
        if check.numbers:
            row.clicked.connect(partial(self._follow, check.numbers[0]))
        return row


def _reasons(found: FoundPart, parent: QWidget) -> Sequence[QWidget]:
    rows = []
    for name, why in coverage_words.reasons(found.coverage):
        row = PlainLabel(f"{one_line(name)}: {one_line(why)}", "small", parent, wraps=True)
        row.setIndent(px(PADDING))
        rows.append(row)
    return rows
