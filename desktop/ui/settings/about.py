"""The group about the program: version, licences, where things are kept, what is known of this computer."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

import desktop
from desktop.core.events import Event, MachineMeasured
from desktop.core.paths import Profile
from desktop.ui.i18n import translate
from desktop.ui.settings import licences
from desktop.ui.settings.finding import Words
from desktop.ui.settings.group import Group
from desktop.ui.settings.row import ButtonRow
from desktop.ui.widgets.amounts import size
from desktop.ui.widgets.buttons import TextButton
from desktop.ui.widgets.labels import PlainLabel

BREAK = "\N{ZERO WIDTH SPACE}"


class AboutGroup(Group):
    """Facts, and a way to copy the folder."""

    def __init__(self, title: str, profile: Profile) -> None:
        super().__init__(title)
        self._folder = str(profile.root)
        self.copy_button = TextButton(translate("settings", "Copy"), "", "copy")
        self.copy_button.clicked.connect(self._copy)
        self.licences_button = TextButton(translate("settings", "Show"))
        self.licences_button.clicked.connect(self._toggle)
        self.licences = PlainLabel(licences.in_lines(), "small", wraps=True)
        self.folder = PlainLabel(BREAK.join(self._folder), "small", wraps=True)
        self.folder.setAccessibleName(self._folder)
        for text in (self.licences, self.folder):
            text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.machine = ButtonRow(
            Words(
                translate("settings", "This computer"),
                translate("settings", "The automatic choices are made from what it has. It is being measured."),
                translate("settings", "memory cores processor ram hardware machine measured"),
            )
        )
        for row in (self._version(), self._parts(), self._kept(), self.machine):
            self.add(row)

    def apply(self, event: Event) -> None:
        """Tell what was measured."""
        if isinstance(event, MachineMeasured):
            self.machine.say(_in_words(event))

    def _version(self) -> ButtonRow:
        return ButtonRow(
            Words(
                translate("settings", "Inglenook {version}", version=desktop.__version__),
                translate("settings", "Free software under the Apache License 2.0. It comes without a warranty."),
                translate("settings", "version licence license release about"),
            )
        )

    def _parts(self) -> ButtonRow:
        row = ButtonRow(
            Words(
                translate("settings", "The work of others"),
                translate("settings", "Inglenook stands on these parts, each under its own licence."),
                translate("settings", "third party notices open source licences licenses credits libraries"),
            ),
            self.licences_button,
        )
        self.licences_button.setAccessibleName(translate("settings", "Show or hide the work of others"))
        row.told.addWidget(self.licences)
        self.licences.hide()
        return row

    def _kept(self) -> ButtonRow:
        row = ButtonRow(
            Words(
                translate("settings", "Where things are kept"),
                translate(
                    "settings",
                    "One folder holds your conversations (encrypted), these settings, models of yours, and the log.",
                ),
                translate("settings", "folder path profile data files backup location disk storage"),
            ),
            self.copy_button,
        )
        self.copy_button.setAccessibleName(translate("settings", "Copy the path of the folder"))
        row.told.addWidget(self.folder)
        return row

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._folder)
        self.copy_button.setText(translate("settings", "Copied"))

    def _toggle(self) -> None:
        self.licences.setVisible(self.licences.isHidden())
        shown = not self.licences.isHidden()
        self.licences_button.setText(translate("settings", "Hide") if shown else translate("settings", "Show"))


def _in_words(machine: MachineMeasured) -> str:
    return translate(
        "settings",
        "{cores} processor cores ({threads} threads), {memory} of memory, {free} of it free. The automatic choices are "
        "made from this; it is told to nobody.",
        cores=machine.cores,
        threads=machine.threads,
        memory=size(machine.memory),
        free=size(machine.free),
    )
