"""start: cold start to a usable window, against a bare PySide6 window; whole processes, interleaved.

Usable: the window is drawn and a typed letter stands in the composer. `ratio_opened` goes on until the store is
open and the last conversation is drawn.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 11
SETTLE_SECONDS = 0.5
"""Memory is looked at when what is loaded beside the window has come; it is no part of the measured times."""
ROOT = Path(__file__).resolve().parents[2]

BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QPlainTextEdit())
window.resize(1100, 760)
window.show()
QTimer.singleShot(0, lambda: (window.repaint(), print("ready", flush=True)))
app.exec()
"""

OURS = """
import gc
gc.disable()
from desktop import app
app.guard_environment()
from desktop.core.events import ThreadOpened
from desktop.core.paths import default_profile
from desktop.ui.shell.application import make_application
from desktop.ui.shell.opening import show
application = make_application(())
profile = default_profile()
lock = app.prepare(profile)
lock.acquire()
house = app.build(profile)
opened = show(house)
house.doorway.open()
gc.freeze()
gc.enable()
from PySide6.QtCore import QTimer
def type_a_letter():
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtCore import Qt
    composer = opened.window.chat.composer.text
    key = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    application.sendEvent(composer, key)
    opened.window.repaint()
    if composer.toPlainText() == "a":
        print("ready", flush=True)
        composer.clear()
def follow(event):
    if isinstance(event, ThreadOpened):
        opened.window.repaint()
        print("opened", flush=True)
opened.bridge.announced.connect(follow)
QTimer.singleShot(0, type_a_letter)
application.exec()
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One start: seconds from the start of the process, and its resident memory in bytes."""

    usable: float
    opened: float
    memory: int


def launch(program: str, profile: str) -> Run:
    """Start a program that prints a line when it is usable, and ours another when a conversation is shown."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "INGLENOOK_PROFILE": profile}
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        usable = opened = time.perf_counter() - start
        if program is OURS:
            assert process.stdout.readline() == "opened\n"
            opened = time.perf_counter() - start
        time.sleep(SETTLE_SECONDS)
        memory = resident(process.pid)
        process.kill()
    return Run(usable, opened, memory)


def resident(pid: int) -> int:
    """Return the resident memory of a process and its children in bytes."""
    import psutil

    process = psutil.Process(pid)
    return sum(one.memory_info().rss for one in [process, *process.children(recursive=True)])


def fill(profile: str) -> None:
    """Make an encrypted profile with two hundred conversations, so that the start is an everyday one."""
    from desktop import app
    from desktop.core.conversations import GENERAL
    from desktop.core.messages import Message, Role
    from desktop.core.paths import Profile

    house = app.build(Profile(Path(profile)))
    house.vault.open_now()
    for number in range(200):
        made = house.shelf.conversations.create(f"Conversation {number}", GENERAL)
        house.shelf.conversations.add(made.id, None, Message.of(Role.USER, "A question of some words. " * 20))
    house.close()


def runs() -> tuple[list[Run], list[Run]]:
    """Start both in turn; the first pair only warms the disk."""
    with tempfile.TemporaryDirectory() as profile:
        fill(profile)
        pairs = [(launch(BARE, profile), launch(OURS, profile)) for _ in range(ROUNDS + 1)][1:]
    return [bare for bare, _ in pairs], [ours for _, ours in pairs]


def measure() -> dict[str, object]:
    """Compare the times of neighbours."""
    bare, ours = runs()
    pairs = list(zip(ours, bare, strict=True))
    return {
        "benchmark": "start",
        "rounds": ROUNDS,
        "seconds": round(statistics.median(one.usable for one in ours), 3),
        "opened_seconds": round(statistics.median(one.opened for one in ours), 3),
        "bare_seconds": round(statistics.median(one.usable for one in bare), 3),
        "ratio": round(statistics.median(mine.usable / other.usable for mine, other in pairs), 2),
        "ratio_opened": round(statistics.median(mine.opened / other.usable for mine, other in pairs), 2),
        "bound": 1.8,
    }
