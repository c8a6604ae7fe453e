"""The verbs of the library, done by the process that holds the profile."""

from collections.abc import Iterator, Sequence

from desktop.core.events import Event
from desktop.core.library import Keeping
from desktop.core.paths import Profile
from desktop.services.found_place import FoundPlace
from desktop.services.handover import Bring, Find
from desktop.services.remote import Guest


class RemoteLibraryVerbs:
    """The port `LibraryVerbs` through the door."""

    def __init__(self, profile: Profile) -> None:
        self._guest = Guest(profile)

    def bring(self, paths: Sequence[str], collection: str, keeping: Keeping) -> Iterator[Event]:
        """Import there; yields what happens until all of it is read.

        Raises:
            AppError: as the other process says, or ProfileBusy.
        """
        return self._guest.listen(Bring(tuple(paths), collection, keeping, self._guest.asker))

    def stop(self) -> None:
        """End the import that `bring` follows."""
        self._guest.stop()

    def find(self, query: str, collection: str, limit: int) -> tuple[FoundPlace, ...]:
        """Find passages, best first."""
        found = self._guest.call(Find(query, collection, limit))
        return tuple(one for one in found if isinstance(one, FoundPlace)) if isinstance(found, tuple) else ()
