"""The words of the documents: what they are, how far they are, and what stands in the way."""

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale

from desktop.core.documents import DocumentKind, PageUnit, Trouble
from desktop.core.library import Keeping, LibrarySource, Presence, SourceState
from desktop.ui.i18n import translate
from desktop.ui.sources.wording import unit_name

LONGEST = 48
LOCKED = "DocumentLocked"
"""The failure of a document that wants its password."""
MOST_RANGES = 6


def short(text: str) -> str:
    """Return a name that fits into a sentence."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1].rstrip() + "…"


def is_locked(source: LibrarySource) -> bool:
    """Whether a document wants its password."""
    return source.state is SourceState.UNREADABLE and source.failure == LOCKED


def kind_of(source: LibrarySource) -> str:
    """Return what kind of file it is; before it was looked at, its ending says."""
    match source.kind:
        case None:
            ending = source.name.rpartition(".")[2] if "." in source.name else ""
            return ending.upper()[:8]
        case DocumentKind.TEXT:
            return translate("library", "Text")
        case DocumentKind.PICTURE:
            return translate("library", "Picture")
        case _:
            return source.kind.value


def number(count: int) -> str:
    """Return a whole number as it is written in the person's country."""
    return QLocale().toString(count)


def pages(count: int, unit: PageUnit) -> str:
    """Return how many pages, in the word for this kind of file."""
    one, many = {
        PageUnit.PAGE: (translate("library", "1 page"), translate("library", "{count} pages")),
        PageUnit.SLIDE: (translate("library", "1 slide"), translate("library", "{count} slides")),
        PageUnit.SHEET: (translate("library", "1 part of a table"), translate("library", "{count} parts of tables")),
        PageUnit.SECTION: (translate("library", "1 section"), translate("library", "{count} sections")),
        PageUnit.MESSAGE: (translate("library", "1 message"), translate("library", "{count} messages")),
    }[unit]
    return one if count == 1 else many.format(count=number(count))


def named_place(unit: PageUnit, page: int, label: str) -> str:
    """Return how a page is called by what stands on it; a sheet or a section has a name of its own."""
    if label and unit not in (PageUnit.PAGE, PageUnit.SLIDE):
        return label
    return unit_name(unit, label or number(page))


def day(moment: float) -> str:
    """Return a date as it is written in the person's country."""
    date = QDateTime.fromSecsSinceEpoch(int(moment)).date()
    return QLocale().toString(date, QLocale.FormatType.ShortFormat)


def duration(seconds: float) -> str:
    """Return about how long something takes."""
    if seconds < 60:
        return translate("library", "less than a minute")
    minutes = round(seconds / 60)
    if minutes < 100:
        return (
            translate("library", "about 1 minute")
            if minutes == 1
            else translate("library", "about {count} minutes", count=minutes)
        )
    return translate("library", "about {count} hours", count=QLocale().toString(seconds / 3600, "f", 1))


def state(source: LibrarySource) -> str:
    """Return how far a document is, in a word or two."""
    if is_locked(source):
        return translate("library", "Password")
    if source.state is SourceState.SEARCHED and source.presence is not Presence.HERE:
        changed = source.presence is Presence.CHANGED
        return translate("library", "Changed") if changed else translate("library", "Gone")
    return {
        SourceState.WAITING: translate("library", "Waiting"),
        SourceState.READING: translate("library", "Reading"),
        SourceState.SEARCHED: translate("library", "Searched"),
        SourceState.PARTLY: translate("library", "Partly searched"),
        SourceState.UNREADABLE: translate("library", "Unreadable"),
    }[source.state]


def detail(source: LibrarySource) -> str:
    """Return the line below the name: what stands in the way and what to do, or else what the document is."""
    if is_locked(source):
        return translate("library", "Protected with a password. Enter it to read this document.")
    match source.state:
        case SourceState.UNREADABLE:
            return translate("errors", source.reason) if source.reason else translate("library", "It cannot be read.")
        case SourceState.PARTLY:
            return ". ".join(trouble(what, where, source.unit) for what, where in source.troubles) or facts(source)
        case SourceState.READING if source.pages:
            at, of = number(min(source.pages_read + 1, source.pages)), number(source.pages)
            return translate("library", "Reading {place} of {pages}", place=unit_name(source.unit, at), pages=of)
        case SourceState.READING:
            return translate("library", "Reading {place}", place=unit_name(source.unit, number(source.pages_read + 1)))
        case _:
            return _presence(source) or facts(source)


def facts(source: LibrarySource) -> str:
    """Return what a document is."""
    told = [kind_of(source)]
    if source.pages:
        told.append(pages(source.pages, source.unit))
    told.append(translate("library", "added {day}", day=day(source.added)))
    if source.keeping is Keeping.LINKED:
        told.append(translate("library", "stays where it is"))
    if source.parent is not None:
        told.append(translate("library", "sent with a message"))
    return " · ".join(one for one in told if one)


def trouble(what: Trouble, where: Sequence[int], unit: PageUnit) -> str:
    """Return what went wrong, and on which pages."""
    reasons = {
        Trouble.NO_RECOGNISER: translate("library", "a scan, and nothing here reads the writing in pictures"),
        Trouble.NO_LANGUAGE: translate("library", "a scan in a language that is not installed"),
        Trouble.NO_WORDS: translate("library", "a picture in which no writing was found"),
        Trouble.UNSURE: translate("library", "a scan that is hard to read: compare with the page"),
        Trouble.CUT: translate("library", "too long, only its beginning was read"),
        Trouble.DAMAGED: translate("library", "damaged"),
        Trouble.TOO_LONG: translate("library", "reading it took too long and was given up"),
    }
    at = unit_name(unit, ranges(where)) if where else translate("library", "Some pages")
    return translate("library", "{place}: {reason}", place=at[:1].upper() + at[1:], reason=reasons[what])


def ranges(numbers: Sequence[int]) -> str:
    """Return numbers with those that follow each other drawn together: 3–5, 9."""
    runs: list[list[int]] = []
    for one in sorted(set(numbers)):
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    told = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:MOST_RANGES]]
    return ", ".join(told) + (" …" if len(runs) > MOST_RANGES else "")


def spoken(source: LibrarySource) -> str:
    """Return what a screen reader says of a document."""
    told = [source.name, state(source), detail(source)]
    if detail(source) != facts(source):
        told.append(facts(source))
    return ". ".join(told)


def _presence(source: LibrarySource) -> str:
    match source.presence:
        case Presence.CHANGED:
            return translate("library", "The file was changed since. This is how it was when it was cited.")
        case Presence.GONE:
            return translate("library", "The file is not where it was. What was read from it can still be searched.")
        case Presence.HERE:
            return ""
