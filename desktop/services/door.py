"""The door of the running instance: a second start raises its window, a command line hands its work over."""

from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener, answer_challenge, deliver_challenge
from typing import assert_never, cast

from desktop.core.conversations import SearchHit, Thread
from desktop.core.errors import AppError
from desktop.core.events import Raised
from desktop.core.paths import Profile
from desktop.core.ports import Publish
from desktop.services.handover import Ask, Done, Invitation, Leave, Raise, Read, Request, Search, Stop
from desktop.services.lanes import Work
from desktop.services.verbs import LocalVerbs

PATIENCE_SECONDS = 2.0
"""A guest who says nothing for so long is sent away: nobody may keep others waiting, or the app from quitting."""


class Door:
    """Listens on its own lane. Only answers, which take their time, are given on the guest lane."""

    def __init__(self, profile: Profile, verbs: LocalVerbs, guest: Work, publish: Publish) -> None:
        self._profile = profile
        self._verbs = verbs
        self._guest = guest
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
                self._confirm(connection)
            case Ask():
                self._guest.submit(lambda: self._serve(connection, request))
            case Search() | Read():
                self._serve(connection, request)
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
            case Ask():
                self._ask(connection, request)
                return None
            case Search(query, limit):
                return self._verbs.search(query, limit)
            case Read(conversation):
                return self._verbs.thread(conversation)
            case _:
                assert_never(request)

    def _ask(self, connection: Connection, request: Ask) -> None:
        """Send the turn's events; a guest who leaves stops the answer, which stays stored as far as it came."""
        gone = False
        for event in self._verbs.ask(request.text, request.model, request.beside, request.asker):
            try:
                if not gone:
                    connection.send(event)
            except OSError:
                gone = True
                self._verbs.stop(request.asker)


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
