"""What DOCX, XLSX and PPTX share: parts that name other parts, and what the document says of itself."""

import posixpath
from dataclasses import dataclass

from desktop.core.errors import FileDamaged
from desktop.documents import trees
from desktop.documents.archive import Archive
from desktop.documents.wording import one_line


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship inside the package; those that lead out of it are never followed, nor kept."""

    kind: str
    """The last word of its type: styles, slide, notesSlide."""
    part: str


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says of itself."""

    title: str = ""
    author: str = ""
    date: str = ""


def links(packed: Archive, part: str, name: str) -> dict[str, Link]:
    """Return the relationships of a part by their ids; empty for the part of the whole package."""
    folder, _, file = part.rpartition("/")
    listing = f"{folder}/_rels/{file}.rels".lstrip("/")
    if listing not in packed:
        return {}
    found = {}
    for node in trees.children(trees.parse(packed.read(listing), name), "Relationship"):
        if trees.attribute(node, "TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, trees.attribute(node, "Target")))
            kind = trees.attribute(node, "Type").rpartition("/")[2]
            found[trees.attribute(node, "Id")] = Link(kind, target.lstrip("/"))
    return found


def first_of(found: dict[str, Link], kind: str) -> str:
    """Return the part of the first relationship of a kind; empty when there is none."""
    return next((link.part for link in found.values() if link.kind == kind), "")


def main_part(packed: Archive, name: str) -> str:
    """Return the part that the document begins with.

    Raises:
        FileDamaged: the package names none.
    """
    part = first_of(links(packed, "", name), "officeDocument")
    if not part or part not in packed:
        raise FileDamaged(name=name)
    return part


def properties(packed: Archive, name: str) -> Properties:
    """Return title, author and date; empty where they are missing or cannot be read."""
    part = first_of(links(packed, "", name), "core-properties") or "docProps/core.xml"
    if part not in packed:
        return Properties()
    try:
        root = trees.parse(packed.read(part), name)
    except FileDamaged:
        return Properties()
    said = {trees.local(node): one_line(trees.text_of(node)) for node in root}
    return Properties(said.get("title", ""), said.get("creator", ""), said.get("modified") or said.get("created", ""))
