"""Messages to a prompt: guarded texts, pictures and sounds at their places, the model's own chat template around."""

from collections.abc import Iterable, Iterator, Sequence

from desktop.core.attachments import Caption
from desktop.core.errors import TemplateRefused
from desktop.core.messages import Message, TextPart
from desktop.core.taking import AttachmentPart
from desktop.engine.wire import Portion
from desktop.engine.worker.entries import Entry, size
from desktop.engine.worker.layout import Layout
from desktop.engine.worker.senses import Senses
from desktop.engine.worker.template import ChatTemplate
from desktop.engine.worker.vocabulary import Vocabulary

Media = dict[AttachmentPart, tuple[Portion, ...]]
"""What each attachment consists of."""


class Rendering:
    """Writes the prompts of one model. `media` is what the attachments of the conversation in memory consist of."""

    def __init__(self, vocabulary: Vocabulary, template: ChatTemplate, name: str, senses: Senses) -> None:
        """Take the parts of a loaded model; `name` is what errors call its file."""
        self._vocabulary, self._template, self._name, self._senses = vocabulary, template, name, senses
        self.media: Media = {}

    def render(self, messages: Sequence[Message]) -> tuple[str, list[Entry]]:
        """Return the prompt as text, with marks for its media, and as what the model reads.

        Raises:
            TemplateRefused: the template fails, or moves a picture from its place.
            ModelDamaged: the encoder fails.
            Cancelled: the person stopped while the encoder was opened.
        """
        self._vocabulary.renew_marker()
        layout = Layout()
        texts = ["".join(self._written(message, layout)) for message in messages]
        rendered = self._template.render(messages, texts)
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
