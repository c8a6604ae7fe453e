"""How full a model's context window is with a conversation."""

from desktop.core.conversations import ConversationId
from desktop.core.value import value


@value
class ContextUse:
    """What takes the room, in tokens of the model."""

    conversation: ConversationId
    window: int
    """All the room there is."""
    system: int
    """What the model is told before every conversation."""
    earlier: int
    """The conversation up to the newest question."""
    newest: int
    """The newest answer."""
    left_out: int = 0
    """How many messages, the oldest ones, are no longer read."""
    about: bool = False
    """An estimate: the loaded model has not read this conversation yet."""

    @property
    def used(self) -> int:
        """What is taken, never more than there is."""
        return min(self.system + self.earlier + self.newest, self.window)

    @property
    def free(self) -> int:
        """What is left."""
        return self.window - self.used

    @property
    def share(self) -> float:
        """What is taken, from 0 to 1."""
        return self.used / self.window if self.window > 0 else 0.0
