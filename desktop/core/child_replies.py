"""What every child process is told and tells alike: to end, and how a command ended."""

from desktop.core.errors import AppError
from desktop.core.value import value


@value
class Quit:
    """End the process."""


@value
class Ended:
    """The command is done."""


@value
class Stopped:
    """It was cancelled."""


@value
class Failure:
    """It failed in a way the person is told."""

    error: AppError


@value
class Broken:
    """A bug in the child: class of the exception and where it was raised, never its text."""

    what: str
    where: str
