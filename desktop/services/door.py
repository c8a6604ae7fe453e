"""The door of the running instance: a second start raises its window, a command line hands its work over."""

from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from typing import assert_never

from desktop.core.conversations import SearchHit, Thread
from desktop.core.errors import AppError
from desktop.core.events import Raised
from desktop.core.paths import Profile
from desktop.core.ports import Publish
from desktop.services.handover import Ask, Done, Invitation, Leave, Raise, Read, Request, Search, Stop
from desktop.services.lanes import Work
from desktop.services.verbs import Verbs


class Door:
    """Listens on its own lane; work that takes time is done on the guest lane, raising and stopping at once."""

    def __init__(self, profile: Profile, verbs: Verbs, door: Work, guest: Work, publish: Publish) -> None:
        self._profile = profile
        self._verbs = verbs
        self._guest = guest
        self._publish = publish
        self._invitation = Invitation.make(profile)
        self._listener = Listener(self._invitation.address, authkey=self._invitation.secret)
        door.submit(self._listen)

    def close(self) -> None:
        """Stop listening."""
        invitation = self._invitation
        with suppress(OSError, EOFError), Client(invitation.address, authkey=invitation.secret) as connection:
            connection.send(Leave())
        self._profile.door.unlink(missing_ok=True)

    def _listen(self) -> None:
        with self._listener:
            while True:
                try:
                    connection = self._listener.accept()
                    request = connection.recv() if connection.poll(2.0) else None
                except (OSError, EOFError, AuthenticationError):
                    continue
                if isinstance(request, Leave):
                    connection.close()
                    return
                self._admit(connection, request)

    def _admit(self, connection: Connection, request: Request | None) -> None:
        match request:
            case Raise():
                self._publish(Raised())
                self._confirm(connection)
            case Stop():
                self._verbs.stop()
                self._confirm(connection)
            case Ask() | Search() | Read():
                self._guest.submit(lambda: self._serve(connection, request))
            case _:
                connection.close()

    def _confirm(self, connection: Connection) -> None:
        with connection, suppress(OSError):
            connection.send(Done())

    def _serve(self, connection: Connection, request: Ask | Search | Read) -> None:
        with connection, suppress(OSError, EOFError):
            try:
                connection.send(Done(self._do(connection, request)))
            except AppError as error:
                connection.send(error)

    def _do(self, connection: Connection, request: Ask | Search | Read) -> tuple[SearchHit, ...] | Thread | None:
        match request:
            case Ask(text, model):
                self._ask(connection, text, model)
                return None
            case Search(query, limit):
                return self._verbs.search(query, limit)
            case Read(conversation):
                return self._verbs.thread(conversation)
            case _:
                assert_never(request)

    def _ask(self, connection: Connection, text: str, model: str) -> None:
        """Send the turn's events; a guest who leaves stops the answer, which stays stored as far as it came."""
        gone = False
        for event in self._verbs.ask(text, model):
            try:
                if not gone:
                    connection.send(event)
            except OSError:
                gone = True
                self._verbs.stop()
