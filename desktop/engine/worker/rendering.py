"""Messages to a prompt: guarded texts, pictures and sounds at their places, the model's own chat template around."""

import itertools
from collections.abc import Iterable, Iterator, Sequence

from desktop.core.attachments import Caption
from desktop.core.errors import TemplateRefused
from desktop.core.messages import Message, TextPart
from desktop.core.taking import AttachmentPart
from desktop.core.tools import BrokenCallPart, ToolCallPart, ToolDescription, ToolResultPart
from desktop.engine.wire import Portion
from desktop.engine.worker.entries import Entry, size
from desktop.engine.worker.layout import Layout
from desktop.engine.worker.senses import Senses
from desktop.engine.worker.template import ChatTemplate
from desktop.engine.worker.toolcalls import HERMES_OPEN, Spelling, spellings
from desktop.engine.worker.turns import Plain, described, has_tools, in_words, with_calls
from desktop.engine.worker.vocabulary import Vocabulary

Media = dict[AttachmentPart, tuple[Portion, ...]]
"""What each attachment consists of."""


class Rendering:
    """Writes the prompts of one model.

    `media` is what the attachments of the conversation in memory consist of, `tools` what may be called in it.
    """

    def __init__(self, vocabulary: Vocabulary, template: ChatTemplate, name: str, senses: Senses) -> None:
        """Take the parts of a loaded model; `name` is what errors call its file."""
        self._vocabulary, self._template, self._name, self._senses = vocabulary, template, name, senses
        self.media: Media = {}
        self.tools: Sequence[ToolDescription] = ()

    @property
    def spellings(self) -> tuple[Spelling, ...]:
        """How calls are told in the answers to these prompts."""
        hermes = bool(self._offered) and self._template.mentions(HERMES_OPEN)
        vocabulary = self._vocabulary
        return spellings(set(vocabulary.steering.values()), vocabulary.call_mark, hermes=hermes)

    @property
    def beside(self) -> int:
        """About how many tokens the tools take."""
        texts = (text for one in self._offered for text in (one.name, one.description, one.parameters))
        return sum(len(self._vocabulary.tokenize(text)) for text in texts)

    def render(self, messages: Sequence[Message]) -> tuple[str, list[Entry]]:
        """Return the prompt as text, with marks for its media, and as what the model reads.

        Raises:
            TemplateRefused: the template fails, or moves a picture from its place.
            ModelDamaged: the encoder fails.
            Cancelled: the person stopped while the encoder was opened.
        """
        self._vocabulary.renew_marker()
        layout = Layout()
        rendered = self._rendered(messages, layout)
        try:
            entries = layout.entries(rendered, self._vocabulary.tokenize_prompt)
        except LookupError as error:
            raise TemplateRefused(name=self._name) from error
        return rendered, self._vocabulary.begun(entries)

    def count(self, message: Message) -> int:
        """Return about how many tokens a message has, its pictures and sounds included."""
        return sum(
            size(self._senses.measure(part))
            if not isinstance(part, str | Caption)
            else len(self._vocabulary.tokenize(part if isinstance(part, str) else part.text))
            for part in self._parts(message)
        )

    def _rendered(self, messages: Sequence[Message], layout: Layout) -> str:
        """Return the prompt as text.

        A template that refuses calls, such as two at once, gets them as words; one that refuses the tools is not told
        of them: an answer without tools is better than none.
        """
        tools = described(self._offered, self._vocabulary.guard)
        turns = self._turns(messages, layout)
        try:
            return self._template.render(turns, tools)
        except TemplateRefused:
            if not tools and not any("tool_calls" in turn for turn in turns):
                raise
        layout.clear()
        turns = self._turns(messages, layout, words=True)
        try:
            return self._template.render(turns, tools)
        except TemplateRefused:
            if not tools:
                raise
        return self._template.render(turns)

    @property
    def _offered(self) -> Sequence[ToolDescription]:
        return self.tools if self._template.mentions("tools") else ()

    def _turns(self, messages: Sequence[Message], layout: Layout, *, words: bool = False) -> list[Plain]:
        """Return the messages as the template takes them; calls as words where it knows none, or refused them."""
        words = words or not self._template.mentions("tool_calls")
        guard, numbers = self._vocabulary.guard, itertools.count()
        turns: list[Plain] = []
        for left, message in enumerate(messages, 1 - len(messages)):
            if not has_tools(message):
                turns.append({"role": str(message.role), "content": "".join(self._written(message, layout))})
            elif words:
                turns.append(in_words(message, guard))
            else:
                turns += with_calls(message, guard, numbers, is_last=not left)
        return turns

    def _written(self, message: Message, layout: Layout) -> Iterator[str]:
        for part in self._parts(message):
            if isinstance(part, str):
                yield self._vocabulary.guard(part)
            elif isinstance(part, Caption):
                yield f" {self._vocabulary.guard(part.text)} "
            else:
                yield layout.place(self._senses.measure(part))

    def _parts(self, message: Message) -> Iterable[str | Portion]:
        for part in message.parts:
            if isinstance(part, TextPart):
                yield part.text
            elif isinstance(part, AttachmentPart):
                yield from self.media[part]
            elif isinstance(part, BrokenCallPart):
                yield part.text
            elif isinstance(part, ToolCallPart | ToolResultPart):
                yield from (part.name, part.arguments if isinstance(part, ToolCallPart) else part.text)
