"""The verb transcribe: what is said in a sound or video, as text or subtitles."""

import argparse
import sys

from desktop.cli.host import Host
from desktop.core.taking import clock
from desktop.services import transcripts


def transcribe(options: argparse.Namespace, host: Host) -> int:
    """Print what is said; nothing is kept."""
    shown = sys.stderr.isatty()

    def step(done: float, total: float) -> None:
        if shown:
            print(f"\r{clock(done)} of {clock(total)} ", end="", file=sys.stderr, flush=True)

    made = host.scribe().hear(options.file, step, options.model)
    if shown:
        print(file=sys.stderr)
    print(transcripts.srt(made) if options.format == "srt" else made.text, end="")
    if not made.segments:
        print("Nothing is said in it.", file=sys.stderr)
    return 0
