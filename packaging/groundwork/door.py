"""Reads the verb and walks its steps."""

import os
import subprocess
import sys
from collections.abc import Sequence

from groundwork import environment, explain, locks
from groundwork.console import Command, Console, StepFailed
from groundwork.environment import Kind
from groundwork.places import LOCKS, ROOT, program

USAGE = """Usage:
  python3 packaging/dev.py run [--headless-check] [arguments of the app]   set up once, then start Inglenook
  python3 packaging/dev.py test [arguments of pytest]                      set up once, then run every check and test
  python3 packaging/dev.py lock                                            choose the versions of all packages anew"""


def main(arguments: Sequence[str]) -> int:
    """Run a verb; 0 when it went well, 1 when a step failed, 2 when it was asked wrongly."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a pipe on Windows
    verbs = {"run": run, "test": test, "lock": lock}
    if not arguments or arguments[0] not in verbs:
        print(USAGE, file=sys.stdout if arguments[:1] in (["-h"], ["--help"]) else sys.stderr)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    console = Console()
    try:
        return verbs[arguments[0]](console, list(arguments[1:]))
    except StepFailed as failed:
        console.say("\n" + failed.told)
        return 1
    except KeyboardInterrupt:
        console.say("\nStopped. Running the same command again goes on where it stopped.")
        return 1


def run(console: Console, arguments: list[str]) -> int:  # noqa: RET503 - execv does not come back
    """Set up and start the app; it takes this process's place."""
    if environment.ensure(console, Kind.RUNTIME):
        console.table()
    if "--headless-check" in arguments:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not _screen():
        raise StepFailed(
            "Inglenook is set up, but there is no screen here to open a window on. "
            "Try “python3 packaging/dev.py run --headless-check”, or “.venv/bin/inglenook ask "
            '"What is the capital of France?"”.'
        )
    command = [str(program("inglenook")), *arguments]
    if sys.platform == "win32":
        return subprocess.call(command)
    os.execv(command[0], command)


def test(console: Console, arguments: list[str]) -> int:
    """Set up and run every check; all of them, even when one fails."""
    environment.ensure(console, Kind.DEV)
    python = program("python")
    checks: list[tuple[str, Command]] = [
        ("ruff: style and known mistakes", [program("ruff"), "check", "."]),
        ("ruff: formatting", [program("ruff"), "format", "--check", "."]),
        ("mypy: types", [program("mypy")]),
        ("mypy: types of packaging/", [program("mypy"), *sorted((ROOT / "packaging").rglob("*.py"))]),
        ("import-linter: what may import what", [program("lint-imports"), "--no-cache"]),
    ]
    told: list[str] = []
    for name, command in checks:
        try:
            console.run(name, command, env={"MYPYPATH": "packaging"}, told=explain.findings)
        except StepFailed as failed:
            told.append(failed.told)
    try:
        locks.check(console)
    except StepFailed as failed:
        told.append(failed.told)
    for words in told:
        console.say("\n" + words)
    offscreen = {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    passed = console.stream_through("pytest", [python, "-m", "pytest", *arguments], env=offscreen)
    console.table()
    return 0 if passed and not told else 1


def lock(console: Console, arguments: list[str]) -> int:
    """Choose the versions of all packages anew and write the locks."""
    if arguments:
        print(USAGE, file=sys.stderr)
        return 2
    locks.make(console)
    console.say(f"The locks are in {LOCKS.relative_to(ROOT)}. Run “python3 packaging/dev.py test” next.")
    return 0


def _screen() -> bool:
    """Whether a window can open here."""
    told = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in told)
