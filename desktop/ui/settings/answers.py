"""The group of how a model answers: its own advice, and what the person wants otherwise."""

from dataclasses import replace
from typing import Any

from desktop.core.events import Event, ModelsListed, SettingsChanged
from desktop.core.models import ModelFile
from desktop.core.settings import SPANS, AnswerOptions, recommended_for, sampling_for, with_answers
from desktop.ui.i18n import translate
from desktop.ui.settings.commands import SettingsCommands
from desktop.ui.settings.finding import Words
from desktop.ui.settings.group import Group
from desktop.ui.settings.row import ButtonRow, Row, SettingRow
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.fields import Choice, Field, Fraction, Number


class AnswersGroup(Group):
    """One model at a time: the one in use, until the person picks another one here."""

    def __init__(self, title: str, settings: SettingsCommands) -> None:
        super().__init__(title, translate("settings", "These hold from the next answer on, for one model each."))
        self._settings = settings
        self._models: dict[str, ModelFile] = {}
        self._picked = ""
        self.model = SettingRow(_model_words(), Choice([]))
        self.model.changed.connect(self._pick)
        self.none = ButtonRow(
            Words(
                translate("settings", "No model yet"),
                translate("settings", "Add a model file first: the button with the model's name leads there."),
            )
        )
        self.recommended = TextButton(translate("settings", "Use them"))
        self.recommended.clicked.connect(self._forget)
        self.fields = {name: SettingRow(words, field, advised=True) for name, words, field in _known()}
        self.back = ButtonRow(_back_words(), self.recommended)
        self.recommended.setAccessibleName(translate("settings", "Use the recommended values"))
        for row in (self.none, self.model, *self.fields.values(), self.back):
            self.add(row)
        for name, row in self.fields.items():
            row.changed.connect(lambda value, name=name: self._change(name, value))
        self._show()

    def apply(self, event: Event) -> None:
        """Follow the models and what is chosen for them."""
        match event:
            case ModelsListed(models, chosen):
                if not self._picked or self._picked not in {one.key for one in models}:
                    self._picked = chosen.key if chosen else ""
                self._models = {one.key: one for one in models}
                self._show()
            case SettingsChanged():
                self._show()
            case _:
                pass

    def offers(self, row: Row) -> bool:
        """Without a model there is nothing to choose."""
        return (row is self.none) != (self._picked in self._models)

    def _pick(self, key: object) -> None:
        self._picked = str(key)
        self._show()

    def _show(self) -> None:
        model = self._models.get(self._picked)
        if model is None:
            return
        choices = [(key, f"{one.name} · {one.precision}") for key, one in self._models.items()]
        assert isinstance(self.model.field, Choice)
        self.model.field.offer(choices)
        self.model.show_alone(model.key)
        settings = self._settings.current
        advice, chosen = recommended_for(settings, model), sampling_for(settings, model)
        for name, row in self.fields.items():
            row.show_value(getattr(chosen, name), getattr(advice, name))
        self.recommended.setEnabled(model.key in settings.answers)

    def _change(self, name: str, value: Any) -> None:
        settings, model = self._settings.current, self._models[self._picked]
        wish = None if value == getattr(recommended_for(settings, model), name) else value
        options = replace(settings.answers.get(model.key, AnswerOptions()), **{name: wish})
        self._settings.change(answers=with_answers(settings, model.key, options))

    def _forget(self) -> None:
        settings = self._settings.current
        self._settings.change(answers=with_answers(settings, self._picked, AnswerOptions()))


def _model_words() -> Words:
    return Words(
        translate("settings", "Model"),
        translate(
            "settings", "The one whose answers these are. To chat with another one, use the button above the chat."
        ),
        translate("settings", "sampling generation answers recommended parameters"),
    )


def _back_words() -> Words:
    return Words(
        translate("settings", "Recommended values"),
        translate("settings", "What the makers of this kind of model advise, all at once."),
        translate("settings", "reset default sampling"),
    )


def _fraction(name: str) -> Fraction:
    span = SPANS[name]
    return Fraction(span.low, span.high, span.step)


def _known() -> tuple[tuple[str, Words, Field], ...]:
    return (*_chance(), *_limits())


def _chance() -> tuple[tuple[str, Words, Field], ...]:
    """Return what decides how the next word is drawn."""
    top_k = SPANS["top_k"]
    return (
        (
            "temperature",
            Words(
                translate("settings", "Temperature"),
                translate(
                    "settings",
                    "Low is matter-of-fact, high is full of ideas and less reliable. 0 takes the likeliest word.",
                ),
                translate("settings", "creativity randomness imagination chance sampling"),
            ),
            _fraction("temperature"),
        ),
        (
            "top_k",
            Words(
                translate("settings", "Top-k"),
                translate("settings", "Each word is drawn from this many of the likeliest ones."),
                translate("settings", "sampling randomness words"),
            ),
            Number(int(top_k.low), int(top_k.high), name=translate("settings", "All words")),
        ),
        (
            "top_p",
            Words(
                translate("settings", "Top-p"),
                translate("settings", "The likeliest words are kept until their chances add up to this share."),
                translate("settings", "nucleus sampling randomness"),
            ),
            _fraction("top_p"),
        ),
        (
            "min_p",
            Words(
                translate("settings", "Min-p"),
                translate("settings", "Words below this share of the likeliest one's chance are left out."),
                translate("settings", "sampling randomness"),
            ),
            _fraction("min_p"),
        ),
    )


def _limits() -> tuple[tuple[str, Words, Field], ...]:
    """Return what keeps an answer in bounds."""
    seed, longest = SPANS["seed"], SPANS["max_tokens"]
    return (
        (
            "repeat_penalty",
            Words(
                translate("settings", "Repeat penalty"),
                translate(
                    "settings", "Above 1 the model avoids words it has just used. Helps when it goes in circles."
                ),
                translate("settings", "repetition loop sampling"),
            ),
            _fraction("repeat_penalty"),
        ),
        (
            "presence_penalty",
            Words(
                translate("settings", "Presence penalty"),
                translate(
                    "settings", "Above 0 the model turns to new subjects sooner, below 0 it stays with its words."
                ),
                translate("settings", "repetition topic sampling"),
            ),
            _fraction("presence_penalty"),
        ),
        (
            "seed",
            Words(
                translate("settings", "Seed"),
                translate("settings", "With a fixed number, the same question gets the same answer again."),
                translate("settings", "random reproducible repeatable same chance"),
            ),
            Number(-1, int(seed.high), name=translate("settings", "New each time"), stands_for=None),
        ),
        (
            "max_tokens",
            Words(
                translate("settings", "Longest answer"),
                translate(
                    "settings", "In tokens; four of them are about three English words. A longer answer is cut off."
                ),
                translate("settings", "max tokens length limit short long"),
            ),
            Number(0, int(longest.high), int(longest.step), translate("settings", "No limit"), None),
        ),
    )
