"""The way of files and folders into the library: chosen, dropped or pasted, looked at, agreed to, added."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import count

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.core.coverage import CollectionId
from desktop.core.library import SUFFIXES
from desktop.core.library_events import Imported, ImportFailed, Surveyed
from desktop.ui.i18n import translate
from desktop.ui.library.collection_list import CollectionModel
from desktop.ui.library.commands import CollectionCommands
from desktop.ui.library.survey_sheet import SurveySheet, Wanted
from desktop.ui.library.wording import number, short
from desktop.ui.notices import Notice, Tone
from desktop.ui.texts import sentence

Choose = Callable[[QWidget], Sequence[str]]


class Adding(QObject):
    """Asks for a survey, shows it, and adds what was agreed to. Leaving the sheet leaves nothing behind."""

    chosen = Signal(object)
    """Documents go into the collection of this id, or into a new one: None."""
    taking = Signal(bool)
    """Files are being taken in, or no longer."""

    def __init__(
        self,
        page: QWidget,
        library: CollectionCommands,
        collections: CollectionModel,
        tell: Callable[[Notice], None],
        choose_files: Choose | None = None,
        choose_folder: Choose | None = None,
    ) -> None:
        """Take nothing yet.

        Args:
            page: what the sheet lies over.
            library: the service.
            collections: those there are.
            tell: shows a notice.
            choose_files: lets the person choose files; the system's dialog unless a test has its own.
            choose_folder: the same for a folder.
        """
        super().__init__(page)
        self._page = page
        self._library = library
        self._collections = collections
        self._tell = tell
        self._choose_files = choose_files or chosen_files
        self._choose_folder = choose_folder or chosen_folder
        self._tokens = (f"library-{one}" for one in count(1))
        self._token = ""
        self._adding: dict[str, str] = {}
        self._paths: tuple[str, ...] = ()
        self.sheet: SurveySheet | None = None

    def pick_files(self, into: CollectionId | None) -> None:
        """Let the person choose files."""
        self.take(self._choose_files(self._page), into)

    def pick_folder(self, into: CollectionId | None) -> None:
        """Let the person choose a folder."""
        self.take(self._choose_folder(self._page), into)

    def take(self, paths: Sequence[str], into: CollectionId | None) -> None:
        """Look at files and folders, and ask what becomes of them."""
        if not paths:
            return
        self._paths = tuple(paths)
        sheet = self._made()
        if into is None and len(self._collections.shown) == 1:
            into = self._collections.shown[0].id
        sheet.ask(self._collections.shown, into)
        self._survey(into)

    def apply(self, event: Surveyed | Imported | ImportFailed) -> None:
        """Follow what became of a survey or an import."""
        match event:
            case Surveyed(token, survey) if token == self._token and self.sheet is not None:
                self.sheet.tell(survey)
            case ImportFailed(token, error) if token == self._token and self.sheet is not None:
                self.sheet.fail(sentence(error))
            case ImportFailed(token, error) if token in self._adding:
                self._finish(token)
                self._tell(Notice(sentence(error), Tone.ERROR, seconds=0))
            case Imported(token) if token in self._adding:
                self._tell(Notice(_added(event, self._finish(token))))
            case _:
                pass

    def end(self) -> None:
        """Take in nothing more; what was added by now stays."""
        for token in tuple(self._adding):
            self._library.leave(token)
            self._finish(token)

    def forget(self) -> None:
        """Put the sheet away."""
        if self.sheet is not None:
            self.sheet.leave()

    def _made(self) -> SurveySheet:
        if self.sheet is None:
            self.sheet = SurveySheet(self._page)
            self.sheet.agreed.connect(self._add)
            self.sheet.left.connect(self._leave)
            self.sheet.turned.connect(self._turn)
        return self.sheet

    def _survey(self, into: CollectionId | None) -> None:
        self._leave()
        self._token = next(self._tokens)
        self._library.survey(self._paths, into, self._token)

    def _turn(self, into: CollectionId | None) -> None:
        """Look again: another collection has other files already."""
        self._made().wait()
        self._survey(into)

    def _finish(self, token: str) -> str:
        """Forget an import; return the name of its collection."""
        name = self._adding.pop(token)
        self.taking.emit(bool(self._adding))
        return name

    def _leave(self) -> None:
        if self._token:
            self._library.leave(self._token)
        self._token = ""

    def _add(self, wanted: Wanted) -> None:
        self._token = ""
        token = next(self._tokens)
        known = self._collections.find(wanted.collection)
        self._adding[token] = known.name if known else wanted.name
        self.taking.emit(True)
        self.chosen.emit(wanted.collection)
        add = partial(_add_to, self._library, self._paths, wanted, token)
        if wanted.collection is None:
            self._library.make(wanted.name, made=add)
        else:
            add(wanted.collection)


def _add_to(
    library: CollectionCommands, paths: tuple[str, ...], wanted: Wanted, token: str, collection: CollectionId
) -> None:
    """Add; also called on another thread, so nothing on the screen is touched."""
    library.add(paths, collection, wanted.keeping, token)


def files_in(data: QMimeData) -> list[str]:
    """Return the paths of the files and folders that are dropped or pasted."""
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]


def brings_files(data: QMimeData) -> bool:
    """Return whether files or folders are meant."""
    return any(url.isLocalFile() for url in data.urls())


def chosen_files(parent: QWidget) -> Sequence[str]:
    """Let the person choose files in the dialog of the system."""
    kinds = " ".join(f"*{ending}" for ending in sorted(SUFFIXES))
    forms = translate("library", "Documents ({kinds})", kinds=kinds)
    every = translate("library", "All files (*)")
    return QFileDialog.getOpenFileNames(parent, translate("library", "Add documents"), "", f"{forms};;{every}")[0]


def chosen_folder(parent: QWidget) -> Sequence[str]:
    """Let the person choose a folder in the dialog of the system."""
    found = QFileDialog.getExistingDirectory(parent, translate("library", "Add a folder"))
    return (found,) if found else ()


def _added(event: Imported, name: str) -> str:
    if not event.added:
        return translate("library", "“{name}” has all of this already.", name=short(name))
    if event.added == 1:
        words = translate("library", "1 document was added to “{name}”.", name=short(name))
    else:
        words = translate(
            "library", "{count} documents were added to “{name}”.", count=number(event.added), name=short(name)
        )
    if event.known:
        words += " " + translate("library", "{count} were there already.", count=number(event.known))
    return words
