"""How much of the documents an answer stands on, in plain words."""

from collections.abc import Sequence

from desktop.core.coverage import Coverage
from desktop.core.grounding import AnswerMode, FoundPart
from desktop.ui.i18n import translate


def coverage(found: FoundPart) -> str:
    """Return what was looked at, in one line."""
    said = "; ".join(_files(found.coverage))
    return " · ".join(one for one in (said, how(found), _shortened(found)) if one)


def how(found: FoundPart) -> str:
    """Return how documents reached the model."""
    count, several = len(found.passages), len({one.source for one in found.passages}) > 1
    best = translate("chat", "The {count} passages that fit best", count=count) if count else ""
    return {
        AnswerMode.WHOLE: translate("chat", "All of the documents were read")
        if several
        else translate("chat", "All of the document was read"),
        AnswerMode.EXHAUSTIVE: translate("chat", "Every passage was read"),
        AnswerMode.TABLE: translate("chat", "Computed from a table"),
        AnswerMode.PASSAGES: translate("chat", "The passage that fits best") if count == 1 else best,
    }.get(found.mode, "")


def reasons(looked: Coverage) -> Sequence[tuple[str, str]]:
    """Return what was not looked at as well as it should be: a file, or what a group has in common, and why."""
    found = [
        *looked.unreadable,
        *((name, translate("chat", "Only in part: {reason}", reason=why)) for name, why in looked.partly),
    ]
    found += [(name, translate("chat", "Searched by its words only, not by meaning")) for name in looked.by_words]
    if looked.waiting:
        what = translate("chat", "{count} files are still being read", count=_whole(looked.waiting))
        if looked.waiting == 1:
            what = translate("chat", "1 file is still being read")
        found.append((what, translate("chat", "What they say is missing here. Ask again when they are done.")))
    return found


def nothing_there(found: FoundPart) -> str:
    """Return what is said when no passage bears on the question."""
    if found.coverage.waiting:
        return translate("chat", "That is not in your documents, as far as they have been read.")
    return translate("chat", "That is not in your documents.")


def _files(looked: Coverage) -> list[str]:
    if not looked.total:
        return []
    read = looked.searched + len(looked.partly)
    said = [translate("chat", "Searched {read} of {total} files", read=_whole(read), total=_whole(looked.total))]
    if looked.total == 1:
        said = [translate("chat", "Searched 1 file") if read else translate("chat", "Searched none of 1 file")]
    if looked.partly:
        said.append(translate("chat", "{count} only in part", count=_whole(len(looked.partly))))
    if looked.unreadable:
        said.append(translate("chat", "{count} unreadable", count=_whole(len(looked.unreadable))))
    if looked.waiting:
        said.append(translate("chat", "{count} not read yet", count=_whole(looked.waiting)))
    if looked.by_words:
        said.append(translate("chat", "{count} by their words only", count=_whole(len(looked.by_words))))
    return said


def _shortened(found: FoundPart) -> str:
    return translate("chat", "More was found than could be read in reasonable time") if found.shortened else ""


def _whole(count: int) -> str:
    return f"{count:,}"
