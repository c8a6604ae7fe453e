"""What can go wrong while an answer is read aloud; sentences for people."""

from desktop.core.errors import AppError


class NoVoice(AppError):
    """Nothing on this system speaks, or it has broken off."""

    sentence = "There is no voice on this computer that can read aloud. Nothing was changed. Add one, then try again."


class VoiceHung(AppError):
    """The speaking process did not answer and was ended."""

    sentence = "The voice of this computer did not answer and was ended. Nothing was lost. Try again: it starts anew."


class VoiceCrashed(AppError):
    """The speaking process ended by itself."""

    sentence = "The voice of this computer stopped unexpectedly. Nothing was lost. Try again: it starts anew."
