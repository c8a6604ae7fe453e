"""How far a document beside a question is, in a few words."""

from desktop.core.coverage import SourceId
from desktop.core.grounding import DocumentPart
from desktop.core.library import LibrarySource, SourceState
from desktop.ui.i18n import translate

MOST = 8
"""So many numbers of pages are named."""


def part_of(source: LibrarySource) -> DocumentPart:
    """Return a source as what stands beside a question."""
    return DocumentPart(source.id, source.name, source.unit, source.pages)


def token_of(source: SourceId) -> str:
    """Return what names the card of a document."""
    return f"document {source}"


def document_words(part: DocumentPart, source: LibrarySource | None) -> str:
    """Return what stands below the name of a document."""
    if source is None:
        return _size("", part.pages)
    reading = translate("chat", "Reading…")
    if source.pages:
        read = min(source.pages_read + 1, source.pages)
        reading = translate("chat", "Reading page {page} of {pages}", page=read, pages=source.pages)
    return {
        SourceState.WAITING: translate("chat", "Waiting to be read"),
        SourceState.READING: reading,
        SourceState.PARTLY: translate("chat", "Read in part: {pages} pages", pages=source.pages_read),
        SourceState.UNREADABLE: translate("chat", "Cannot be read"),
        SourceState.SEARCHED: _size(source.kind or "", source.pages),
    }[source.state]


def trouble(source: LibrarySource) -> str:
    """Return why a document cannot be read, or not all of it; empty where it can."""
    if source.state is SourceState.UNREADABLE:
        reason = source.reason or translate("chat", "It is damaged, or of a kind that is not known.")
        return translate("chat", "{name} cannot be read. {reason}", name=source.name, reason=reason)
    if source.state is SourceState.PARTLY:
        pages = sorted({page for _, pages in source.troubles for page in pages})
        shown = ", ".join(str(page) for page in pages[:MOST]) + (" …" if len(pages) > MOST else "")
        return translate("chat", "Some pages of {name} could not be read: {pages}", name=source.name, pages=shown)
    return ""


def _size(kind: str, pages: int) -> str:
    words = [kind] if kind else [translate("chat", "Document")]
    if pages == 1:
        words.append(translate("chat", "1 page"))
    elif pages:
        words.append(translate("chat", "{count} pages", count=pages))
    return " · ".join(words)
