"""What the model process gives up."""

import socket
import sys
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.core import isolation
from desktop.core.child import StopFlag
from desktop.core.generation import Finished, FinishReason, GenerateRequest, Loaded
from desktop.core.stream import TextDelta
from desktop.engine import wire
from desktop.engine.client import LocalChatEngine
from tests.engine.conftest import asked, text_of


def probe(pipe: Connection, _flag: StopFlag) -> None:
    """A child that tries what it must not be able to do."""
    import os
    import resource

    limits = isolation._filter_sockets() and "filter" if os.environ.get("ONLY_FILTER") else isolation.apply().no_network
    while not isinstance(pipe.recv(), wire.Quit):
        try:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
                outside.connect(("192.0.2.1", 9))
            network = "open"
        except OSError:
            network = "closed"
        score = Path("/proc/self/oom_score_adj").read_text(encoding="ascii").strip()
        cores = resource.getrlimit(resource.RLIMIT_CORE)[0]
        socket.socketpair()[0].close()
        words = f"{limits} {network} {cores} {score} {os.environ.get('ORT_DISABLE_TELEMETRY')}"
        pipe.send_bytes(wire.encode(Loaded(1, 1, 1, 0, 0.0)))
        pipe.recv()
        pipe.send_bytes(wire.encode(wire.Fragment((TextDelta(words),))))
        pipe.send_bytes(wire.encode(Finished(FinishReason.END, 0, 0, 0, 0.0, 0.0)))


def said(tiny: Path) -> list[str]:
    engine = LocalChatEngine(probe)
    try:
        return text_of(list(engine.generate(GenerateRequest(tiny, asked("hi"))))).split()
    finally:
        engine.close()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux offers these limits")
def test_child_has_no_network_no_core_dumps_and_ends_first(tiny: Path) -> None:
    limits, network, cores, score, telemetry = said(tiny)
    assert limits in ("namespace", "filter")
    assert (network, cores, score, telemetry) == ("closed", "0", "800", "1")


@pytest.mark.skipif(sys.platform != "linux", reason="a Linux mechanism")
def test_filter_leaves_only_unix_sockets(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONLY_FILTER", "1")
    limits, network, *_ = said(tiny)
    assert (limits, network) == ("filter", "closed")
