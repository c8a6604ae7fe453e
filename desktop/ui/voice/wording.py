"""What is said about microphones, models and voices."""

import sys

from desktop.core.errors import AppError
from desktop.core.reading_errors import NoVoice
from desktop.ui.i18n import translate
from desktop.ui.texts import sentence
from desktop.ui.voice.microphone import Trouble


def no_model() -> str:
    """Return why nothing can be dictated, and what to do."""
    return translate("voice", "There is no speech model on this computer. Put one into the models folder to dictate.")


def no_voice(platform: str = sys.platform) -> str:
    """Return why nothing can be read aloud, and what to do."""
    if platform == "linux":
        return translate(
            "voice",
            "There is no voice on this computer that can read aloud. "
            "Install “speech-dispatcher” and “espeak-ng” with the software manager, then try again.",
        )
    return translate(
        "voice",
        "There is no voice on this computer that can read aloud. "
        "Add one in the system's settings for speech, then try again.",
    )


def not_read(error: AppError) -> str:
    """Return why nothing is read aloud, and what to do."""
    return no_voice() if isinstance(error, NoVoice) else sentence(error)


def trouble_words(trouble: Trouble) -> str:
    """Return what is the matter, what is kept and what to do."""
    match trouble:
        case Trouble.MISSING:
            return translate("voice", "No microphone was found. Plug one in, then go on.")
        case Trouble.REFUSED:
            return translate(
                "voice", "Inglenook may not use the microphone. Allow it in the system's privacy settings, then go on."
            )
        case Trouble.UNPLUGGED:
            return translate(
                "voice", "The microphone was disconnected. What was said so far is kept. Plug it in or choose another."
            )
        case Trouble.BUSY:
            return translate(
                "voice", "The microphone could not be opened. Another program may be using it. Close that, then go on."
            )
