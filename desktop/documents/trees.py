"""XML to trees that a stranger may have written: no entities, no document type, no fetching, no giant trees.

Elements are told by their local names: the same format is written with several namespaces.
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from desktop.core.errors import FileTooDemanding
from desktop.documents.damage import Parsing

MOST_TAGS = 3_000_000
"""About 400 MB of memory; a book of a thousand pages has a tenth of that."""
Node = Any
"""An element of lxml, whose own types say less than they promise."""


def parse(data: bytes, name: str) -> Node:
    """Return the root of a document.

    Raises:
        FileDamaged: it is no sound XML, nests too deeply, or asks for entities.
        FileTooDemanding: its tree would fill the memory.
    """
    if data.count(b"<") > MOST_TAGS:
        raise FileTooDemanding(name=name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    with Parsing(name, etree.LxmlError):
        root = etree.fromstring(data, parser)
        if root is None:
            raise ValueError("no root")
        info = root.getroottree().docinfo
        if info.internalDTD is not None and any(True for _ in info.internalDTD.iterentities()):
            raise ValueError("entities")
        return root


class Check:
    """Finds out whether a document is sound without keeping any of it, piece by piece.

    Why: the library that reads sheets waits without end for the rest of one that breaks off.
    """

    def __init__(self, name: str) -> None:
        """Take the file's name."""
        self._name = name
        self._parser = etree.XMLParser(
            target=_Nothing(), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
        )

    def feed(self, piece: bytes) -> None:
        """Look at the next piece.

        Raises:
            FileDamaged: it cannot be.
        """
        with Parsing(self._name, etree.LxmlError):
            self._parser.feed(piece)

    def end(self) -> None:
        """There are no more pieces.

        Raises:
            FileDamaged: something is missing.
        """
        with Parsing(self._name, etree.LxmlError):
            self._parser.close()


class _Nothing:
    """Keeps nothing of what is parsed."""

    def close(self) -> None:
        """There is nothing to hand out."""


def local(node: Node) -> str:
    """Return an element's name without its namespace; empty for what is no element."""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(node: Node, name: str, default: str = "") -> str:
    """Return an attribute by its local name."""
    for key, value in node.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return default


def children(node: Node, *names: str) -> Iterator[Node]:
    """Yield the children with one of these names."""
    return (child for child in node if local(child) in names)


def first(node: Node, *path: str) -> Node | None:
    """Return what lies at a path of local names below, the first at each step."""
    for name in path:
        node = next(children(node, name), None)
        if node is None:
            return None
    return node


def below(node: Node, *names: str) -> Iterator[Node]:
    """Yield all descendants with one of these names, in order."""
    return (child for child in node.iter() if local(child) in names)


def text_of(node: Node | None) -> str:
    """Return all text below an element."""
    return "" if node is None else "".join(node.itertext())
