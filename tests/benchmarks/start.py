"""start: cold start to a usable window, against a bare PySide6 window; whole processes, interleaved."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 11
ROOT = Path(__file__).resolve().parents[2]

BARE = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QPlainTextEdit
app = QApplication([])
window = QMainWindow()
window.setCentralWidget(QPlainTextEdit())
window.resize(1100, 760)
window.show()
QTimer.singleShot(0, lambda: (window.repaint(), print("ready", flush=True), WAIT))
app.exec()
"""

OURS = """
from PySide6.QtCore import QTimer
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
def usable(event):
    if isinstance(event, ThreadOpened):
        opened.window.repaint()
        print("ready", flush=True)
        WAIT
opened.bridge.announced.connect(usable)
application.exec()
"""


def launch(program: str, profile: str) -> tuple[float, int]:
    """Return the seconds from the start of the process to its usable window, and its resident memory in bytes."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "INGLENOOK_PROFILE": profile}
    start = time.perf_counter()
    code = program.replace("WAIT", "None")
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.perf_counter() - start
        time.sleep(0.5)
        memory = resident(process.pid)
        process.kill()
    return seconds, memory


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


def runs() -> tuple[list[tuple[float, int]], list[tuple[float, int]]]:
    """Start both in turn; the first pair only warms the disk."""
    with tempfile.TemporaryDirectory() as profile:
        fill(profile)
        pairs = [(launch(BARE, profile), launch(OURS, profile)) for _ in range(ROUNDS + 1)][1:]
    return [bare for bare, _ in pairs], [ours for _, ours in pairs]


def measure() -> dict[str, object]:
    """Compare the times of neighbours."""
    bare, ours = runs()
    return {
        "benchmark": "start",
        "rounds": ROUNDS,
        "seconds": round(statistics.median(seconds for seconds, _ in ours), 3),
        "bare_seconds": round(statistics.median(seconds for seconds, _ in bare), 3),
        "ratio": round(statistics.median(a[0] / b[0] for a, b in zip(ours, bare, strict=True)), 2),
        "bound": 1.8,
    }
