"""Starts a yardstick process and asks it for one measurement at a time."""

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType

HERE = Path(__file__).resolve().parent


class Peer:
    """A yardstick in a process of its own, loaded once, so that runs can be interleaved."""

    def __init__(self, kind: str, model: Path, threads: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, HERE / "yardsticks.py", kind, str(model), str(threads)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._read()

    def ask(self, **job: object) -> dict[str, object]:
        """Run one job."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return self._read()

    def _read(self) -> dict[str, object]:
        assert self._process.stdout is not None
        while line := self._process.stdout.readline():
            if line.startswith("{"):
                answer: dict[str, object] = json.loads(line)
                return answer
        raise RuntimeError("the yardstick process ended")

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
