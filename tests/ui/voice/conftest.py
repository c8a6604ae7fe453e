"""A sound server of the test's own, with a microphone that hears what is played, and somebody who listens to it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

NEEDED = ("pulseaudio", "paplay", "pactl", "espeak-ng")
LISTENER = Path(__file__).parent / "listener.py"
ROOT = LISTENER.parents[3]


@dataclass
class Listener:
    """The microphone of the app, in a process of its own."""

    process: subprocess.Popen[str]
    file: Path

    def tells(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def waits_for(self, word: str) -> None:
        while (told := self.tells()) != word:
            assert told or self.process.poll() is None, f"it ended before it told {word!r}"

    def heard(self) -> bytes:
        return self.file.read_bytes()

    def ends(self) -> None:
        self.process.communicate("end", timeout=10)


@dataclass
class Room:
    """Plays into the microphone."""

    folder: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def play(self, sound: Path) -> None:
        self._start("paplay", "--device=room", str(sound))

    def listens(self, wanted: str = "") -> Listener:
        file = self.folder / "heard"
        return Listener(self._start(sys.executable, str(LISTENER), str(file), wanted), file)

    def runs(self, script: Path) -> subprocess.Popen[str]:
        return self._start(sys.executable, str(script))

    def ask(self, *words: str) -> str:
        done = subprocess.run(["pactl", *words], env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout

    def close(self) -> None:
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
            process.communicate(timeout=10)

    def _start(self, *words: str) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        made = subprocess.Popen(
            words, env=self.environment, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
        )
        self.processes.append(made)
        return made

    def opens(self) -> None:
        """Start the server; it is there when its first line of `pactl subscribe` could be asked for."""
        server = self._start(
            "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--log-target=stderr",
            f"--load=module-native-protocol-unix socket={self.folder}/native auth-anonymous=1",
            "--load=module-null-sink sink_name=room rate=48000",
            "--load=module-remap-source master=room.monitor source_name=microphone"
            " source_properties=device.description=Microphone",
        )  # fmt: skip
        while subprocess.run(["pactl", "info"], env=self.environment, capture_output=True, check=False).returncode:
            assert server.poll() is None, "the sound server did not start"
        self.ask("set-default-source", "microphone")


@pytest.fixture
def make_room() -> Iterator[Callable[[], Room]]:
    rooms: list[Room] = []

    def make() -> Room:
        folder = Path(tempfile.mkdtemp(prefix="room"))  # the path of a socket must be short
        names = {"PULSE_RUNTIME_PATH": str(folder), "PULSE_SERVER": f"unix:{folder}/native", "PYTHONPATH": str(ROOT)}
        rooms.append(Room(folder, {**os.environ, **names}))
        return rooms[-1]

    yield make
    for room in rooms:
        room.close()
        shutil.rmtree(room.folder, ignore_errors=True)


@pytest.fixture
def room(make_room: Callable[[], Room]) -> Room:
    if lacking := [name for name in NEEDED if shutil.which(name) is None]:
        pytest.skip(f"no {', '.join(lacking)} here: Debian's packages pulseaudio, pulseaudio-utils and espeak-ng")
    room = make_room()
    room.opens()
    return room
