"""The sources of an answer in copies and exports."""

import pytest

from desktop.core.coverage import SourceId
from desktop.core.documents import PageUnit
from desktop.core.grounding import AnswerMode, FoundPart, FoundPassage
from desktop.core.messages import Message, Role, TextPart
from desktop.core.source_lines import cited, sources

FOUND = FoundPart(
    AnswerMode.PASSAGES,
    (
        FoundPassage(1, SourceId(1), "Lease.pdf", 3, 0, 4, "Rent"),
        FoundPassage(2, SourceId(2), "Costs\n2024.xlsx", 1, 0, 4, "May", "Costs", PageUnit.SHEET),
        FoundPassage(3, SourceId(1), "Lease.pdf", 9, 0, 4, "Dogs"),
    ),
)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[1]", {1}),
        ("[1, 3]", {1, 3}),
        ("[1][2]", {1, 2}),
        ("[1–3]", {1, 2, 3}),
        ("[1-9999]", {1, 9999}),
        ("1 [a]", set()),
    ],
)
def test_all_forms_of_citations_are_read(text: str, numbers: set[int]) -> None:
    assert cited(text) == numbers


def test_a_copy_of_an_answer_ends_with_the_sources_it_cites() -> None:
    message = Message(Role.ASSISTANT, (FOUND, TextPart("The rent [1], the costs [2].")))
    assert message.copied == (
        "The rent [1], the costs [2].\n\nSources:\n\n- [1] Lease.pdf, page 3\n- [2] Costs 2024.xlsx, sheet Costs"
    )


def test_an_answer_that_cites_nothing_names_all_it_was_given() -> None:
    assert sources(FOUND, "The rent.").count("\n- ") == 3


def test_an_answer_without_documents_has_no_sources() -> None:
    assert Message.of(Role.ASSISTANT, "As [1] says").copied == "As [1] says"
