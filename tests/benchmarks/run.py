"""Runs one benchmark and prints one JSON line: python tests/benchmarks/run.py NAME.

Names: decode, followup, history_search, sidebar, transcript, start, memory, video_prepare, image_followup,
transcribe, dictation, index, search_100k, retrieval. Ratios against a yardstick measured in the same run, interleaved,
medians; the same threads on both sides where a model runs.
"""

import importlib
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

NAMES = ("decode", "followup", "history_search", "sidebar", "transcript", "start", "memory", "video_prepare",
         "image_followup", "transcribe", "dictation", "index", "search_100k", "retrieval")  # fmt: skip


def main() -> int:
    """Run the benchmarks named on the command line, or all."""
    names = sys.argv[1:] or NAMES
    for name in names:
        if name not in NAMES:
            print(f"There is no benchmark {name}. There are: {', '.join(NAMES)}.", file=sys.stderr)
            return 2
        print(json.dumps(importlib.import_module(f"tests.benchmarks.{name}").measure()), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
