"""Which lexer reads a language, and loading it: importing and compiling one takes up to 50 ms."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Protocol

COMMON = ("python", "javascript", "json", "bash", "html", "css", "sql", "java", "cpp", "csharp", "yaml", "typescript")
"""Loaded before anyone needs them."""

KINDS = {
    "Keyword": "keyword",
    "Operator.Word": "keyword",
    "Name.Function": "name",
    "Name.Class": "name",
    "Name.Builtin": "name",
    "Name.Builtin.Pseudo": "keyword",
    "Name.Tag": "keyword",
    "Name.Attribute": "name",
    "Name.Decorator": "name",
    "Name.Exception": "name",
    "Name.Property": "name",
    "Literal.String": "string",
    "Literal.Number": "number",
    "Literal.Date": "number",
    "Name.Constant": "number",
    "Operator": "operator",
    "Comment": "comment",
    "Comment.Preproc": "keyword",
    "Generic.Deleted": "number",
    "Generic.Inserted": "string",
    "Generic.Heading": "name",
    "Generic.Subheading": "keyword",
    "Generic.Prompt": "comment",
    "Generic.Output": "comment",
}
"""From the names of tokens to the names of colours; a token without a line takes that of the token above it."""


class Lexer(Protocol):
    """Reads code: where each token begins, its type, its letters."""

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, object, str]]:
        """Read the code, one token at a time."""
        ...


def load(language: str) -> Lexer | None:
    """Return a lexer, None for a language that is not known."""
    name = _names().get(language.lower())
    if name is None:
        return None
    made: Lexer = import_module("pygments.lexers").find_lexer_class(name)()
    return made


@cache
def _names() -> dict[str, str]:
    """By alias. Why not ask by alias: an unknown one would have every installed package searched for plug-ins."""
    every = import_module("pygments.lexers").get_all_lexers(plugins=False)
    return {alias.lower(): name for name, aliases, _, _ in every for alias in aliases}


@cache
def kind(token: object) -> str:
    """Return the name of the colour for a type of token, "" for that of the text."""
    words = str(token).split(".")[1:]
    while words:
        if found := KINDS.get(".".join(words)):
            return found
        words.pop()
    return ""
