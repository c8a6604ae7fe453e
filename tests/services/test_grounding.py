"""What a person gets who asks documents: sources above the answer, what was compared below it, and no guessing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.core.documents import DocumentKind, Page, Table
from desktop.core.generation import EngineEvent, Finished, FinishReason, GenerateRequest, Searching
from desktop.core.grounding import (
    AnswerMode,
    ChecksPart,
    DocumentPart,
    FindingsPart,
    FoundPart,
    ScopePart,
    TablePart,
    Verdict,
)
from desktop.core.library import Scope
from desktop.core.messages import Message, Part, Role, TextPart
from desktop.core.stream import GroundAdded, TextDelta
from desktop.services.grounding import Grounding
from desktop.services.knowing import KnowingEngine
from desktop.services.table_questions import Asked, grammar
from desktop.store.table_asker import TableAsker
from tests.fakes import FakeEngine
from tests.library_houses import FakeReader, Room, Script, opened_library, write

MODEL = Path("gemma.gguf")
RENT = "The monthly rent is EUR 1,200.50. It is due on the third working day."
CAT = "The tenant, Ms Brunner, may keep one cat."


def sheet(rows: int) -> list[str | Page]:
    """A sheet of customers and amounts, 500 rows a page."""
    pages: list[str | Page] = []
    for number, first in enumerate(range(0, rows, 500), 1):
        part = tuple((f"Customer {at % 7}", at + 0.25) for at in range(first, min(first + 500, rows)))
        lines = ["Customer | Amount", *(f"{name} | {amount}" for name, amount in part)]
        text = "\n".join(lines)
        table = Table(0, len(text), "Sales", ("Customer", "Amount"), part, first + 2)
        pages.append(Page(number, text, f"Sales, rows {first + 2}–{first + 1 + len(part)}", tables=(table,)))
    return pages


@contextmanager
def asked_library(tmp_path: Path, engine: FakeEngine, **scripts: Script) -> Iterator[tuple[Room, KnowingEngine]]:
    """A library that has read documents of these names."""
    with opened_library(tmp_path / "p", FakeReader({f"{name}.x.txt": one for name, one in scripts.items()})) as room:
        collection = room.collection()
        for name in scripts:
            room.add(collection, write(tmp_path / "files", f"{name}.x.txt", name))
        room.idle()

        def make(below: object) -> Grounding:
            return Grounding(
                engine, room.house.retriever, lambda: room.shelf.library, TableAsker(), _never, lambda: 0.0
            )

        yield room, KnowingEngine(engine, make)


def _never(_: Path) -> bool:
    return False


def ask(engine: KnowingEngine, text: str, *before: Message, mode: AnswerMode = AnswerMode.AUTO) -> list[EngineEvent]:
    question = Message(Role.USER, (ScopePart(mode=mode), TextPart(text)))
    return list(engine.generate(GenerateRequest(MODEL, (*before, question))))


def parts(events: list[EngineEvent]) -> list[object]:
    return [one.part for one in events if isinstance(one, GroundAdded)]


def answer(events: list[EngineEvent]) -> Message:
    """The answer as it is stored."""
    added: list[Part] = []
    for one in events:
        if isinstance(one, GroundAdded):
            added.append(one.part)
        elif isinstance(one, TextDelta):
            added.append(TextPart(one.text))
    return Message(Role.ASSISTANT, tuple(added))


def test_a_short_document_is_read_whole_and_the_answer_is_compared_with_it(tmp_path: Path) -> None:
    engine = FakeEngine().answers("The rent is EUR 1,200.50 a month [1].", " A dog may be kept [2].")
    with asked_library(tmp_path, engine, lease=Script([RENT, CAT])) as (_, knowing):
        events = ask(knowing, "How much is the rent?")

    found, checks = parts(events)
    assert isinstance(found, FoundPart)
    assert isinstance(checks, ChecksPart)
    assert (found.mode, [one.text for one in found.passages]) == (AnswerMode.WHOLE, [RENT, CAT])
    assert found.coverage.searched == found.coverage.total == 1
    assert [one.verdict for one in checks.checks] == [Verdict.VERIFIED, Verdict.NOT_FOUND]
    assert checks.checks[0].quotes[0].text in RENT
    asked = engine.asked[0].messages[-1].text
    assert asked.index(RENT) < asked.index("[2] lease.x.txt, page 2") < asked.index("How much is the rent?")
    assert isinstance(events[0], Searching)
    assert isinstance(events[-1], Finished)


def test_what_was_read_before_keeps_its_number_and_is_not_read_again(tmp_path: Path) -> None:
    engine = FakeEngine().answers("1,200.50 [1].").answers("One cat [2].")
    with asked_library(tmp_path, engine, lease=Script([RENT, CAT])) as (_, knowing):
        first = answer(ask(knowing, "How much is the rent?"))
        again = ask(knowing, "And pets?", Message.of(Role.USER, "How much is the rent?"), first)

    found = parts(again)[0]
    assert isinstance(found, FoundPart)
    assert [one.number for one in found.passages] == [1, 2]
    assert RENT not in engine.asked[1].messages[-1].text


def test_of_a_long_document_the_passages_that_fit_are_read(tmp_path: Path) -> None:
    pages = [f"Paragraph {at}. " + "Words about other things entirely. " * 20 for at in range(60)]
    pages[41] = "The code of the garage door is 4711. " + "It is changed every spring. " * 5
    engine = FakeEngine().answers("It is 4711 [1].")
    with asked_library(tmp_path, engine, manual=Script(pages)) as (_, knowing):
        events = ask(knowing, "What is the code of the garage door?")

    found = parts(events)[0]
    assert isinstance(found, FoundPart)
    assert found.mode is AnswerMode.PASSAGES
    assert any("4711" in one.text for one in found.passages)
    assert len(engine.asked[0].messages[-1].text) < 9_000


def test_where_nothing_is_found_no_model_is_asked_to_guess(tmp_path: Path) -> None:
    engine = FakeEngine()
    with opened_library(tmp_path / "p") as room:
        make = Grounding(engine, room.house.retriever, lambda: room.shelf.library, TableAsker(), _never, lambda: 0.0)
        events = ask(KnowingEngine(engine, lambda _: make), "How much is the rent?")

    (found,) = parts(events)
    assert isinstance(found, FoundPart)
    assert found.passages == ()
    assert engine.asked == []
    assert isinstance(events[-1], Finished)
    assert events[-1].reason is FinishReason.END


def test_a_document_beside_the_question_is_asked_alone_and_still_with_the_next_one(tmp_path: Path) -> None:
    engine = FakeEngine().answers("One cat [1].")
    with asked_library(tmp_path, engine, lease=Script([RENT]), pets=Script([CAT])) as (room, knowing):
        source = next(one for one in room.shelf.library.sources.within(Scope()) if one.name == "pets.x.txt")
        first = Message(Role.USER, (DocumentPart(source.id, source.name), TextPart("Which pets?")))
        messages = (first, Message.of(Role.ASSISTANT, "Cats."), Message.of(Role.USER, "How many?"))
        events = list(knowing.generate(GenerateRequest(MODEL, messages)))

    found = parts(events)[0]
    assert isinstance(found, FoundPart)
    assert [one.source for one in found.passages] == [source.id]


@pytest.mark.parametrize("rows", [200, 50_000])
def test_a_sum_over_a_sheet_is_exact_and_comes_with_its_query(tmp_path: Path, rows: int) -> None:
    engine = FakeEngine().answers('SELECT SUM("Amount") FROM t1').answers("The total is as computed.")
    with asked_library(tmp_path, engine, sales=Script(sheet(rows), DocumentKind.XLSX)) as (_, knowing):
        events = ask(knowing, "What is the total amount?")

    found, table, *_ = parts(events)
    assert isinstance(found, FoundPart)
    assert isinstance(table, TablePart)
    assert found.mode is AnswerMode.TABLE
    assert table.rows == ((rows * (rows - 1) / 2 + rows * 0.25,),)
    assert table.sql == 'SELECT SUM("Amount") FROM t1'
    assert '"\\"Amount\\""' in engine.asked[0].sampling.grammar
    assert str(table.rows[0][0]) in engine.asked[1].messages[-1].text


def test_a_query_that_fails_is_written_once_more_and_then_left(tmp_path: Path) -> None:
    engine = FakeEngine().answers("SELECT nonsense").answers("SELECT more").answers("I see 3 customers [1].")
    with asked_library(tmp_path, engine, sales=Script(sheet(3), DocumentKind.XLSX)) as (_, knowing):
        events = ask(knowing, "How many customers are there?")

    assert "did not run" in engine.asked[1].messages[-1].text
    found = parts(events)[0]
    assert isinstance(found, FoundPart)
    assert found.mode is not AnswerMode.TABLE


def test_everything_is_read_and_a_note_with_a_number_of_its_own_is_left_out(tmp_path: Path) -> None:
    pages = [f"Contract {at} ends in {2020 + at}." for at in range(1, 7)]
    engine = FakeEngine().answers("[1] Contract 1 ends in 2021.\n[2] Contract 2 ends in 2999.").answers("NONE")
    engine.answers("Contract 1 ends in 2021 [1].")
    with asked_library(tmp_path, engine, contracts=Script(pages)) as (_, knowing):
        events = ask(knowing, "List all contracts", mode=AnswerMode.EXHAUSTIVE)

    found, findings, checks = parts(events)
    assert isinstance(found, FoundPart)
    assert isinstance(findings, FindingsPart)
    assert isinstance(checks, ChecksPart)
    assert (findings.read, findings.total) == (6, 6)
    assert [one.text for one in findings.findings] == ["Contract 1 ends in 2021."]
    assert [one.verdict for one in checks.checks] == [Verdict.VERIFIED]
    told = [one for one in events if isinstance(one, Searching) and one.total]
    assert [one.done for one in told] == [4, 6]


def test_stopping_while_everything_is_read_ends_the_turn(tmp_path: Path) -> None:
    engine = FakeEngine()
    with asked_library(tmp_path, engine, contracts=Script([f"Contract {at}." for at in range(9)])) as (_, knowing):
        engine.answers("[1] Contract", knowing.stop, " 0.")
        events = ask(knowing, "List all contracts", mode=AnswerMode.EXHAUSTIVE)

    assert isinstance(events[-1], Finished)
    assert events[-1].reason is FinishReason.STOPPED
    assert len(engine.asked) == 1
    assert not parts(events)


def test_a_question_reads_nothing_of_another_collection_or_matter(tmp_path: Path) -> None:
    engine = FakeEngine().answers("Canary.").answers("Canary.")
    reader = FakeReader({"a.x.txt": Script(["The code is SECRETWREN."]), "b.x.txt": Script(["The code is OPENROBIN."])})
    with opened_library(tmp_path / "p", reader) as room:
        other = room.shelf.conversations.filing.make("Smith").id
        far = room.shelf.library.collections.make("Far", other).id
        room.add(far, write(tmp_path / "files", "a.x.txt", "a"))
        near = room.collection("Near")
        room.add(near, write(tmp_path / "files", "b.x.txt", "b"))
        room.idle()
        make = Grounding(engine, room.house.retriever, lambda: room.shelf.library, TableAsker(), _never, lambda: 0.0)
        knowing = KnowingEngine(engine, lambda _: make)
        for scope in (ScopePart(), ScopePart((near,), ("Near",))):
            question = Message(Role.USER, (scope, TextPart("What is the code?")))
            list(knowing.generate(GenerateRequest(MODEL, (question,))))
        question = Message(Role.USER, (ScopePart((far,), ("Far",)), TextPart("What is the code?")))
        (found,) = parts(list(knowing.generate(GenerateRequest(MODEL, (question,)))))

    assert [("OPENROBIN" in one.messages[-1].text, "SECRETWREN" in one.messages[-1].text) for one in engine.asked] == [
        (True, False),
        (True, False),
    ]
    assert isinstance(found, FoundPart)
    assert found.passages == ()
    assert found.coverage.total == 0


def test_columns_with_any_name_can_be_asked(tmp_path: Path) -> None:
    table = Table(0, 0, "S", ("a\0b", 'Size "in"', "Line\nbreak", "Ü %", ""), (), 2)
    with asked_library(tmp_path, FakeEngine(), one=Script(["A page."])) as (room, _):
        (source,) = room.shelf.library.sources.within(Scope())
    written = grammar([Asked("t1", source, table, ())])
    assert "\0" not in written
    assert '"\\"Line\\nbreak\\""' in written
