"""Finds each labelled quote in its text and writes down its pages and how much of the question its passage shares.

Run it after a question was added: python tests/retrieval/mark.py. What it cannot find it names, and writes nothing.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop.core.documents import DocumentWish, Page
from desktop.documents import extract
from desktop.services import splitting
from tests.retrieval import labelled


def pages(name: str) -> list[Page]:
    """Read a text as the app does."""
    with (labelled.TEXTS / name).open("rb") as file:
        found = extract.read(file, name, DocumentWish(), lambda *_, **__: None)
        return [one for one in found if isinstance(one, Page)]


def place(quote: str, read: Sequence[Page]) -> tuple[list[int], list[str]]:
    """Return the pages that hold a quote, and the passages that do; all of its page when it is cut in two."""
    path: splitting.Path = ()
    numbers: list[int] = []
    texts: list[str] = []
    whole: list[str] = []
    for page in read:
        splits, path = splitting.split(page, path)
        if quote in labelled.squeezed(page.text):
            numbers.append(page.number)
            whole.append(page.text)
            parts = [labelled.squeezed(page.text[one.start : one.end]) for one in splits]
            texts += [one for one in parts if quote in one]
    return numbers, texts or whole


def main() -> int:
    """Mark all questions."""
    read = {one.name: pages(one.name) for one in labelled.TEXTS.iterdir()}
    lines, lost = [], []
    for line in labelled.QUESTIONS.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if one["file"]:
            one["pages"], texts = place(one["quote"], read[one["file"]])
            one["overlap"] = round(labelled.overlap(one["question"], texts), 2)
            lost += [] if one["pages"] else [one["id"]]
        lines.append(json.dumps(one, ensure_ascii=False))
    if lost:
        print(f"Not found: {', '.join(lost)}.", file=sys.stderr)
        return 1
    labelled.QUESTIONS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
