"""The menu of one file: how closely it is looked at and what that costs, which part, as sound or as words."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.media import Facts, Kind
from desktop.core.taking import HEARD_SECONDS, AttachmentPart, Hearing, Senses, frames, tokens
from desktop.ui.chat.attachment_words import detail_name, detail_use, details
from desktop.ui.i18n import translate
from desktop.ui.widgets.popup import rounded_menu

Change = Callable[[AttachmentPart], None]


def attachment_menu(
    parent: QWidget,
    part: AttachmentPart,
    senses: Senses,
    change: Change,
    examine: Callable[[], None],
    read: Callable[[], None],
) -> QMenu:
    """Return the menu of a file.

    Args:
        parent: over which it opens.
        part: the file, as it is taken now.
        senses: what the model and this computer can do.
        change: takes the file otherwise.
        examine: lets the person choose a part of it.
        read: shows what is said in it.
    """
    facts = part.attachment.facts
    menu = rounded_menu(parent)
    menu.setAccessibleName(translate("chat", "How {name} is taken", name=part.attachment.name))
    if facts.kind is not Kind.SOUND:
        _add_details(menu, part, senses, change)
    if facts.kind is not Kind.PICTURE:
        words = translate("chat", "Frames and range…")
        if facts.kind is Kind.SOUND:
            words = translate("chat", "Range…")
        menu.addAction(words).triggered.connect(examine)
    if _sounds(facts):
        menu.addSeparator()
        _add_hearing(menu, part, senses, change)
        menu.addSeparator()
        said = menu.addAction(translate("chat", "Show what is said"))
        said.setEnabled(senses.writes)
        said.triggered.connect(read)
    return menu


def _add_details(menu: QMenu, part: AttachmentPart, senses: Senses, change: Change) -> None:
    seeing = replace(senses, sees=True)  # the cost is told though the chosen model does not see
    group = QActionGroup(menu)
    film = part.attachment.facts.kind is Kind.VIDEO
    offered = details(part.attachment.facts)
    shown = max(part.detail, offered[0])
    for detail in offered:
        other = replace(part, detail=detail)
        action = _choice(menu, group, detail_name(detail), detail_use(detail), detail is shown)
        cost = translate("chat", "{count} tokens", count=f"{tokens(other, seeing):,}")
        if film:
            cost = translate("chat", "{frames} frames, {cost}", frames=frames(other), cost=cost)
        action.setText(f"{action.text()}\t{cost}")
        action.triggered.connect(lambda _=False, other=other: change(other))
    menu.addSeparator()


def _add_hearing(menu: QMenu, part: AttachmentPart, senses: Senses, change: Change) -> None:
    group = QActionGroup(menu)
    short = translate("chat", "sound up to {seconds} s, else text", seconds=round(HEARD_SECONDS))
    for hearing, name, use, can in (
        (Hearing.AUTO, translate("chat", "Automatic"), short, True),
        (Hearing.SOUND, translate("chat", "As sound"), translate("chat", "voices, music, noises"), senses.hears),
        (Hearing.WORDS, translate("chat", "As text"), translate("chat", "what is said, written down"), senses.writes),
    ):
        other = replace(part, hearing=hearing)
        action = _choice(menu, group, name, use, part.hearing is hearing)
        action.setEnabled(can)
        action.triggered.connect(lambda _=False, other=other: change(other))


def _choice(menu: QMenu, group: QActionGroup, name: str, use: str, chosen: bool) -> QAction:
    action = menu.addAction(translate("chat", "{name}: {use}", name=name, use=use).replace("&", "&&"))
    action.setCheckable(True)
    action.setChecked(chosen)
    group.addAction(action)
    return action


def _sounds(facts: Facts) -> bool:
    return facts.kind is Kind.SOUND or (facts.kind is Kind.VIDEO and facts.has_sound)
