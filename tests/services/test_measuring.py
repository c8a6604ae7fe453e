"""How large a draft is: counted by a model that is loaded and idle, else estimated; nothing is loaded for it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from desktop import app
from desktop.core.attachments import Attachment
from desktop.core.conversations import StoredMessage
from desktop.core.drafts import Draft, DraftSize, Verdict
from desktop.core.events import DraftMeasured, ModelsListed, TurnDelta, TurnFinished
from desktop.core.media import Facts, Format, Kind
from desktop.core.messages import Message, PastedPart, Role
from desktop.core.models import ModelFile
from desktop.core.taking import AttachmentPart, Senses, tokens
from desktop.engine.on_demand import OnDemandChatEngine
from desktop.services.measuring import MeasuringService, taken
from tests.fakes import FakeEngine
from tests.houses import PATIENCE, Recorder, ask, opened, thread_of

WORDS = "one two three four five six seven eight nine ten"


@dataclass
class Scale:
    """Measures in a house."""

    house: app.House
    recorder: Recorder
    service: MeasuringService

    def size(self, draft: Draft, *before: StoredMessage) -> DraftSize:
        self.service.measure(draft, before, "mine")
        return self.recorder.wait(DraftMeasured, lambda one: one.token == "mine").size

    def thread(self, conversation: int) -> tuple[StoredMessage, ...]:
        return thread_of(self.house, self.recorder, conversation).thread.messages


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def scale(tmp_path: Path, engine: FakeEngine, starter_model: Path) -> Iterator[Scale]:
    with opened(tmp_path / "p", engine) as (house, recorder):
        yield set_up(house, recorder)


def set_up(house: app.House, recorder: Recorder) -> Scale:
    desk, chat, *_ = house.lanes
    service = MeasuringService(house.engine, house.settings, desk, chat, house.announcer.publish)
    house.announcer.subscribe(service.follow)
    house.models.list()
    recorder.wait(ModelsListed)
    return Scale(house, recorder, service)


def test_without_a_loaded_model_it_is_an_estimate_and_none_is_loaded(scale: Scale, engine: FakeEngine) -> None:
    size = scale.size(Draft(WORDS))
    assert size.about
    assert 8 <= size.tokens <= 20
    assert size.context == 0
    assert size.verdict is Verdict.FITS
    assert not engine.loaded


def test_a_loaded_model_counts_the_draft_and_what_was_said_before(scale: Scale) -> None:
    conversation = ask(scale.house, scale.recorder, "hello").conversation
    rows = scale.thread(conversation)
    size = scale.size(Draft(WORDS), *rows)
    assert (size.tokens, size.about, size.context) == (10, False, 4096)
    assert size.held == 10 + 1  # the prompt and the answer of the last turn


def test_attachments_are_counted_as_the_model_reads_them(scale: Scale) -> None:
    ask(scale.house, scale.recorder, "hello")
    size = scale.size(Draft("why?", (PastedPart("Pasted text, 3 words", "one two three"),)))
    assert size.tokens == 4 + 1 + 3 + 1 + 1  # name, fence, words, fence, question


def test_while_an_answer_is_written_it_is_an_estimate_at_once(scale: Scale, engine: FakeEngine) -> None:
    go_on = threading.Event()
    engine.answers("first ", lambda: go_on.wait(PATIENCE), "last")
    scale.house.chat.send(0, "hello")  # type: ignore[arg-type]
    scale.recorder.wait(TurnDelta)
    size = scale.size(Draft(WORDS))
    go_on.set()
    assert scale.recorder.wait(TurnFinished).error is None
    assert size.about
    assert size.context == 4096


def test_after_a_turn_the_model_counts_again(scale: Scale) -> None:
    for _ in range(2):
        ask(scale.house, scale.recorder, "hello")
        assert not scale.size(Draft(WORDS)).about


def test_a_draft_that_a_newer_one_has_overtaken_is_not_measured(scale: Scale) -> None:
    go_on = threading.Event()
    for lane in scale.house.lanes[:2]:
        lane.submit(lambda: go_on.wait(PATIENCE) and None)
    for token in ("a", "b"):
        scale.service.measure(Draft(token), (), token)
    go_on.set()
    assert scale.recorder.wait(DraftMeasured).token == "b"


def test_an_answer_without_figures_is_estimated(scale: Scale) -> None:
    rows = scale.thread(ask(scale.house, scale.recorder, "hello").conversation)
    tokens, known = taken((*rows, rows[0]))
    assert tokens > 11
    assert not known
    assert taken(()) == (0, True)


def test_the_real_starter_model_counts_while_it_is_idle(tmp_path: Path, starter_model: Path) -> None:
    with opened(tmp_path / "p", OnDemandChatEngine()) as (house, recorder):
        house.settings.change(model=str(starter_model))
        scale = set_up(house, recorder)
        assert scale.size(Draft(WORDS)).about
        house.chat.send(0, "Say yes.")  # type: ignore[arg-type]
        conversation = recorder.wait(TurnDelta).conversation
        house.chat.stop(conversation)
        recorder.wait(TurnFinished)
        size = scale.size(Draft(WORDS), *scale.thread(conversation))
        assert not size.about
        assert 9 <= size.tokens <= 14
        assert size.held > 20
        assert size.context > 1000
        whole = scale.size(Draft(WORDS * 2000), *scale.thread(conversation))
        assert whole.verdict is Verdict.TOO_LONG


def test_files_count_as_much_as_the_chosen_model_takes_of_them(scale: Scale) -> None:
    photo = AttachmentPart(Attachment("d", "photo.png", 9, Facts(Kind.PICTURE, Format.PNG, 640, 480, 1)))
    sees = ModelFile(Path("/m.gguf"), 1, "Gemma", "gemma4", "Q4_0", 8192, sees=True)
    words = scale.size(Draft(WORDS)).tokens
    assert scale.size(Draft(WORDS, attached=(photo,))).tokens == words  # the starter does not see
    scale.service.follow(ModelsListed((sees,), sees))
    size = scale.size(Draft(WORDS, attached=(photo,)))
    assert size.tokens == words + tokens(photo, Senses(sees=True)) > words + 200
    assert size.about


def test_files_of_earlier_messages_are_counted_once(scale: Scale) -> None:
    photo = AttachmentPart(Attachment("d", "photo.png", 9, Facts(Kind.PICTURE, Format.PNG, 640, 480, 1)))
    first = scale.thread(ask(scale.house, scale.recorder, WORDS).conversation)
    shown = replace(first[0], message=Message(Role.USER, (photo, *first[0].message.parts)))
    seeing = Senses(sees=True)
    assert taken((shown,), seeing)[0] == taken((first[0],), seeing)[0] + tokens(photo, seeing)
    assert taken((shown, first[1]), seeing) == taken(first, seeing)  # the answer's figures hold the picture already
