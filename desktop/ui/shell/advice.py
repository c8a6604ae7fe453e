"""What the window tells by itself, and offers to do."""

from collections.abc import Callable
from functools import partial

from desktop.core.events import ConversationExported, Event, ThreadOpened, TurnWasSlow
from desktop.ui.i18n import translate
from desktop.ui.models.slow_notice import slow_notice
from desktop.ui.notices import Notice
from desktop.ui.shell.services import Services


def on(event: Event, services: Services) -> Notice | None:
    """Return what the person should know of an event."""
    match event:
        case ThreadOpened(thread) if thread.summary.archived:
            return archived(partial(services.history.archive, thread.summary.id, False))
        case ConversationExported(name):
            return exported(name)
        case TurnWasSlow(faster):
            return slow_notice(faster, services.models, services.settings)
        case _:
            return None


def recovery(show: Callable[[], None], closed: Callable[[], None]) -> Notice:
    """Return the advice to make a recovery code."""
    return Notice(
        translate("shell", "Your conversations are encrypted. Make a recovery code, so that you can always open them."),
        action=translate("shell", "Show me"),
        act=show,
        closed=closed,
        seconds=0,
    )


def archived(move_back: Callable[[], None]) -> Notice:
    """Return the offer to take a conversation out of the archive."""
    return Notice(
        translate("shell", "This conversation is archived."),
        action=translate("shell", "Move it back to the list"),
        act=move_back,
    )


def exported(name: str) -> Notice:
    """Return the news that a conversation lies in a file; that one is not encrypted."""
    return Notice(translate("shell", "The conversation was written to {name}. That file is not encrypted.", name=name))
