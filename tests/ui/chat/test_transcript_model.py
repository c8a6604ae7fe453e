"""Events become rows."""

from dataclasses import replace

import pytest

from desktop.core.conversations import ConversationId, ConversationSummary, MessageId, TurnState
from desktop.core.errors import EngineCrashed
from desktop.core.events import ConversationChanged, ThreadOpened, TurnDelta, TurnFinished, TurnStarted
from desktop.core.stream import Delta, TextDelta, ThoughtDelta, ToolCallDelta
from desktop.core.tools import ToolCallPart
from desktop.ui.chat.transcript_model import Changed, Cut, Grown, Reset, TranscriptModel
from tests.ui.chat.conftest import HERE, answer, opened, question, talk

PARTIAL = TurnState.PARTIAL


def texts(model: TranscriptModel) -> list[str]:
    return [row.message.text for row in model.rows]


def model_of(event: ThreadOpened) -> TranscriptModel:
    model = TranscriptModel()
    model.apply(event)
    return model


def test_new_chat_gets_its_question_and_its_growing_answer() -> None:
    model = model_of(opened(conversation=0))
    assert model.apply(opened()) == Reset()
    started = TurnStarted(HERE, question(1, "Hello"), answer(2, "", 1, PARTIAL))
    assert model.apply(started) == Cut(0, asked=True)
    assert model.apply(TurnDelta(HERE, MessageId(2), TextDelta("Good "))) == Grown(1, first=True)
    assert model.apply(TurnDelta(HERE, MessageId(2), TextDelta("day"))) == Grown(1, first=False)
    assert texts(model) == ["Hello", "Good day"]
    assert model.running is not None


def test_events_of_other_conversations_change_nothing() -> None:
    model = model_of(opened(*talk(1)))
    there = ConversationId(7)
    asked = question(9, "?", conversation=there)
    assert model.apply(TurnStarted(there, asked, answer(10, "", 9, PARTIAL, conversation=there))) is None
    assert model.apply(TurnDelta(there, MessageId(10), TextDelta("x"))) is None
    assert len(model.rows) == 2


def test_answer_goes_on_after_switching_back_without_loss_or_double() -> None:
    model = model_of(opened(conversation=7))
    model.apply(TurnDelta(HERE, MessageId(2), TextDelta("lost to this screen")))
    model.apply(opened(question(1, "Hello"), answer(2, "Stored so far", 1, PARTIAL)))
    model.apply(TurnDelta(HERE, MessageId(2), TextDelta(", and on")))
    assert texts(model) == ["Hello", "Stored so far, and on"]


def test_edited_question_takes_the_place_of_what_followed() -> None:
    model = model_of(opened(*talk(3)))
    changed = question(50, "In other words", 2)
    assert model.apply(TurnStarted(HERE, changed, answer(51, "", 50, PARTIAL))) == Cut(2, asked=True)
    assert [row.id for row in model.rows] == [1, 2, 50, 51]


def test_regenerated_answer_stays_below_its_question() -> None:
    model = model_of(opened(*talk(2)))
    event = TurnStarted(HERE, model.rows[2], answer(60, "", 3, PARTIAL), regenerated=True)
    model.apply(event)
    assert [row.id for row in model.rows] == [1, 2, 3, 60]


def test_failure_keeps_the_text_and_its_reason() -> None:
    model = model_of(opened(question(1, "Hello"), answer(2, "Half", 1, PARTIAL)))
    failed = replace(model.rows[1], state=TurnState.FAILED)
    error = EngineCrashed()
    assert model.apply(TurnFinished(HERE, failed, error)) == Changed(1)
    assert texts(model)[1] == "Half"
    assert model.errors[2] is error
    assert model.running is None


def test_other_branch_keeps_the_rows_above_it() -> None:
    rows = talk(3)
    model = model_of(opened(*rows))
    other = (*rows[:3], answer(70, "Another answer", 3))
    assert model.apply(opened(*other)) == Cut(3)
    assert model.apply(opened(*other)) == Cut(4)


def test_thought_is_folded_beside_the_text() -> None:
    model = model_of(opened(question(1, "Hello"), answer(2, "", 1, PARTIAL)))
    model.apply(TurnDelta(HERE, MessageId(2), ThoughtDelta("Hmm")))
    assert model.apply(TurnDelta(HERE, MessageId(2), TextDelta("Yes"))) == Grown(1, first=True)
    assert model.rows[1].message.thoughts == "Hmm"
    assert texts(model)[1] == "Yes"


def test_new_title_is_taken_over() -> None:
    model = model_of(opened())
    model.apply(ConversationChanged(ConversationSummary(HERE, "Renamed", 1.0)))
    assert model.summary.title == "Renamed"


@pytest.mark.parametrize("last", [TextDelta("Yes"), ToolCallDelta(ToolCallPart("get_time"))])
def test_time_of_thinking_is_measured_while_it_is_seen(last: Delta) -> None:
    now = [10.0]
    model = TranscriptModel(lambda: now[0])
    model.apply(opened(question(1, "Hello"), answer(2, "", 1, TurnState.PARTIAL)))
    for seconds, delta in ((12.0, ThoughtDelta("Well")), (15.0, ThoughtDelta(" then")), (19.5, last)):
        now[0] = seconds
        model.apply(TurnDelta(HERE, MessageId(2), delta))
    now[0] = 30.0
    model.apply(TurnDelta(HERE, MessageId(2), TextDelta(" indeed")))
    assert model.thought_seconds(model.rows[1]) == 7.5
    assert model.thought_seconds(model.rows[0]) is None


def test_other_branches_of_a_message_make_its_row_anew() -> None:
    model = TranscriptModel()
    rows = talk(3)
    model.apply(opened(*rows))
    branched = replace(rows[3], siblings=(rows[3].id, MessageId(99)))
    assert model.apply(opened(*rows[:3], branched, *rows[4:])) == Cut(3)
    assert model.apply(opened(*rows[:3], branched, *rows[4:])) == Cut(6)
