"""Exit codes of the command line, the same for every command."""

from desktop.core.errors import (
    AppError,
    KeyLost,
    ModelMissing,
    ModelUnknown,
    NoModel,
    ProfileBusy,
    VaultLocked,
    WrongPassphrase,
)
from desktop.core.speech_errors import NoSpeechModel, NotASpeechModel, SpeechModelUnknown

SOME_UNREADABLE = 6

EXPLAINED = """\
exit codes:
  0  done
  1  it failed; stderr says why
  2  the command line was not understood
  3  the conversations are locked
  4  there is no such model
  5  another command holds the profile
  6  imported, but some documents could not be read; stdout says which and why
  130  stopped by Ctrl+C; what was written is kept
"""


def code(error: AppError) -> int:
    """Return the exit code of an error."""
    match error:
        case VaultLocked() | WrongPassphrase() | KeyLost():
            return 3
        case NoModel() | ModelUnknown() | ModelMissing() | NoSpeechModel() | SpeechModelUnknown() | NotASpeechModel():
            return 4
        case ProfileBusy():
            return 5
        case _:
            return 1
