"""The verbs of the command line, done by the process that holds the profile."""

import secrets
from collections.abc import Iterator
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection

from desktop.core.conversations import SearchHit, Thread
from desktop.core.errors import AppError, ProfileBusy
from desktop.core.events import Event
from desktop.core.paths import Profile
from desktop.services.beside import NOTHING, Beside
from desktop.services.handover import Ask, Done, Invitation, Raise, Read, Request, Result, Search, Stop


class Guest:
    """Who asks through the door of the process that holds the profile."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.asker = secrets.token_hex(8)

    def call(self, request: Request) -> Result:
        """Have something done and return what comes of it.

        Raises:
            AppError: as the other process says, or ProfileBusy.
        """
        with self._connect() as connection:
            connection.send(request)
            while not isinstance(reply := _receive(connection), Done):
                pass
            return reply.result

    def listen(self, request: Request) -> Iterator[Event]:
        """Have something done and yield what happens meanwhile; errors as of `call`."""
        with self._connect() as connection:
            connection.send(request)
            while not isinstance(reply := _receive(connection), Done):
                yield reply

    def stop(self) -> None:
        """End what is being done."""
        self.call(Stop(self.asker))

    def _connect(self) -> Connection:
        try:
            invitation = Invitation.read(self._profile)
            return Client(invitation.address, authkey=invitation.secret)
        except (OSError, ValueError, KeyError, EOFError, AuthenticationError) as error:
            raise ProfileBusy from error


class RemoteVerbs:
    """The verbs, done by the process that holds the profile."""

    def __init__(self, profile: Profile) -> None:
        self._guest = Guest(profile)

    def raise_window(self) -> None:
        """Bring the other process's window to the front.

        Raises:
            ProfileBusy: whoever holds the profile has no door.
        """
        self._guest.call(Raise())

    def ask(self, text: str, model: str = "", beside: Beside = NOTHING) -> Iterator[Event]:
        """Ask there; yields the turn's events, the last one is TurnFinished.

        Raises:
            AppError: as the other process says, or ProfileBusy.
        """
        return self._guest.listen(Ask(text, model, self._guest.asker, beside))

    def stop(self) -> None:
        """Stop the answer that `ask` yields."""
        self._guest.stop()

    def search(self, query: str, limit: int = 20) -> tuple[SearchHit, ...]:
        """Find messages."""
        result = self._guest.call(Search(query, limit))
        return tuple(one for one in result if isinstance(one, SearchHit)) if isinstance(result, tuple) else ()

    def thread(self, conversation: int) -> Thread:
        """Read a conversation.

        Raises:
            ConversationMissing: the id names none.
            ProfileBusy: the other process left.
        """
        result = self._guest.call(Read(conversation))
        if not isinstance(result, Thread):
            raise ProfileBusy
        return result


def _receive(connection: Connection) -> Event | Done:
    try:
        reply: Event | Done | AppError = connection.recv()
    except (OSError, EOFError) as error:
        raise ProfileBusy from error
    if isinstance(reply, AppError):
        raise reply
    return reply
