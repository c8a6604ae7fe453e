"""Which row is meant by the letters that are typed in the list. Pure."""

from itertools import chain, islice

from desktop.core.conversations import ConversationSummary, Matter
from desktop.ui.history.arrangement import Arrangement, Row
from desktop.ui.history.wording import title_of


def find_typed(rows: Arrangement, typed: str, current: int) -> int:
    """Return the number of the row that begins with what is typed, from the current one on and around; -1 for none.

    One letter, or the same again, goes on to the next row; more of a word stays on a row that still fits.
    """
    wanted = typed.casefold()
    again = len(set(wanted)) == 1
    start = max(0, current + 1 if again else current)
    if again:
        wanted = wanted[0]
    numbers = chain(range(start, len(rows)), range(start))
    for number, row in zip(numbers, chain(islice(rows, start, None), islice(rows, start)), strict=True):
        if _words(row).casefold().startswith(wanted):
            return number
    return -1


def _words(row: Row) -> str:
    """Return what a row begins with; ten thousand are asked for while a person types."""
    if isinstance(row, ConversationSummary):
        return row.title.lstrip() or title_of(row)
    return row.name.lstrip() if isinstance(row, Matter) else ""
