"""What every test stands on: a home of its own, no network, no unexpected warnings, nothing left alive."""

import logging
import multiprocessing
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

STARTER = Path(__file__).resolve().parents[1] / "resources" / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a home and a profile of its own."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("INGLENOOK_PROFILE", str(home / "profile"))
    return home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anything but a Unix socket is an error of the test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            raise AssertionError(f"a test opened a connection to {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def no_unexpected_warnings(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """A log record of WARNING or worse fails the test, unless it says `expected_log` in its markers."""
    yield
    if request.node.get_closest_marker("expected_log"):
        return
    records = [one for one in caplog.get_records("call") if one.levelno >= logging.WARNING]
    assert not records, [one.getMessage() for one in records]


@pytest.fixture(autouse=True)
def nothing_left_alive() -> Iterator[None]:
    """No thread and no child process outlives its test."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        if not thread.name.startswith("QThread") and "Dummy" not in thread.name:
            thread.join(5.0)
            assert not thread.is_alive(), f"left running: {thread.name}"
    for child in multiprocessing.active_children():
        child.join(5.0)
        assert not child.is_alive(), f"left running: process {child.pid}"


@pytest.fixture(scope="session")
def starter_model() -> Path:
    """The small real model that the set-up puts into resources/models."""
    assert STARTER.exists(), "the starter model is missing: run `python3 packaging/dev.py test`"
    return STARTER
