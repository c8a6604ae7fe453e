"""Reads the command line and runs one verb."""

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import desktop
from desktop.cli import doctor, exits, library, verbs
from desktop.cli.host import Build, Host, Prepare
from desktop.cli.transcribe import transcribe
from desktop.core.errors import AppError
from desktop.core.grounding import AnswerMode
from desktop.core.settings import SPANS


def run(words: Sequence[str], prepare: Prepare, build: Build) -> int:
    """Run one command; returns the exit code."""
    options = _parser().parse_args(words)
    host = Host(prepare, build)
    try:
        code: int = options.run(options, host)
    except AppError as error:
        print(error, file=sys.stderr)
        return exits.code(error)
    except KeyboardInterrupt:
        return 130
    finally:
        host.close()
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="inglenook",
        description="Private, local chat with language models. Without a command the window opens.",
        epilog=exits.EXPLAINED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"Inglenook {desktop.__version__}")
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, text: str, action: Callable[[argparse.Namespace, Host], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(run=action)
        return made

    ask = command("ask", "Ask a question and print the answer; it is kept as a conversation.", verbs.ask)
    ask.add_argument("text", help="the question; - reads it from standard input")
    ask.add_argument("--model", default="", metavar="NAME_OR_PATH", help="a model of this machine or a GGUF file")
    for kind, text in (("image", "a picture"), ("audio", "a sound"), ("video", "a video")):
        ask.add_argument(
            f"--{kind}", action="append", type=Path, default=[], metavar="FILE", help=f"{text} beside the question"
        )
    ask.add_argument("--collection", default="", metavar="NAME", help="answer from the documents of this collection")
    ask.add_argument(
        "--documents",
        choices=[str(one) for one in AnswerMode],
        default=str(AnswerMode.AUTO),
        help="how they are looked through; exhaustive reads every passage",
    )
    ask.add_argument(
        "--temperature",
        type=_temperature,
        metavar="NUMBER",
        help="how freely it is answered: 0 to 2, 0 = the likeliest",
    )
    ask.add_argument("--json", action="store_true", help="print one JSON object instead of the text")

    search = command("search", "Find messages that hold all the words, or passages of your documents.", _search)
    search.add_argument("query")
    search.add_argument("--in", dest="place", choices=("messages", "library"), default="messages")
    search.add_argument("--collection", default="", metavar="NAME", help="only documents of this collection")
    search.add_argument("--limit", type=int, default=20)
    search.add_argument("--json", action="store_true", help="print a JSON array")

    brought = command("import", "Take documents into the library, where answers can be found in them.", library.bring)
    brought.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder with all that is in it"
    )
    brought.add_argument("--collection", default="", metavar="NAME", help="made where there is none of this name")
    brought.add_argument("--link", action="store_true", help="leave the files where they are and keep only their text")

    export = command("export", "Print a conversation.", verbs.export)
    export.add_argument("id", type=int, help="the number that ask and search show")
    export.add_argument("--format", choices=("md", "json"), default="md")

    written = command("transcribe", "Print what is said in a sound or video; nothing is kept.", transcribe)
    written.add_argument("file", type=Path)
    written.add_argument("--format", choices=("txt", "srt"), default="txt")

    command("doctor", "Say what is installed and how things are on this machine.", doctor.doctor).add_argument(
        "--json", action="store_true", help="print one JSON object"
    )
    return parser


def _search(options: argparse.Namespace, host: Host) -> int:
    return library.search(options, host) if options.place == "library" else verbs.search(options, host)


def _temperature(text: str) -> float:
    with suppress(ValueError):
        if SPANS["temperature"].holds(float(text)):
            return float(text)
    raise argparse.ArgumentTypeError("it is a number from 0 to 2")
