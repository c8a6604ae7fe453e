"""What can go wrong as files are put beside a question, before or after a reader looks at them."""

from desktop.core.errors import AppError


class FileUnreadable(AppError):
    """A file that the person chose is gone, is no file, or may not be read."""

    sentence = (
        "The file {name} could not be opened for reading. Nothing was changed. See whether it is still there, then "
        "add it again."
    )


class AttachmentMissing(AppError):
    """A message names an attachment that the store does not hold."""

    sentence = "The file {name} is no longer kept with your conversations. Your question is kept. Add the file again."


class FileOfOtherKind(AppError):
    """The command line named a file as a picture, a video or a sound, and it is another of them."""

    sentence = "The file {name} is a {found}, not a {wanted}. Nothing was asked."


class AttachmentTooLong(AppError):
    """A sound goes on for longer than any model can be given."""

    sentence = (
        "The file {name} plays for {minutes} minutes; a model can be given up to {limit}. Your question is kept. "
        "Add the part that matters."
    )
