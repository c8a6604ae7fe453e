"""Steps as a person sees them: a name, progress while it runs, the time it took, plain words when it fails."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from groundwork import explain
from groundwork.places import ROOT

COUNTED = re.compile(rb"\[(\d+)/(\d+)\]")
QUIET_EVERY = 30.0
"""Seconds between two signs of life where the output is no terminal."""


Command = Sequence[str | Path]


class StepFailed(Exception):
    """A step ended badly; `told` is what a person should read, the end of the output included."""

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


@dataclass
class Row:
    """A finished step of the table."""

    name: str
    seconds: float
    outcome: str


@dataclass
class Console:
    """Shows steps and remembers them for the table at the end."""

    stream: IO[str] = sys.stdout
    rows: list[Row] = field(default_factory=list)
    clock: Callable[[], float] = time.monotonic

    @property
    def live(self) -> bool:
        """Whether a line can be drawn over."""
        return self.stream.isatty()

    def say(self, text: str) -> None:
        """A whole line."""
        print(text, file=self.stream, flush=True)

    @contextmanager
    def step(self, name: str, *, note: str = "") -> Iterator[None]:
        """Show a step that is done in this process."""
        self._begin(name, note)
        began = self.clock()
        try:
            yield
        except BaseException:
            self._end(name, began, "failed")
            raise
        self._end(name, began, "ok")

    def run(
        self,
        name: str,
        command: Command,
        *,
        estimate: float = 0.0,
        env: Mapping[str, str] | None = None,
        told: Callable[[str, str, int], str] = explain.failure,
    ) -> str:
        """Run a program as a step and return its output; `told` words a failure.

        Raises:
            StepFailed: it ended with another code than 0.
        """
        self._begin(name, f"about {duration(estimate)}" if estimate else "")
        began = self.clock()
        with tempfile.TemporaryFile() as log:
            try:
                code = self._wait(_start(command, log, env), name, began, estimate, log)
            except OSError as error:
                self._end(name, began, "failed")
                raise StepFailed(explain.failure(name, str(error), 127)) from error
            log.seek(0)
            output = log.read().decode("utf-8", "replace")
        self._end(name, began, "ok" if code == 0 else "failed")
        if code != 0:
            raise StepFailed(told(name, output, code))
        return output

    def stream_through(self, name: str, command: Command, *, env: Mapping[str, str] | None = None) -> bool:
        """Run a program that speaks for itself; whether it ended with 0."""
        self.say(f"… {name}")
        began = self.clock()
        code = subprocess.call([str(part) for part in command], cwd=ROOT, env=_environment(env))
        self._end(name, began, "ok" if code == 0 else "failed")
        return code == 0

    def table(self) -> None:
        """Print all steps with their times."""
        width = max((len(row.name) for row in self.rows), default=0)
        self.say("")
        for row in self.rows:
            self.say(f"  {row.name:<{width}}  {row.outcome:<6}  {duration(row.seconds):>8}")
        total = sum(row.seconds for row in self.rows)
        self.say(f"  {'all together':<{width}}  {'':<6}  {duration(total):>8}")

    def _begin(self, name: str, note: str) -> None:
        text = f"… {name}" + (f" ({note})" if note else "")
        print(text, file=self.stream, end="\r" if self.live else "\n", flush=True)

    def _end(self, name: str, began: float, outcome: str) -> None:
        seconds = self.clock() - began
        self.rows.append(Row(name, seconds, outcome))
        mark = "✓" if outcome == "ok" else "✗"
        clear = "\x1b[2K" if self.live else ""
        self.say(f"{clear}{mark} {name}  {duration(seconds)}")

    def _wait(
        self, process: "subprocess.Popen[bytes]", name: str, began: float, estimate: float, log: IO[bytes]
    ) -> int:
        """Wait for the end and show life meanwhile; an interrupted wait ends the program too."""
        shown = began
        every = 0.5 if self.live else QUIET_EVERY
        while True:
            try:
                return process.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                now = self.clock()
                if now - shown >= every:
                    shown = now
                    line = progress(name, now - began, estimate, _counted(log))
                    print(
                        f"\x1b[2K{line}" if self.live else line,
                        file=self.stream,
                        end="\r" if self.live else "\n",
                        flush=True,
                    )
            except KeyboardInterrupt:
                process.terminate()
                process.wait()
                raise


def progress(name: str, elapsed: float, estimate: float, counted: tuple[int, int] | None) -> str:
    """The line that shows life: elapsed, the estimate, and how many parts are done when the program counts them."""
    text = f"… {name}  {duration(elapsed)}"
    if estimate:
        text += f" of about {duration(max(estimate, elapsed))}"
    if counted:
        text += f", part {counted[0]} of {counted[1]}"
    return text


def duration(seconds: float) -> str:
    """Seconds as people read them."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


def _start(command: Command, log: IO[bytes], env: Mapping[str, str] | None) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=ROOT,
        env=_environment(env),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
    )


def _environment(extra: Mapping[str, str] | None) -> dict[str, str]:
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1", "PYTHONUTF8": "1"}
    return {**os.environ, **quiet, **(extra or {})}


def _counted(log: IO[bytes]) -> tuple[int, int] | None:
    """The last “[12/345]” a build wrote; read apart from the writer's own place in the file."""
    size = os.fstat(log.fileno()).st_size
    if sys.platform == "win32":
        return None
    last = deque(COUNTED.finditer(os.pread(log.fileno(), 16_384, max(0, size - 16_384))), maxlen=1)
    return (int(last[0][1]), int(last[0][2])) if last else None
