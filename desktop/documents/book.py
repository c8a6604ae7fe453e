"""EPUB to pages: its chapters in the order of the spine, each beginning a page that bears its title."""

import posixpath
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import unquote

from desktop.core.document_errors import ProtectionUnknown
from desktop.core.documents import DocumentFacts, DocumentKind, DocumentWish, Page
from desktop.core.errors import FileDamaged
from desktop.core.media import Step
from desktop.documents import archive, pages, trees, web
from desktop.documents.archive import Archive
from desktop.documents.blocks import Block, Chapter, Words
from desktop.documents.wording import one_line

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Fonts made useless elsewhere: the words of the book are not concerned."""
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_LARGEST_CHAPTER = 32 * 1024 * 1024


def read(file: BinaryIO, name: str, wish: DocumentWish, step: Step) -> Iterator[DocumentFacts | Page]:
    """Read a book. See extract.read."""
    with archive.opened(file, name) as packed:
        _check_protection(packed, name)
        container = trees.parse(packed.read(_CONTAINER), name)
        main = next((trees.attribute(node, "full-path") for node in trees.below(container, "rootfile")), "")
        root = trees.parse(packed.read(main), name)
        said: dict[str, str] = {}
        for node in trees.below(root, "title", "creator", "date"):
            said.setdefault(trees.local(node), one_line(trees.text_of(node)))
        yield DocumentFacts(DocumentKind.EPUB, 0, said.get("title", ""), said.get("creator", ""), said.get("date", ""))
        chapters = _chapters(packed, root, posixpath.dirname(main), name, wish)
        yield from pages.bounded(pages.sections(chapters), wish, step)


def _check_protection(packed: Archive, name: str) -> None:
    if _ENCRYPTION not in packed:
        return
    root = trees.parse(packed.read(_ENCRYPTION), name)
    if any(trees.attribute(node, "Algorithm") not in _FONTS for node in trees.below(root, "EncryptionMethod")):
        raise ProtectionUnknown(name=name)


def _chapters(packed: Archive, root: trees.Node, folder: str, name: str, wish: DocumentWish) -> Iterator[Block]:
    items = {trees.attribute(node, "id"): node for node in trees.below(root, "item")}
    titles = _titles(packed, items, folder, name)
    for reference in trees.below(root, "itemref"):
        item = items.get(trees.attribute(reference, "idref"))
        if item is None or trees.attribute(item, "media-type") not in _PAGES:
            continue
        part = _place(folder, trees.attribute(item, "href"))
        try:
            parsed = web.tree_of(packed.read(part, _LARGEST_CHAPTER), name, wish)
        except FileDamaged:
            yield Chapter()
            yield Words("[This chapter is damaged.]")
            continue
        yield Chapter(titles.get(part.casefold(), ""))
        yield from web.blocks(parsed)


def _titles(packed: Archive, items: dict[str, trees.Node], folder: str, name: str) -> dict[str, str]:
    """Return the titles that the table of contents gives, by part."""
    titles: dict[str, str] = {}
    for item in items.values():
        is_new = "nav" in trees.attribute(item, "properties").split()
        if not is_new and trees.attribute(item, "media-type") != "application/x-dtbncx+xml":
            continue
        part = _place(folder, trees.attribute(item, "href"))
        try:
            root = trees.parse(packed.read(part), name)
        except FileDamaged:
            continue
        for target, title in _links(root) if is_new else _points(root):
            place = _place(posixpath.dirname(part), target.partition("#")[0]).casefold()
            if title:
                titles.setdefault(place, title)
    return titles


def _links(root: trees.Node) -> Iterator[tuple[str, str]]:
    for node in trees.below(root, "a"):
        yield trees.attribute(node, "href"), one_line(trees.text_of(node))


def _points(root: trees.Node) -> Iterator[tuple[str, str]]:
    for node in trees.below(root, "navPoint"):
        content = trees.first(node, "content")
        if content is not None:
            yield trees.attribute(content, "src"), one_line(trees.text_of(trees.first(node, "navLabel")))


def _place(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
