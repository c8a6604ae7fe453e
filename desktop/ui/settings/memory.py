"""The group of memory and speed: how the model is loaded."""

from dataclasses import replace
from typing import Any

from desktop.core.events import Event, ModelReady, SettingsChanged
from desktop.core.generation import LoadOptions
from desktop.ui.i18n import translate
from desktop.ui.settings.commands import SettingsCommands
from desktop.ui.settings.finding import Words
from desktop.ui.settings.group import Group
from desktop.ui.settings.row import ButtonRow, Row, SettingRow
from desktop.ui.widgets.amounts import tokens
from desktop.ui.widgets.load_fields import load_fields


class MemoryGroup(Group):
    """The fields of LoadOptions with what each costs, and what the model in memory was given."""

    def __init__(self, title: str, settings: SettingsCommands) -> None:
        note = translate(
            "settings", "These hold from the next answer on: the model is loaded anew for it, which takes a moment."
        )
        super().__init__(title, note)
        self._settings = settings
        self._ready: ModelReady | None = None
        others = {
            "context": translate("settings", "memory ram window tokens long documents n_ctx"),
            "kv_type": translate("settings", "memory ram precision quantization f16 q8_0 q4_0"),
            "threads": translate("settings", "cpu speed cores processor"),
            "gpu_layers": translate("settings", "graphics card speed offload cuda vulkan metal vram"),
        }
        self.fields: dict[str, SettingRow] = {}
        for one in load_fields():
            row = SettingRow(Words(one.title, one.cost, others[one.name]), one.field)
            row.changed.connect(lambda value, name=one.name: self._change(name, value))
            self.fields[one.name] = row
            self.add(row)
        self.now = ButtonRow(
            Words(
                translate("settings", "In memory now"),
                translate("settings", "No model is loaded. The first question loads it."),
                translate("settings", "automatic loaded used"),
            )
        )
        self.add(self.now)
        self.apply(SettingsChanged(settings.current))

    def apply(self, event: Event) -> None:
        """Follow what is chosen and what is loaded."""
        match event:
            case SettingsChanged(settings):
                for name, row in self.fields.items():
                    row.show_value(getattr(settings.load, name), getattr(LoadOptions(), name))
            case ModelReady():
                self._ready = event
                self.now.say(_in_words(event))
            case _:
                pass

    def offers(self, row: Row) -> bool:
        """What is loaded is told once something is."""
        return row is not self.now or self._ready is not None

    def _change(self, name: str, value: Any) -> None:
        self._settings.change(load=replace(self._settings.current.load, **{name: value}))


def _in_words(ready: ModelReady) -> str:
    return translate(
        "settings",
        "{model}: {context} tokens of context, {threads} threads, {layers} layers on the GPU.",
        model=ready.model,
        context=tokens(ready.info.context),
        threads=ready.info.threads,
        layers=ready.info.gpu_layers,
    )
