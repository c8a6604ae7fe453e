"""Threads meet Qt: in order, on the interface thread, one wake-up a burst."""

import threading

from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.conversations import ConversationId
from desktop.core.events import ConversationDeleted, Raised
from desktop.ui.bridge import EventBridge

BURST = 500


def test_events_of_another_thread_arrive_in_order_on_the_interface_thread(qtbot: QtBot) -> None:
    bridge = EventBridge()
    arrived: list[tuple[object, bool]] = []
    bridge.announced.connect(lambda event: arrived.append((event, QThread.currentThread() is bridge.thread())))
    events = [ConversationDeleted(ConversationId(number)) for number in range(BURST)]
    worker = threading.Thread(target=lambda: [bridge.publish(one) for one in events])
    worker.start()
    qtbot.waitUntil(lambda: len(arrived) == BURST)
    worker.join()
    assert arrived == [(one, True) for one in events]


def test_burst_costs_one_wake_up(qapp: QApplication) -> None:
    bridge = EventBridge()
    woken: list[None] = []
    arrived: list[object] = []
    bridge._woken.connect(lambda: woken.append(None))
    bridge.announced.connect(arrived.append)
    for _ in range(BURST):
        bridge.publish(Raised())
    assert not arrived
    qapp.processEvents()
    assert len(arrived) == BURST
    assert len(woken) == 1


def test_events_announced_while_handing_out_arrive_too(qapp: QApplication) -> None:
    bridge = EventBridge()
    arrived: list[object] = []

    def answer(event: object) -> None:
        arrived.append(event)
        if len(arrived) < 3:
            bridge.publish(Raised())

    bridge.announced.connect(answer)
    bridge.publish(Raised())
    qapp.processEvents()
    assert len(arrived) == 3


def test_closed_bridge_announces_nothing(qapp: QApplication) -> None:
    bridge = EventBridge()
    arrived: list[object] = []
    bridge.announced.connect(arrived.append)
    bridge.publish(Raised())
    bridge.close()
    bridge.publish(Raised())
    qapp.processEvents()
    assert not arrived
