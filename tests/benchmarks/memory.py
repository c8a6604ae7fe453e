"""memory: resident memory of the open window without a model, against a bare PySide6 window."""

import statistics

from tests.benchmarks.start import ROUNDS, runs


def measure() -> dict[str, object]:
    """Compare medians, children included."""
    bare, ours = runs()
    mine, yardstick = (statistics.median(run.memory for run in one) for one in (ours, bare))
    return {
        "benchmark": "memory",
        "rounds": ROUNDS,
        "megabytes": round(mine / 1e6, 1),
        "bare_megabytes": round(yardstick / 1e6, 1),
        "ratio": round(mine / yardstick, 2),
        "bound": 1.8,
    }
