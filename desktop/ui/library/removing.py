"""Removing documents and collections, with an undo: the service hears of it when the notice closes."""

from collections.abc import Callable

from desktop.core.coverage import CollectionId
from desktop.core.library import Collection
from desktop.ui.i18n import translate
from desktop.ui.library.collection_list import CollectionModel
from desktop.ui.library.commands import CollectionCommands
from desktop.ui.library.source_list import Sources
from desktop.ui.library.source_model import SourceModel
from desktop.ui.library.wording import number, short
from desktop.ui.notices import UNDO_SECONDS, Notice, Tone


class Removing:
    """Hides at once and removes later."""

    def __init__(
        self,
        library: CollectionCommands,
        sources: SourceModel,
        collections: CollectionModel,
        tell: Callable[[Notice], None],
    ) -> None:
        self._library = library
        self._sources = sources
        self._collections = collections
        self._tell = tell

    def remove(self, chosen: Sources) -> None:
        """Remove documents; their files are not touched."""
        ids = tuple(one.id for one in chosen)
        self._sources.hide(ids, on=True)
        if len(chosen) == 1:
            text = translate(
                "library",
                "“{name}” was removed from the library. The file itself was not touched.",
                name=short(chosen[0].name),
            )
        else:
            text = translate(
                "library",
                "{count} documents were removed from the library. The files themselves were not touched.",
                count=number(len(chosen)),
            )

        def undo() -> None:
            self._sources.hide(ids, on=False)

        def closed() -> None:
            for one in ids:
                self._library.remove(one)

        self._offer(text, undo, closed)

    def delete(self, collection: Collection) -> None:
        """Delete a collection with all that was read for it; files are not touched."""
        one: CollectionId = collection.id
        self._collections.hide(one, on=True)
        text = translate(
            "library",
            "The collection “{name}” was deleted. The files on your computer were not touched.",
            name=short(collection.name),
        )
        self._offer(
            text,
            lambda: self._collections.hide(one, on=False),
            lambda: self._library.remove_collection(one),
        )

    def _offer(self, text: str, undo: Callable[[], None], closed: Callable[[], None]) -> None:
        self._tell(Notice(text, Tone.UNDO, translate("library", "Undo"), undo, closed, UNDO_SECONDS))
