"""What can go wrong while speech is written down; sentences for people."""

from desktop.core.errors import AppError


class NoSpeechModel(AppError):
    """No folder on this computer holds a speech model."""

    sentence = (
        "Speech cannot be written down: there is no speech model on this computer. The recording is kept. Put the "
        "folder of a Whisper model among your models."
    )


class NotASpeechModel(AppError):
    """A folder was named that lacks a file of a speech model."""

    sentence = (
        "The folder {name} does not hold a whole speech model. Nothing was changed. A Whisper model for "
        "faster-whisper has model.bin, config.json and tokenizer.json in one folder: choose that one."
    )


class SpeechModelUnknown(AppError):
    """The name given matches no speech model."""

    sentence = "No speech model is called “{name}”. Nothing was changed. There are: {known}."


class SpeechModelMissing(AppError):
    """The folder of a speech model lacks a file, or is gone."""

    sentence = "The speech model {name} is missing or incomplete. Nothing was changed. Choose another one."


class SpeechModelDamaged(AppError):
    """The library refused the speech model."""

    sentence = "The speech model {name} cannot be used. Nothing was changed. Choose another one."


class TranscriberCrashed(AppError):
    """The speech process ended by itself."""

    sentence = (
        "Writing down the speech stopped unexpectedly. The recording is kept. Try again: it starts anew by itself."
    )


class TranscriberHung(AppError):
    """The speech process did not answer and was ended."""

    sentence = "Writing down the speech took too long and was ended. The recording is kept. Try again."


class NotWrittenDown(AppError):
    """A transcript is to be saved that is no longer there, or is another model's."""

    sentence = "What is said in {name} is not written down yet. Nothing was saved. Have it written down first."
