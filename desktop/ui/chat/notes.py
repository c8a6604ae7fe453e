"""The small words under a message: how it ended, what was not read, how fast it was."""

from desktop.core.conversations import StoredMessage, TurnState
from desktop.core.errors import AppError
from desktop.ui.i18n import translate
from desktop.ui.texts import sentence


def note(stored: StoredMessage, error: AppError | None) -> str:
    """Return one line of plain text, empty when there is nothing to say."""
    said = [_state(stored, error)]
    stats = stored.stats
    if stats and stats.omitted:
        said.append(
            translate("chat", "{count} earlier messages no longer fit and were not read", count=len(stats.omitted))
            if len(stats.omitted) > 1
            else translate("chat", "1 earlier message no longer fits and was not read")
        )
    if stats and stats.answer_tokens > 1 and stored.state is not TurnState.PARTIAL:
        said.append(translate("chat", "{speed} tokens a second", speed=f"{stats.tokens_per_second:.0f}"))
    if stored.model and stored.state is TurnState.COMPLETE:
        said.insert(0, stored.model)
    return " · ".join(one for one in said if one)


def _state(stored: StoredMessage, error: AppError | None) -> str:
    if stored.state is TurnState.STOPPED:
        return translate("chat", "Stopped")
    if stored.state is TurnState.FAILED:
        return sentence(error) if error else translate("chat", "This answer was interrupted. What was written is kept.")
    return ""
