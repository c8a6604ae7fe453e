"""What every child process is told and tells alike: to end, and how a command ended."""

from dataclasses import dataclass

from desktop.core.errors import AppError


@dataclass(frozen=True, slots=True)
class Quit:
    """End the process."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The command is done."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """It was cancelled."""


@dataclass(frozen=True, slots=True)
class Failure:
    """It failed in a way the person is told."""

    error: AppError


@dataclass(frozen=True, slots=True)
class Broken:
    """A bug in the child: class of the exception and where it was raised, never its text."""

    what: str
    where: str
