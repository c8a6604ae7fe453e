"""The store as the services see it: absent while the vault is locked."""

from collections.abc import Callable

from desktop.core.errors import VaultLocked
from desktop.core.library_ports import Folders, Library
from desktop.core.ports import Attachments, Conversations
from desktop.core.voice_ports import Recordings


class Shelf:
    """Holds the opened store; asking for it while it is locked raises VaultLocked."""

    def __init__(self) -> None:
        self._conversations: Conversations | None = None
        self._attachments: Attachments | None = None
        self._recordings: Recordings | None = None
        self._library: Library | None = None
        self._folders: Folders | None = None
        self._close: Callable[[], None] = _nothing

    @property
    def open(self) -> bool:
        """Whether the store can be used."""
        return self._conversations is not None

    @property
    def conversations(self) -> Conversations:
        """The tree of messages.

        Raises:
            VaultLocked: the vault is not open.
        """
        if self._conversations is None:
            raise VaultLocked
        return self._conversations

    @property
    def attachments(self) -> Attachments:
        """The files beside the questions.

        Raises:
            VaultLocked: the vault is not open.
        """
        if self._attachments is None:
            raise VaultLocked
        return self._attachments

    @property
    def recordings(self) -> Recordings:
        """The recordings under way.

        Raises:
            VaultLocked: the vault is not open.
        """
        if self._recordings is None:
            raise VaultLocked
        return self._recordings

    @property
    def library(self) -> Library:
        """The documents.

        Raises:
            VaultLocked: the vault is not open.
        """
        if self._library is None:
            raise VaultLocked
        return self._library

    @property
    def folders(self) -> Folders:
        """The folders that collections follow.

        Raises:
            VaultLocked: the vault is not open.
        """
        if self._folders is None:
            raise VaultLocked
        return self._folders

    def put(self, conversations: Conversations, close: Callable[[], None]) -> None:
        """Take the opened store and what closes it."""
        self._conversations, self._close = conversations, close

    def put_files(self, attachments: Attachments, recordings: Recordings) -> None:
        """Take the files of that store; before the store, so that they are there when it is."""
        self._attachments, self._recordings = attachments, recordings

    def put_library(self, library: Library, folders: Folders) -> None:
        """Take the documents of that store; before the store, so that they are there when it is."""
        self._library, self._folders = library, folders

    def clear(self) -> None:
        """Close the store."""
        self._conversations = self._attachments = self._recordings = self._library = self._folders = None
        close, self._close = self._close, _nothing
        close()


def _nothing() -> None:
    pass
