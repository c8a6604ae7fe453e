"""Starts the window: one QApplication, one bridge, one main window."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.core.value import value
from desktop.ui.assets import application_icon
from desktop.ui.bridge import EventBridge
from desktop.ui.shell.services import Announcer, ConversationPage, Services
from desktop.ui.shell.theming import ThemeFollower
from desktop.ui.shell.window import MainWindow
from desktop.ui.theme import Theme


@value
class OpenWindow:
    """A window and what keeps it informed."""

    window: MainWindow
    bridge: EventBridge
    unsubscribe: Callable[[], None]

    def close(self) -> None:
        """Listen no longer."""
        self.unsubscribe()
        self.bridge.close()


def make_application(words: Sequence[str] = ()) -> QApplication:
    """Return the one QApplication, in the house's style and type."""
    QGuiApplication.setApplicationName("Inglenook")
    QGuiApplication.setApplicationDisplayName("Inglenook")
    QGuiApplication.setDesktopFileName("inglenook")
    application = QApplication(["inglenook", *words])
    application.setStyle(QStyleFactory.create("Fusion"))
    application.setWindowIcon(application_icon())
    return application


def open_window(
    application: QApplication,
    services: Services,
    announcer: Announcer,
    make_chat: Callable[[Theme], ConversationPage],
) -> OpenWindow:
    """Build the window and show it, while the vault opens on a lane of its own."""
    bridge = EventBridge()
    unsubscribe = announcer.subscribe(bridge.publish)
    services.vault.announce()
    follower = ThemeFollower(application, services.settings.current)
    window = MainWindow(services, bridge, follower, make_chat(follower.theme))
    follower.setParent(window)
    follower.dress()
    window.show()
    return OpenWindow(window, bridge, unsubscribe)
