"""What can go wrong with documents, in sentences for people."""

from desktop.core.errors import AppError


class DocumentLocked(AppError):
    """A password is needed, or the one that was given is wrong."""

    sentence = "The file {name} is protected with a password. Nothing was changed. Enter its password to read it."


class ArchiveTooLarge(AppError):
    """What is packed in a file is far more than its size promises."""

    sentence = (
        "The file {name} unpacks to more than is safe to read, so it was not opened. Nothing was changed. "
        "If you trust it, save a copy without large pictures and add that."
    )


class FormatTooOld(AppError):
    """A format of the nineties that no kept library reads."""

    sentence = "The file {name} is in an old format that cannot be read. Nothing was changed. Save it as {better}."


class DocumentEmpty(AppError):
    """There is no text in it, and none that could be read from pictures."""

    sentence = "No words were found in {name}. Nothing was changed."


class SourceGone(AppError):
    """A linked file is not where it was, and no copy was kept."""

    sentence = (
        "The file {name} is not where it was. What was read from it is kept and can still be searched. "
        "Put it back, or add it again from its new place."
    )


class SourceAltered(AppError):
    """Another content lies where a linked file was."""

    sentence = (
        "The file {name} was changed since it was read, so the page as it was cannot be drawn. Its text, as it was "
        "read, is kept."
    )


class RecogniserMissing(AppError):
    """All of its pages are pictures, and there is nothing to read the writing in them with."""

    sentence = (
        "The pages of {name} are pictures, and the part that reads the writing in pictures is not installed. "
        "Nothing was changed."
    )


class SourceMissing(AppError):
    """An id that names no source of the library."""

    sentence = "There is no such document in the library any more."


class CollectionMissing(AppError):
    """A name or an id that names no collection."""

    sentence = "No collection is called “{name}”."


class NothingToImport(AppError):
    """The given paths hold no file that can be read."""

    sentence = "No document was found there. Nothing was added."


class EmbedderMissing(AppError):
    """No embedding model is on this computer, or the chosen one is gone."""

    sentence = "The search by meaning is not installed. Documents are searched by their words."


class NotAnEmbedder(AppError):
    """A file was named that is no embedding model."""

    sentence = (
        "The file {name} is not an embedding model, or not whole. Nothing was changed. Choose a GGUF file that was "
        "made for embedding, such as multilingual-e5-small or bge-m3."
    )


class EmbedderDamaged(AppError):
    """The embedding model cannot be used."""

    sentence = "The embedding model {name} cannot be used: {reason}. Documents are searched by their words."


class EmbedderCrashed(AppError):
    """The process that embeds ended by itself."""

    sentence = "The search by meaning stopped unexpectedly. Nothing was lost. It starts anew by itself."


class QueryRefused(AppError):
    """A SELECT that may not or cannot run."""

    sentence = "The table could not be asked that: {reason}. Nothing was changed."


class ProtectionUnknown(AppError):
    """Encrypted in a way for which no password helps here."""

    sentence = (
        "The file {name} is protected in a way that Inglenook cannot open. Nothing was changed. "
        "Save a copy without protection and add that."
    )
