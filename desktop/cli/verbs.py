"""The verbs ask, search and export."""

import argparse
import json
import signal
import sys
from collections.abc import Iterator

from desktop.cli import cited, exits
from desktop.cli.host import Host
from desktop.core.conversations import StoredMessage, TurnState
from desktop.core.errors import ConversationMissing, EngineCrashed
from desktop.core.events import Event, TurnDelta, TurnFinished, TurnLoading, TurnReading
from desktop.core.grounding import AnswerMode
from desktop.core.library_events import TurnSearching
from desktop.core.media import Kind
from desktop.core.stream import Delta, TextDelta, ToolCallDelta
from desktop.services.beside import Beside
from desktop.services.export import calls, markdown, moment, plain
from desktop.services.verbs import Verbs


def ask(options: argparse.Namespace, host: Host) -> int:
    """Ask; the answer streams to stdout, or comes as one JSON object. Ctrl+C stops it and keeps what came."""
    text = sys.stdin.read() if options.text == "-" else options.text
    if not text.strip():
        print("There is no question.", file=sys.stderr)
        return 2
    verbs = host.verbs()
    before = signal.signal(signal.SIGINT, lambda *_: _stop(verbs))
    try:
        finished = _follow(verbs.ask(text, options.model, _beside(options)), show=not options.json)
    finally:
        signal.signal(signal.SIGINT, before)
    if options.json:
        print(json.dumps(_answer(finished.answer), ensure_ascii=False))
    elif finished.answer.message.found:
        cited.show(finished.answer.message)
    if finished.error is not None:
        print(finished.error, file=sys.stderr)
        return exits.code(finished.error)
    print(f"Kept as conversation {finished.conversation}.", file=sys.stderr)
    return 130 if finished.answer.state is TurnState.STOPPED else 0


def _beside(options: argparse.Namespace) -> Beside:
    named = ((Kind.PICTURE, options.image), (Kind.SOUND, options.audio), (Kind.VIDEO, options.video))
    files = tuple((kind, path.absolute()) for kind, paths in named for path in paths)
    return Beside(files, options.temperature, options.collection, AnswerMode(options.documents))


def _stop(verbs: Verbs) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a second Ctrl+C does not wait
    verbs.stop()


def _follow(events: Iterator[Event], *, show: bool) -> TurnFinished:
    before: Delta | None = None
    for event in events:
        match event:
            case TurnLoading(model=model):
                print(f"Loading {model} …", file=sys.stderr)
            case TurnSearching(done=done, total=total) if total and sys.stderr.isatty():
                print(f"\rRead {done:,} of {total:,} passages", end="", file=sys.stderr)
            case TurnReading(done=done, total=total) if total > 1000 and sys.stderr.isatty():
                print(f"\rReading {done:,} of {total:,} tokens", end="", file=sys.stderr)
            case TurnDelta(delta=TextDelta() | ToolCallDelta() as delta) if show:
                _print(delta, before)
                before = delta
            case TurnFinished():
                print(end="\n" if show else "")
                return event
            case _:
                pass
    raise EngineCrashed


def _print(delta: TextDelta | ToolCallDelta, before: Delta | None) -> None:
    """Print a piece of an answer; a call is a paragraph, as in a copy."""
    if before is not None and ToolCallDelta in (type(before), type(delta)):
        print("\n")
    print(delta.text if isinstance(delta, TextDelta) else delta.call.line, end="", flush=True)


def _answer(answer: StoredMessage) -> dict[str, object]:
    stats = answer.stats
    return {
        "conversation": answer.conversation,
        "answer": answer.message.text,
        "calls": calls(answer.message),
        **cited.plain(answer.message),
        "state": answer.state,
        "model": answer.model,
        "prompt_tokens": stats.prompt_tokens if stats else 0,
        "reused_tokens": stats.reused_tokens if stats else 0,
        "answer_tokens": stats.answer_tokens if stats else 0,
        "tokens_per_second": round(stats.tokens_per_second, 1) if stats else 0,
    }


def search(options: argparse.Namespace, host: Host) -> int:
    """Print hits, best first."""
    hits = host.verbs().search(options.query, options.limit)
    if options.json:
        rows = [
            {"conversation": h.conversation, "title": h.title, "snippet": h.snippet, "time": moment(h.created)}
            for h in hits
        ]
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    for hit in hits:
        print(f"{hit.conversation:>5}  {hit.title}\n       {' '.join(hit.snippet.split())}")
    if not hits:
        print("Nothing found.", file=sys.stderr)
    return 0


def export(options: argparse.Namespace, host: Host) -> int:
    """Print a conversation as Markdown or JSON."""
    if options.id < 1:
        raise ConversationMissing(id=options.id)
    thread = host.verbs().thread(options.id)
    as_json = options.format == "json"
    print(json.dumps(plain(thread), ensure_ascii=False, indent=1) if as_json else markdown(thread))
    return 0
