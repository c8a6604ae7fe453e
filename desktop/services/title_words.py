"""What a model is told when it gives a title, and what is made of its words: pure functions."""

import unicodedata
from collections import Counter

from desktop.core.generation import SamplingOptions
from desktop.core.messages import Message, Role
from desktop.services import prompting

MOST_WORDS = 6
REQUEST = (
    "Write a title for this conversation: at most six words, in the language of my first message. "
    "Reply with the title alone."
)
GRAMMAR = r"""root ::= word (" " word){0,5}
word ::= [^ \t\r\n<>|"“”„«»`*]{1,24}"""
"""Six words in one line and no marks around them. Without angle brackets a model cannot think aloud first either."""
SAMPLING = SamplingOptions(temperature=0.0, max_tokens=32, grammar=GRAMMAR)
LABELS = ("title:", "titel:", "titre:", "título:", "titolo:")
EDGES = " \t\"'“”„‚‘’«»‹›*_`.:;,-–—"


def with_request(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """Return the conversation with the wish for a title behind it."""
    return (*messages, Message.of(Role.USER, REQUEST))


def cleaned(written: str, question: str) -> str:
    """Return a title made of what the model wrote.

    It is empty when that is none, repeats what the model was told, or is in another script than the question.
    """
    line = next((one for one in written.splitlines() if one.strip(EDGES)), "")
    for label in LABELS:
        if line.strip(EDGES).casefold().startswith(label):
            line = line.strip(EDGES)[len(label) :]
    title = prompting.title(" ".join(line.strip(EDGES).lstrip("# ").split()[:MOST_WORDS]).rstrip(EDGES))
    if title.casefold() in REQUEST.casefold():
        return ""
    scripts, asked = _scripts(title), _scripts(question)
    return title if scripts and (not asked or scripts[0] in asked) else ""


def _scripts(text: str) -> list[str]:
    """Return the alphabets of a text, the commonest first."""
    names = (unicodedata.name(letter, "").split(" ")[0] for letter in text if letter.isalpha())
    return [name for name, _ in Counter(names).most_common()]
