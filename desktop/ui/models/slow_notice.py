"""What is told when a model is slow on this computer, with the way to make it faster."""

from dataclasses import replace

from desktop.core.pace import FasterSetting, Remedy
from desktop.ui.i18n import translate
from desktop.ui.models.commands import ModelsCommands, SettingsCommands
from desktop.ui.notices import Notice
from desktop.ui.widgets.amounts import size, tokens


def slow_notice(faster: FasterSetting, models: ModelsCommands, settings: SettingsCommands) -> Notice:
    """Return the notice; it stays until the person takes the offer or closes it."""

    def act() -> None:
        if faster.remedy is Remedy.CONTEXT:
            settings.change(load=replace(settings.current.load, context=faster.context))
        else:
            models.choose(faster.key)

    return Notice(f"{_measured(faster)} {_offer(faster)}", action=_action(faster), act=act, seconds=0)


def _measured(faster: FasterSetting) -> str:
    if faster.wait:
        return translate(
            "models", "{model} read for {wait} before it answered.", model=faster.model, wait=_duration(faster.wait)
        )
    return translate(
        "models",
        "{model} writes {speed} tokens a second on this computer.",
        model=faster.model,
        speed=f"{faster.speed:.1f}",
    )


def _offer(faster: FasterSetting) -> str:
    if faster.remedy is Remedy.CONTEXT:
        return translate(
            "models",
            "With a context of {context} tokens it would take about {expected}; old messages are then left out sooner.",
            context=tokens(faster.context),
            expected=_duration(faster.expected),
        )
    words = {"name": faster.name, "precision": faster.precision, "size": size(faster.size)}
    if faster.wait:
        expected = _duration(faster.expected)
        return translate("models", "{name} ({size}) would need about {expected}.", expected=expected, **words)
    expected = f"{faster.expected:.1f}"
    if faster.remedy is Remedy.PRECISION:
        return translate(
            "models", "Its {precision} file ({size}) would write about {expected}.", expected=expected, **words
        )
    return translate("models", "{name} ({size}) would write about {expected}.", expected=expected, **words)


def _action(faster: FasterSetting) -> str:
    match faster.remedy:
        case Remedy.PRECISION:
            return translate("models", "Use {precision}", precision=faster.precision)
        case Remedy.CONTEXT:
            return translate("models", "Use {context} tokens", context=tokens(faster.context))
        case Remedy.MODEL:
            return translate("models", "Use {name}", name=faster.name)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return translate("models", "{count} seconds", count=max(1, round(seconds)))
    return translate("models", "{count} minutes", count=f"{seconds / 60:.1f}".removesuffix(".0"))
