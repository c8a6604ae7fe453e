"""The small words under a message: how it ended, what was not read, how fast it was."""

from desktop.core.conversations import StoredMessage, TurnState, TurnStats
from desktop.core.errors import AppError
from desktop.core.messages import Role
from desktop.core.models import is_demo
from desktop.ui.i18n import translate
from desktop.ui.texts import sentence

LONG_READING = 1.0
"""Seconds of reading that are worth telling."""


def note(stored: StoredMessage, error: AppError | None) -> str:
    """Return one line of plain text, empty when there is nothing to say."""
    stats, done = stored.stats, stored.state is not TurnState.PARTIAL
    failed = stored.state is TurnState.FAILED
    said = [stored.model if done and not failed else "", _state(stored, error)]
    if stats is not None and done:
        if stats.answer_tokens > 1 and stats.write_seconds > 0:
            said.append(translate("chat", "{speed} tokens a second", speed=_speed(stats)))
        if stats.read_seconds > LONG_READING:
            said.append(translate("chat", "read in {time}", time=seconds(stats.read_seconds)))
        if stats.answer_tokens > 1 and stats.write_seconds > 0:
            said.append(translate("chat", "written in {time}", time=seconds(stats.write_seconds)))
    if stats is not None and stats.omitted:
        said.append(_omitted(stats))
    return " · ".join(one for one in said if one)


def caution(stored: StoredMessage) -> str:
    """Return what must be known of an answer before it is relied on, empty for most."""
    if stored.message.role is Role.ASSISTANT and is_demo(stored.model):
        return translate("chat", "Demo model: shows how the app works; do not rely on it")
    return ""


def figures(stored: StoredMessage) -> str:
    """Return all that was measured of an answer, a figure a line."""
    stats = stored.stats
    if stats is None:
        return ""
    lines = [stored.model] if stored.model else []
    lines.append(translate("chat", "Read: {count} tokens in {time}", count=_whole(stats.prompt_tokens),
                           time=seconds(stats.read_seconds)))  # fmt: skip
    if stats.reused_tokens:
        lines.append(translate("chat", "Known from before: {count} tokens", count=_whole(stats.reused_tokens)))
    lines.append(translate("chat", "Written: {count} tokens in {time}", count=_whole(stats.answer_tokens),
                           time=seconds(stats.write_seconds)))  # fmt: skip
    if stats.answer_tokens > 1 and stats.write_seconds > 0:
        lines.append(translate("chat", "Speed: {speed} tokens a second", speed=f"{stats.tokens_per_second:.1f}"))
    if stats.omitted:
        lines.append(_omitted(stats))
    return "\n".join(lines)


def seconds(time: float) -> str:
    """Return a length of time in the unit that people would use."""
    if time < 1:
        return translate("chat", "under 1 s")
    if time < 9.95:
        return translate("chat", "{seconds} s", seconds=f"{time:.1f}".removesuffix(".0"))
    if time < 59.5:
        return translate("chat", "{seconds} s", seconds=round(time))
    minutes, rest = divmod(round(time), 60)
    return translate("chat", "{minutes} min {seconds} s", minutes=minutes, seconds=rest)


def _speed(stats: TurnStats) -> str:
    speed = stats.tokens_per_second
    return f"{speed:.1f}" if speed < 9.95 else f"{speed:.0f}"


def _whole(count: int) -> str:
    return f"{count:,}"


def _omitted(stats: TurnStats) -> str:
    count = len(stats.omitted)
    if count == 1:
        return translate("chat", "1 earlier message no longer fits and was not read")
    return translate("chat", "{count} earlier messages no longer fit and were not read", count=count)


def _state(stored: StoredMessage, error: AppError | None) -> str:
    if stored.state is TurnState.STOPPED:
        return translate("chat", "Stopped")
    if stored.state is TurnState.FAILED:
        return sentence(error) if error else translate("chat", "This answer was interrupted. What was written is kept.")
    return ""
