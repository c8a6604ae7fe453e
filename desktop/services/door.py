"""The door of the running instance: a second start raises its window, a command line hands its work over."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from typing import assert_never, cast

from desktop.core.errors import AppError
from desktop.core.events import Event, Raised
from desktop.core.paths import Profile
from desktop.core.ports import Publish
from desktop.services.handover import (
    Ask,
    Bring,
    Done,
    Find,
    Invitation,
    Leave,
    Raise,
    Read,
    Request,
    Result,
    Search,
    Stop,
)
from desktop.services.lanes import Work
from desktop.services.library_verbs import LocalLibraryVerbs
from desktop.services.verbs import LocalVerbs

PATIENCE_SECONDS = 2.0
"""A guest who says nothing for so long is sent away: nobody may keep others waiting, or the app from quitting."""


Served = Ask | Search | Read | Bring | Find


class Door:
    """Listens on its own lane. What takes its time is done on others: answers on one, imports on another."""

    def __init__(
        self,
        profile: Profile,
        verbs: LocalVerbs,
        library: LocalLibraryVerbs,
        guest: Work,
        carrier: Work,
        publish: Publish,
    ) -> None:
        self._profile = profile
        self._verbs = verbs
        self._library = library
        self._guest = guest
        self._carrier = carrier
        self._publish = publish
        self._invitation = Invitation.make(profile)
        self._listener = Listener(self._invitation.address)
        self._invitation.write(profile)

    def close(self) -> None:
        """Stop listening. From any thread."""
        invitation = self._invitation
        with suppress(OSError, EOFError), Client(invitation.address, authkey=invitation.secret) as connection:
            connection.send(Leave())
        self._profile.door.unlink(missing_ok=True)

    def shut(self) -> None:
        """Close a door that was never listened at."""
        self._listener.close()
        self._profile.door.unlink(missing_ok=True)

    def listen(self) -> None:
        """Let guests in until `close`."""
        with self._listener:
            while True:
                try:
                    connection = self._listener.accept()
                    request = self._greet(connection)
                except (OSError, EOFError, AuthenticationError):
                    continue
                if isinstance(request, Leave):
                    connection.close()
                    return
                self._admit(connection, request)

    def _greet(self, connection: Connection) -> Request | None:
        """Have a guest prove that it knows the secret, prove the same to it, and hear what it wants."""
        try:
            patient = cast("Connection", _Patient(connection))
            deliver_challenge(patient, self._invitation.secret)
            answer_challenge(patient, self._invitation.secret)
            return connection.recv() if connection.poll(PATIENCE_SECONDS) else None
        except (OSError, EOFError, AuthenticationError):
            connection.close()
            raise

    def _admit(self, connection: Connection, request: Request | None) -> None:
        match request:
            case Raise():
                self._publish(Raised())
                self._confirm(connection)
            case Stop(asker):
                self._verbs.stop(asker)
                self._library.stop(asker)
                self._confirm(connection)
            case Ask():
                self._guest.submit(lambda: self._serve(connection, request))
            case Bring():
                self._carrier.submit(lambda: self._serve(connection, request))
            case Search() | Read() | Find():
                self._serve(connection, request)
            case _:
                connection.close()

    def _confirm(self, connection: Connection) -> None:
        with connection, suppress(OSError):
            connection.send(Done())

    def _serve(self, connection: Connection, request: Served) -> None:
        with connection, suppress(OSError, EOFError):
            try:
                connection.send(Done(self._do(connection, request)))
            except AppError as error:
                connection.send(error)

    def _do(self, connection: Connection, request: Served) -> Result:
        match request:
            case Ask(text, model, asker, beside):
                self._pass_on(connection, self._verbs.ask(text, model, beside, asker), lambda: self._verbs.stop(asker))
                return None
            case Bring(paths, collection, keeping, asker):
                events = self._library.bring(paths, collection, keeping, asker)
                self._pass_on(connection, events, lambda: self._library.stop(asker))
                return None
            case Find(query, collection, limit):
                return self._library.find(query, collection, limit)
            case Search(query, limit):
                return self._verbs.search(query, limit)
            case Read(conversation):
                return self._verbs.thread(conversation)
            case _:
                assert_never(request)

    def _pass_on(self, connection: Connection, events: Iterator[Event], stop: Callable[[], None]) -> None:
        """Send events; a guest who leaves stops what makes them, which stays stored as far as it came."""
        gone = False
        for event in events:
            try:
                if not gone:
                    connection.send(event)
            except OSError:
                gone = True
                stop()


class _Patient:
    """What the handshake of multiprocessing needs of a connection, with an end to waiting."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send_bytes(self, data: bytes) -> None:
        self._connection.send_bytes(data)

    def recv_bytes(self, limit: int) -> bytes:
        if not self._connection.poll(PATIENCE_SECONDS):
            raise EOFError
        return self._connection.recv_bytes(limit)
