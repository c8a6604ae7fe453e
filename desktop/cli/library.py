"""The verbs import and search --in library."""

import argparse
import json
import signal
import sys
from collections.abc import Iterator

from desktop.cli.exits import SOME_UNREADABLE
from desktop.cli.host import Host
from desktop.core.boxes import around
from desktop.core.documents import Box
from desktop.core.events import Event
from desktop.core.library import Keeping, LibrarySource, SourceState
from desktop.core.library_events import Imported, IndexingProgress, SourceChanged
from desktop.services.found_place import FoundPlace
from desktop.services.library_verbs import LibraryVerbs

ENDINGS = {
    SourceState.SEARCHED: "searched",
    SourceState.PARTLY: "partly",
    SourceState.UNREADABLE: "unreadable",
}
MINUTE = 60


def bring(options: argparse.Namespace, host: Host) -> int:
    """Import; a line for each file goes to stdout, progress to stderr. After Ctrl+C it goes on at the next start."""
    verbs = host.library()
    stopped: list[int] = []

    def stop(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a second Ctrl+C does not wait
        stopped.append(1)
        verbs.stop()

    before = signal.signal(signal.SIGINT, stop)
    try:
        unreadable = _follow(_events(options, verbs), shown=sys.stderr.isatty())
    finally:
        signal.signal(signal.SIGINT, before)
    if stopped:
        print("Stopped. What was added is read further when Inglenook is next at work.", file=sys.stderr)
        return 130
    return SOME_UNREADABLE if unreadable else 0


def _events(options: argparse.Namespace, verbs: LibraryVerbs) -> Iterator[Event]:
    paths = tuple(str(path.absolute()) for path in options.paths)
    return verbs.bring(paths, options.collection, Keeping.LINKED if options.link else Keeping.COPY)


def _follow(events: Iterator[Event], *, shown: bool) -> int:
    """Print what becomes of each file; returns how many could not be read."""
    unreadable = 0
    for event in events:
        match event:
            case SourceChanged(source):
                print(f"{ENDINGS[source.state]:<11} {source.path or source.name}{_about(source)}", flush=True)
                unreadable += source.state is SourceState.UNREADABLE
            case Imported(added=added, known=known):
                there = f", {known} were there already" if known else ""
                print(f"{added} files were added{there}.", file=sys.stderr)
            case IndexingProgress() if shown and event.files_total:
                print(f"\r{_progress(event)}\x1b[K", end="", file=sys.stderr, flush=True)
            case _:
                pass
    if shown:
        print(file=sys.stderr)
    return unreadable


def _about(source: LibrarySource) -> str:
    if source.state is SourceState.SEARCHED:
        return f" ({source.pages} {source.unit}{'' if source.pages == 1 else 's'})"
    if source.reason:
        return f": {source.reason}"
    told = (
        f"{trouble.replace('_', ' ')} on {source.unit} {', '.join(map(str, pages))}" if pages else str(trouble)
        for trouble, pages in source.troubles
    )
    return f": {'; '.join(told)}"


def _progress(event: IndexingProgress) -> str:
    pages = f", page {event.pages_done} of {event.pages_total}" if event.pages_total else ""
    left = f", about {max(1, round(event.seconds_left / MINUTE))} min left" if event.seconds_left >= MINUTE else ""
    held = " (paused)" if event.paused else " (waits for an answer)" if event.waiting else ""
    return f"{event.files_done} of {event.files_total} files{pages}{left}{held}"


def search(options: argparse.Namespace, host: Host) -> int:
    """Print passages, best first."""
    found = host.library().find(options.query, options.collection, options.limit)
    if options.json:
        print(json.dumps([_plain(one) for one in found], ensure_ascii=False))
        return 0
    for one in found:
        source, passage = one.hit.source, one.hit.passage
        print(f"{source.path or source.name}, {source.unit} {one.hit.label or passage.page}")
        print(f"       {' '.join(passage.text.split())}")
    if not found:
        print("Nothing found.", file=sys.stderr)
    return 0


def _plain(found: FoundPlace) -> dict[str, object]:
    source, passage = found.hit.source, found.hit.passage
    return {
        "file": source.path or source.name,
        "name": source.name,
        "collection": found.collection,
        "page": passage.page,
        "unit": source.unit,
        "label": found.hit.label,
        "heading": passage.heading,
        "text": passage.text,
        "box": _sides(around(found.boxes)) if found.boxes else None,
        "boxes": [_sides(one) for one in found.boxes],
        "score": round(found.hit.score, 4),
        "presence": source.presence,
    }


def _sides(box: Box) -> list[float]:
    return [round(side, 4) for side in (box.left, box.top, box.right, box.bottom)]
