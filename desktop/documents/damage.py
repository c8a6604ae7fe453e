"""What parsers raise on bytes that cannot be, turned into the one error a person is told.

Why the Rust panic is told by its name: PyO3 gives its class to nobody, and it does not derive from Exception, so
it would end the reader process.
"""

import zipfile
from types import TracebackType

from desktop.core.errors import FileDamaged
from desktop.media.limits import DAMAGE as DAMAGED_BYTES

DAMAGE: tuple[type[Exception], ...] = (*DAMAGED_BYTES, zipfile.BadZipFile)
_PANIC = "PanicException"


class Parsing:
    """Around the call of a parser: what it raises on bad bytes leaves as FileDamaged.

    Memory, a person's stop and errors that are told already pass through.
    """

    def __init__(self, name: str, *others: type[Exception]) -> None:
        """Take the file's name, and the parser's own errors."""
        self._name = name
        self._kinds = (*DAMAGE, *others)

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Translate.

        Raises:
            FileDamaged: in place of what the parser raised.
        """
        if error is not None and (isinstance(error, self._kinds) or type(error).__name__ == _PANIC):
            raise FileDamaged(name=self._name) from error
