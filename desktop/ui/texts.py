"""The sentence a person is told for each error."""

from desktop.core.errors import AppError
from desktop.ui.i18n import translate


def sentence(error: AppError) -> str:
    """Return what happened, what was kept and what to do, in the person's language."""
    return translate("errors", error.sentence).format(**error.fields)
