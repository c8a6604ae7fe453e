import json

from desktop.core.coverage import CollectionId, Coverage, SourceId
from desktop.core.documents import PageUnit
from desktop.core.drafts import Draft, dump_draft, load_draft
from desktop.core.grounding import (
    AnswerMode,
    Check,
    ChecksPart,
    DocumentPart,
    Finding,
    FindingsPart,
    FoundPart,
    FoundPassage,
    Quote,
    ScopePart,
    TablePart,
    TableSource,
    Verdict,
)
from desktop.core.grounding_json import dump_ground, load_ground
from desktop.core.messages import Message, Role, TextPart
from desktop.core.stream import GroundAdded, TextDelta, fold

PASSAGE = FoundPassage(1, SourceId(4), "Lease.pdf", 3, 10, 24, "Rent: 1,200 €.", "iii", heading="Terms › Rent")
PARTS = (
    DocumentPart(SourceId(4), "Lease.pdf", PageUnit.PAGE, 12),
    ScopePart((CollectionId(2),), ("Leases",), AnswerMode.EXHAUSTIVE),
    FoundPart(AnswerMode.PASSAGES, (PASSAGE,), Coverage(3, 4, unreadable=(("old.doc", "too old"),), by_words=("a",))),
    ChecksPart((Check(0, 9, Verdict.NOT_FOUND, (1,), ("1,300",), (Quote(1, 16, 23, "1,200 €"),)),)),
    TablePart("select 1", (TableSource(SourceId(4), "a.xlsx", "Sales", 9),), ("n", "day"), ((1, None), (2.5, "x")), 2),
    FindingsPart(5, 9, (Finding(1, "The rent is 1,200 €."),)),
)


def test_every_part_about_documents_survives_json():
    for part in PARTS:
        assert load_ground(json.loads(json.dumps(dump_ground(part)))) == part


def test_a_part_written_by_a_newer_version_is_read_as_far_as_it_is_known():
    dumped = {**dump_ground(PARTS[0]), "mood": "sunny"}

    assert load_ground(dumped) == PARTS[0]


def test_a_draft_keeps_its_documents_and_what_is_asked():
    draft = Draft("What is the rent?", documents=(PARTS[0],), scope=PARTS[1])

    assert load_draft(dump_draft(draft)) == draft
    assert Draft.of(draft.message) == draft


def test_what_an_answer_stands_on_is_folded_around_its_text():
    message = Message(Role.ASSISTANT)
    for delta in (GroundAdded(PARTS[2]), TextDelta("1,200 "), TextDelta("euros [1]."), GroundAdded(PARTS[3])):
        message = fold(message, delta)

    assert message.parts == (PARTS[2], TextPart("1,200 euros [1]."), PARTS[3])
    assert (message.text, message.found, message.checks) == ("1,200 euros [1].", PARTS[2], PARTS[3])
