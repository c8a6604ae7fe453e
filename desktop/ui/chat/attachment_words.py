"""What is said of the files beside a question: what each is, how closely it is looked at, what a model cannot take."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.core.coverage import SourceId
from desktop.core.media import Detail, Facts, Kind
from desktop.core.taking import HEARD_SECONDS, AttachmentPart, Hearing, Senses, Sounding, clock, taking
from desktop.core.value import value
from desktop.ui.i18n import translate
from desktop.ui.widgets.amounts import file_size


@value
class Note:
    """One thing to know before the question is sent, and what can be done about it."""

    words: str
    action: str = ""
    changes: tuple[tuple[AttachmentPart, AttachmentPart], ...] = ()
    """What the action makes of which files."""
    blocks: bool = False
    """Whether the question cannot be sent like this."""
    failed: bool = False
    """Whether it tells of a file that was not taken in."""
    waits: bool = False
    """Whether waiting is all there is to do."""
    locked: SourceId | None = None
    """The document whose password the action asks for."""


def kind_name(kind: Kind) -> str:
    """Return what a person calls such a file."""
    return {
        Kind.PICTURE: translate("chat", "Picture"),
        Kind.VIDEO: translate("chat", "Video"),
        Kind.SOUND: translate("chat", "Sound"),
    }[kind]


def about(facts: Facts, size: int) -> str:
    """Return what a file is, in a few words."""
    if facts.pages > 1:
        return translate("chat", "{kind} · {count} pages", kind=kind_name(facts.kind), count=facts.pages)
    rest = clock(facts.seconds) if facts.seconds else file_size(size)
    return translate("chat", "{kind} · {rest}", kind=kind_name(facts.kind), rest=rest)


def details(facts: Facts) -> tuple[Detail, ...]:
    """Return the ways of looking that make a difference: frames are looked at quickly anyway."""
    return tuple(one for one in Detail if not (facts.kind is Kind.VIDEO and one is Detail.QUICK))


def detail_name(detail: Detail) -> str:
    """Return what a person calls a way of looking."""
    return {
        Detail.QUICK: translate("chat", "Quick"),
        Detail.NORMAL: translate("chat", "Normal"),
        Detail.FINE: translate("chat", "Fine"),
        Detail.DOCUMENT: translate("chat", "Document"),
    }[detail]


def detail_use(detail: Detail) -> str:
    """Return what a way of looking is good for."""
    return {
        Detail.QUICK: translate("chat", "what it is, at a glance"),
        Detail.NORMAL: translate("chat", "photos and scenes"),
        Detail.FINE: translate("chat", "charts, screenshots, small things"),
        Detail.DOCUMENT: translate("chat", "pages of writing, small print"),
    }[detail]


def notes(parts: Sequence[AttachmentPart], senses: Senses, model: str) -> tuple[Note, ...]:
    """Return what a person should know of how a model takes these files, the gravest first.

    Args:
        parts: the files, as they would be sent.
        senses: what the model and this computer can do.
        model: what people call the model.
    """
    found = [note for note in (_unseen(parts, senses, model), _unheard(parts, senses, model)) if note]
    found += [note for note in (_halves(parts, senses, model), _written(parts, senses, model)) if note]
    found += [note for part in parts if (note := _long(part, senses))]
    return tuple(found)


def named(parts: Iterable[AttachmentPart]) -> str:
    """Return the names of files, or of the first of many."""
    names = [part.attachment.name for part in parts]
    match names:
        case [one]:
            return one
        case [one, other]:
            return translate("chat", "{one} and {other}", one=one, other=other)
        case [one, *others]:
            return translate("chat", "{one} and {count} more", one=one, count=len(others))
    return ""


def _unseen(parts: Sequence[AttachmentPart], senses: Senses, model: str) -> Note | None:
    blind = [one for one in parts if one.attachment.facts.kind is not Kind.SOUND and taking(one, senses).refused]
    if not blind:
        return None
    words = translate(
        "chat",
        "{model} does not see, so it cannot be asked about {names}. Choose a model that sees, or ask without.",
        model=model,
        names=named(blind),
    )
    return Note(words, blocks=True)


def _unheard(parts: Sequence[AttachmentPart], senses: Senses, model: str) -> Note | None:
    deaf = [one for one in parts if one.attachment.facts.kind is Kind.SOUND and taking(one, senses).refused]
    if not deaf:
        return None
    words = translate(
        "chat",
        "{model} does not hear, and nothing here can write {names} down. Choose a model that hears, or ask without.",
        model=model,
        names=named(deaf),
    )
    return Note(words, blocks=True)


def _halves(parts: Sequence[AttachmentPart], senses: Senses, model: str) -> Note | None:
    """Tell of videos of which only the sound, or only the pictures, reach the model."""
    films = [one for one in parts if one.attachment.facts.kind is Kind.VIDEO and not taking(one, senses).refused]
    if unseen := [one for one in films if not taking(one, senses).seen]:
        return Note(translate("chat", "{model} does not see: of {names} it gets only what is said.", model=model,
                              names=named(unseen)))  # fmt: skip
    if silent := [one for one in films if taking(one, senses).sound is Sounding.LEFT_OUT]:
        return Note(translate("chat", "{model} does not hear: of {names} it gets only the pictures.", model=model,
                              names=named(silent)))  # fmt: skip
    return None


def _written(parts: Sequence[AttachmentPart], senses: Senses, model: str) -> Note | None:
    written = [one for one in parts if taking(one, senses).sound is Sounding.WRITTEN]
    if senses.hears or not written:
        return None
    words = translate(
        "chat",
        "{model} does not hear; what is said in {names} will be written down.",
        model=model,
        names=named(written),
    )
    return Note(words)


def _long(part: AttachmentPart, senses: Senses) -> Note | None:
    """Tell of sound that is longer than models were trained to hear; it can be taken either way."""
    name, sound = part.attachment.name, taking(part, senses).sound
    if not (senses.hears and senses.writes) or part.sampling.within(part.attachment.facts) <= HEARD_SECONDS:
        return None
    if sound is Sounding.WRITTEN and part.hearing is Hearing.AUTO:
        return Note(
            translate("chat", "{name} is longer than 30 seconds: what is said will be written down.", name=name),
            translate("chat", "Send as sound instead"),
            ((part, replace(part, hearing=Hearing.SOUND)),),
        )
    if sound is Sounding.HEARD:
        return Note(
            translate("chat", "{name} is sent as sound; models hear more than 30 seconds less well.", name=name),
            translate("chat", "Write it down instead"),
            ((part, replace(part, hearing=Hearing.AUTO)),),
        )
    return None
