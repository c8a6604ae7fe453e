"""The words of the rows: what is shown, and what a screen reader says."""

from datetime import date, datetime

from PySide6.QtCore import QDateTime, QLocale

from desktop.core.conversations import ConversationSummary, Matter
from desktop.ui.history.arrangement import Group, Hollow, Row
from desktop.ui.history.marks import Mark
from desktop.ui.i18n import translate

LONGEST = 48


def title_of(summary: ConversationSummary) -> str:
    """Return the title to show; an untitled conversation is a new chat."""
    return summary.title.strip() or translate("history", "New chat")


def name_of(matter: Matter) -> str:
    """Return the name of a folder."""
    return matter.name.strip() or translate("history", "Folder")


def short(text: str) -> str:
    """Return a title or name that fits into a sentence."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + "…"


def heading(group: Group) -> str:
    """Return the words above a group."""
    match group:
        case Group.PINNED:
            return translate("history", "Pinned")
        case Group.FOLDERS:
            return translate("history", "Folders")
        case Group.TODAY:
            return translate("history", "Today")
        case Group.WEEK:
            return translate("history", "Last 7 days")
        case Group.OLDER:
            return translate("history", "Older")
        case Group.ARCHIVED:
            return translate("history", "Archived")


def shown(row: Row) -> str:
    """Return the words of a row."""
    match row:
        case Group():
            return heading(row)
        case Matter():
            return name_of(row)
        case Hollow():
            return translate("history", "No conversations yet")
        case ConversationSummary():
            return title_of(row)


def spoken(row: Row, count: int, is_open: bool, mark: Mark | None, today: date) -> str:
    """Return what a screen reader says of a row."""
    match row:
        case Matter():
            state = translate("history", "open") if is_open else translate("history", "closed")
            return translate(
                "history",
                "{name}, folder, {state}, conversations: {count}",
                name=name_of(row),
                state=state,
                count=count,
            )
        case Group.ARCHIVED:
            state = translate("history", "open") if is_open else translate("history", "closed")
            return translate("history", "Archived conversations: {count}, {state}", count=count, state=state)
        case ConversationSummary():
            return ", ".join([title_of(row), *_traits(row, mark), when(row.updated, today)])
        case _:
            return shown(row)


def _traits(summary: ConversationSummary, mark: Mark | None) -> list[str]:
    traits = []
    if mark is Mark.ANSWERING:
        traits.append(translate("history", "answering"))
    if mark is Mark.UNSEEN:
        traits.append(translate("history", "new answer"))
    if summary.archived:
        traits.append(translate("history", "archived"))
    elif summary.pinned:
        traits.append(translate("history", "pinned"))
    return traits


def when(updated: float, today: date) -> str:
    """Return the time of today, or the date of another day, as it is written in the person's country."""
    day = datetime.fromtimestamp(updated).astimezone().date()
    moment = QDateTime.fromSecsSinceEpoch(int(updated))
    locale = QLocale()
    if day == today:
        return locale.toString(moment.time(), QLocale.FormatType.ShortFormat)
    return locale.toString(moment.date(), QLocale.FormatType.ShortFormat)
