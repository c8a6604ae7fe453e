"""What happens as kept files are looked at, played and saved; every token is that of the command that is answered."""

from desktop.core.errors import AppError
from desktop.core.media import Frame, Moment, Picture
from desktop.core.value import value


@value
class PictureViewed:
    """A picture, or a page of one, large."""

    token: str
    picture: Picture


@value
class FramesPreviewing:
    """The frames that a model would get are being chosen; total 0 = unknown."""

    token: str
    done: int
    total: int


@value
class FramesPreviewed:
    """The frames that a model would get of a video, small, in order of time."""

    token: str
    frames: tuple[Frame, ...]


@value
class LevelsPreviewed:
    """How loud a sound is: its level curve, from beginning to end."""

    token: str
    levels: bytes


@value
class ViewFailed:
    """What was to be seen, or played any further, cannot be."""

    token: str
    error: AppError


@value
class MomentPlayed:
    """A frame or some sound, ahead of the moment that the player has reached."""

    token: str
    moment: Moment


@value
class PlayingEnded:
    """All of the film or sound was announced."""

    token: str


@value
class AttachmentSaved:
    """A copy of an attachment lies where the person said; it is not encrypted."""

    name: str


ViewingEvent = (
    PictureViewed
    | FramesPreviewing
    | FramesPreviewed
    | LevelsPreviewed
    | ViewFailed
    | MomentPlayed
    | PlayingEnded
    | AttachmentSaved
)
