"""Which documents a question is asked of: chosen, remembered for each conversation, proposed to be read whole."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.conversations import MatterId
from desktop.core.coverage import CollectionId
from desktop.core.drafts import Draft, dump_draft
from desktop.core.events import TurnStarted
from desktop.core.grounding import NO_COLLECTION, AnswerMode, ScopePart
from desktop.core.library import Collection
from desktop.core.library_events import CollectionsListed, DocumentReady
from desktop.core.messages import Message, Role, TextPart
from desktop.ui.chat.scope_choosing import ScopeChoosing
from tests.ui.chat.conftest import HERE, answer, opened, question
from tests.ui.chat.test_documents_beside import Desk, desk, source

__all__ = ("desk",)

LEASES, COURT = Collection(CollectionId(2), "Leases & more"), Collection(CollectionId(3), "Court files")
ELSEWHERE = Collection(CollectionId(4), "Another matter", MatterId(9))


@pytest.fixture
def scope(desk: Desk) -> ScopeChoosing:
    desk.page.apply(CollectionsListed((COURT, LEASES, ELSEWHERE)))
    assert desk.page.scope is not None
    return desk.page.scope


def offered(scope: ScopeChoosing) -> list[tuple[str, bool]]:
    scope.open_menu()
    assert scope.menu is not None
    found = [(one.text(), one.isChecked()) for one in scope.menu.actions() if one.text()]
    scope.menu.close()
    return found


def choose(scope: ScopeChoosing, words: str) -> None:
    scope.open_menu()
    assert scope.menu is not None
    next(one for one in scope.menu.actions() if one.text() == words).trigger()
    scope.menu.close()


def test_nothing_of_the_library_is_asked_until_it_is_chosen(desk: Desk, scope: ScopeChoosing) -> None:
    assert ("list",) in desk.library.asked
    assert scope.chip.text() == "Ask: no documents"
    assert offered(scope) == [
        ("No documents", True), ("All my documents", False), ("Court files", False), ("Leases && more", False),
    ]  # fmt: skip


def test_collections_are_asked_together_with_the_way_of_looking(desk: Desk, scope: ScopeChoosing) -> None:
    choose(scope, "Leases && more")
    assert scope.chip.accessibleName() == "Ask: Leases & more"
    choose(scope, "Court files")
    assert scope.chip.text() == "Ask: 2 collections"
    choose(scope, "Read everything, passage by passage")
    desk.page.composer.text.put("What is the rent?")
    desk.page.composer.button.click()
    wanted = ScopePart((CollectionId(3), CollectionId(2)), ("Court files", "Leases & more"), AnswerMode.EXHAUSTIVE)
    assert set(desk.chat.asked[-1][-1].names) == set(wanted.names)
    assert desk.chat.asked[-1][-1].mode is AnswerMode.EXHAUSTIVE


def test_the_next_question_is_asked_of_the_same_documents(desk: Desk, scope: ScopeChoosing) -> None:
    choose(scope, "All my documents")
    desk.page.composer.text.put("What is the rent?")
    desk.page.composer.button.click()
    assert scope.chip.text() == "Ask: my documents"
    asked = question(1, "What is the rent?")
    desk.page.apply(TurnStarted(HERE, asked, answer(2, "", 1), token=desk.chat.token))
    desk.page.composer.text.put("And the deposit?")
    desk.page.composer.button.click()
    assert desk.chat.asked[-1][-1] == ScopePart()


def test_each_conversation_remembers_its_documents(desk: Desk, scope: ScopeChoosing) -> None:
    part = ScopePart((CollectionId(2),), ("Leases & more",))
    asked = replace(question(1, "x"), message=Message(Role.USER, (part, TextPart("What?"))))
    desk.page.apply(opened(asked, answer(2, "This", 1), conversation=5))
    assert scope.chip.accessibleName() == "Ask: Leases & more"
    desk.page.apply(opened(conversation=6))
    assert scope.chip.text() == "Ask: no documents"
    desk.page.apply(opened(conversation=7, draft=dump_draft(Draft("What?", scope=ScopePart()))))
    assert scope.chip.text() == "Ask: my documents"
    desk.page.apply(opened(asked, answer(2, "This", 1), conversation=5))
    assert scope.chip.accessibleName() == "Ask: Leases & more"


def test_a_collection_that_was_renamed_or_removed_is_followed(desk: Desk, scope: ScopeChoosing) -> None:
    choose(scope, "Court files")
    desk.page.apply(CollectionsListed((replace(COURT, name="Trials"), LEASES)))
    assert scope.chip.text() == "Ask: Trials"
    desk.page.apply(CollectionsListed((LEASES,)))
    assert scope.chip.text() == "Ask: no documents"


def test_reading_everything_is_proposed_when_the_question_asks_for_all(desk: Desk, scope: ScopeChoosing) -> None:
    desk.page.composer.text.put("List all deadlines")
    scope.propose()
    assert desk.page.line.isHidden()
    choose(scope, "All my documents")
    scope.propose()
    assert not desk.page.line.isHidden()
    desk.page.line.button.click()
    assert scope.chip.text() == "Ask: my documents · read everything"
    scope.propose()
    assert desk.page.line.isHidden()


def test_a_proposal_that_was_declined_is_not_made_again(desk: Desk, scope: ScopeChoosing) -> None:
    choose(scope, "All my documents")
    desk.page.composer.text.put("List all deadlines")
    scope.propose()
    desk.page.line.cross.click()
    scope.propose()
    assert desk.page.line.isHidden()


def test_a_proposal_goes_with_the_words_it_is_about(desk: Desk, scope: ScopeChoosing) -> None:
    choose(scope, "All my documents")
    desk.page.composer.text.put("List all deadlines")
    scope.propose()
    desk.page.composer.text.selectAll()
    desk.page.composer.text.cut()
    scope.propose()
    assert desk.page.line.isHidden()


def test_documents_beside_a_question_can_be_read_whole_without_the_library(
    desk: Desk, scope: ScopeChoosing, qtbot: QtBot
) -> None:
    desk.page.apply(DocumentReady(desk.drop("/x/Lease.pdf"), source()))
    choose(scope, "Read everything, passage by passage")
    assert desk.page.composer.draft.scope == ScopePart((NO_COLLECTION,), (), AnswerMode.EXHAUSTIVE)
    assert scope.chip.text() == "Ask: these documents · read everything"
    choose(scope, "Automatic")
    assert desk.page.composer.draft.scope is None
