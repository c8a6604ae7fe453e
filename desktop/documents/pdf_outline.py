"""The outline that a PDF carries: which headings stand on which page, and how deep each is."""

import itertools
import re
from collections import defaultdict
from collections.abc import Mapping

from pypdfium2 import PdfDocument, PdfiumError

_MOST = 1_000
_LEVELS = 6
_NUMBER = re.compile(r"^[\W\d_]+|[\W_]+$")
"""In front of a heading; an outline has it or has it not. And what may stand behind it."""

Headings = Mapping[str, int]
"""A heading as `plain` writes it -> its level."""


def of(document: PdfDocument) -> Mapping[int, Headings]:
    """Return the headings of each page, by its number."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    try:
        for mark in itertools.islice(document.get_toc(max_depth=_LEVELS), _MOST):
            place = mark.get_dest()
            page = place.get_index() if place else None
            title = plain(mark.get_title())
            if page is not None and title:
                found[page + 1].setdefault(title, mark.level + 1)
    except (PdfiumError, UnicodeError):
        return found
    return found


def plain(heading: str) -> str:
    """Return a heading as it can be compared."""
    return _NUMBER.sub("", " ".join(heading.casefold().split()))
