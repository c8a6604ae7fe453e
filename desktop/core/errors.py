"""Errors that are told to the person; everything else that is raised is a bug.

Each class carries one English sentence with named fields: what happened, what was kept, what to do.
The command line prints it; the window translates the sentence before it fills the fields in.
"""

from typing import ClassVar


class AppError(Exception):
    """Something a person should be told in plain words."""

    sentence: ClassVar[str] = "Something went wrong."

    def __init__(self, **fields: object) -> None:
        """Keep the fields that the sentence names."""
        super().__init__(fields)
        self.fields = fields

    def __str__(self) -> str:
        """The English sentence with its fields filled in."""
        return self.sentence.format(**self.fields)

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the pipe between processes."""
        return _rebuild, (type(self), self.fields)


def _rebuild(kind: type[AppError], fields: dict[str, object]) -> AppError:
    return kind(**fields)


class Cancelled(Exception):
    """The person asked to stop; unwind in silence."""


class NoModel(AppError):
    """There is no model file at all."""

    sentence = "No model file was found. Your question is kept. Add a GGUF file, then send it again."


class ModelMissing(AppError):
    """The chosen file is gone."""

    sentence = "The model file {name} is not there any more. Your question is kept. Choose another model."


class ModelUnknown(AppError):
    """The name given matches no model."""

    sentence = "No model is called “{name}”. “inglenook doctor” lists the models of this machine."


class ModelDamaged(AppError):
    """The header check or llama.cpp refused the file."""

    sentence = "The file {name} cannot be used: {reason}. Nothing was lost. Choose another model."


class ModelTooLarge(AppError):
    """Loading would need more memory than is free."""

    sentence = (
        "The model {name} needs about {needed} of memory, and {free} is free. "
        "Nothing was lost. Close other programs, choose a shorter context, or a smaller model."
    )


class EngineCrashed(AppError):
    """The model process ended by itself."""

    sentence = "The model stopped unexpectedly. What it wrote is kept. Ask again: it starts anew by itself."


class EngineHung(AppError):
    """The model process did not answer and was ended."""

    sentence = (
        "The model did not answer any more and was ended. What it wrote is kept. Ask again: it starts anew by itself."
    )


class TemplateRefused(AppError):
    """The chat template of the file breaks the limits of the sandbox."""

    sentence = (
        "The file {name} carries a chat template that is not safe to run. Nothing was lost. Choose another model."
    )


class ModelBlind(AppError):
    """A picture or video is to be shown to a model without an encoder for it."""

    sentence = "The model {name} does not see. Your question is kept. Choose one that sees, or ask without pictures."


class ModelDeaf(AppError):
    """A sound is to be played to a model without an encoder for it."""

    sentence = "The model {name} does not hear. Your question is kept. Choose one that hears, or ask without sound."


class EncoderMismatch(AppError):
    """The encoder beside a model was made for another one."""

    sentence = (
        "The file {encoder} beside the model {name} belongs to another model, so {name} can neither see nor hear. "
        "Your question is kept. Put the encoder of this model beside it, or choose another model."
    )


class GrammarInvalid(AppError):
    """The grammar or JSON schema cannot be compiled."""

    sentence = "The requested answer format cannot be used: {reason}. Nothing was asked of the model."


class PromptTooLong(AppError):
    """Even alone, the newest message does not fit."""

    sentence = (
        "Your message has {tokens} tokens; {available} fit the context window. It is kept. "
        "Shorten it, or choose a longer context."
    )


class ConversationMissing(AppError):
    """An id that names nothing."""

    sentence = "There is no conversation {id}."


class StoreDamaged(AppError):
    """The database fails its integrity check."""

    sentence = (
        "The file {name} is damaged. It was left as it is. Restore a backup, or ask for help before you "
        "change anything."
    )


class StoreNewer(AppError):
    """The database was written by a newer version."""

    sentence = (
        "This profile was written by a newer Inglenook (format {found}; this one knows {known}). It was not "
        "changed. Update Inglenook to open it."
    )


class StoreFull(AppError):
    """The disk is full."""

    sentence = "The disk is full, so this was not saved. What was saved before is safe. Free some space and try again."


class StoreUnwritable(AppError):
    """The profile folder cannot be written."""

    sentence = "The folder {name} cannot be written. Nothing was changed. Check its permissions."


class VaultLocked(AppError):
    """The vault needs a passphrase and nobody can be asked."""

    sentence = "Your conversations are locked with a passphrase. Start Inglenook in a window or a terminal to enter it."


class WrongPassphrase(AppError):
    """Neither passphrase nor recovery code opens the vault."""

    sentence = (
        "That passphrase does not open your conversations. Nothing was changed. Try again, or use your recovery code."
    )


class KeyLost(AppError):
    """The keyring no longer holds the key."""

    sentence = (
        "This computer's keyring no longer holds the key of your conversations. Nothing was changed. Enter "
        "your recovery code or passphrase."
    )


class KeyFileDamaged(AppError):
    """The key file cannot be read while a store exists."""

    sentence = (
        "The key file {name} is missing or damaged, so your conversations cannot be opened. Nothing was "
        "changed. Put back a copy of that file."
    )


class SealedDamaged(AppError):
    """A sealed file fails authentication or is cut short."""

    sentence = "The encrypted file {name} is damaged. It was left as it is."


class ProfileBusy(AppError):
    """Another command holds the profile."""

    sentence = "Inglenook is already at work on this profile. Try again in a moment."


class FileNotRecognised(AppError):
    """The bytes of a file are none of the kinds that can be read."""

    sentence = "Inglenook does not know what kind of file {name} is, so it was not read. Nothing was changed."


class FileDamaged(AppError):
    """A parser met something that cannot be."""

    sentence = "The file {name} is damaged or incomplete, so it could not be read. Nothing was changed."


class FileTooLarge(AppError):
    """More bytes than any file of its kind should have."""

    sentence = (
        "The file {name} has {megabytes} MB; up to {limit} MB can be read. Nothing was changed. Add a smaller copy."
    )


class PictureTooLarge(AppError):
    """More pixels than are safe to unpack."""

    sentence = (
        "The picture {name} measures {width} × {height} pixels, more than can be opened safely. Nothing was changed. "
        "Add a smaller copy."
    )


class PageMissing(AppError):
    """A page number outside the picture file."""

    sentence = "The file {name} has no page {page}. Nothing was changed."


class NoPictures(AppError):
    """Frames were asked of a file that only sounds."""

    sentence = "The file {name} holds no moving pictures. Nothing was changed."


class NoSound(AppError):
    """Sound was asked of a file without a sound track."""

    sentence = "The file {name} holds no sound. Nothing was changed."


class CodecUnsupported(AppError):
    """A container that is known, packed in a way that is not."""

    sentence = (
        "The file {name} is packed in a way that Inglenook cannot open ({codec}). Nothing was changed. "
        "Save it as MP4, MP3 or WAV and add that."
    )


class FileTooDemanding(AppError):
    """Reading took more memory than a reader may have."""

    sentence = (
        "Reading {name} takes more memory than is safe, so it was stopped. Nothing was changed. Add a smaller copy."
    )


class ReaderCrashed(AppError):
    """The reader process ended by itself while it read."""

    sentence = (
        "The file {name} could not be read: the part that reads files stopped. Nothing else was affected, and nothing "
        "was changed. The file may be damaged."
    )


class ReaderHung(AppError):
    """Reading took longer than a file may take."""

    sentence = "Reading {name} took too long and was stopped. Nothing was changed. The file may be damaged."


class PartLeftOut(AppError):
    """This build of the program comes without the library that the file needs."""

    sentence = "This build of Inglenook cannot read {name}: it comes without video and sound. Nothing was changed."
