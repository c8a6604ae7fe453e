"""What the store keeps of conversations, and how it is found again."""

import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.conversations import GENERAL, NEW_CONVERSATION, ConversationId, TurnState, TurnStats
from desktop.core.errors import ConversationMissing
from desktop.core.messages import Message, Role, TextPart, ThoughtPart
from desktop.core.ports import Conversations
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from tests.fakes import FakeClock
from tests.store.conftest import KEY


def said(text: str) -> Message:
    return Message.of(Role.USER, text)


def answered(text: str) -> Message:
    return Message.of(Role.ASSISTANT, text)


def test_the_store_is_the_port(store: ConversationStore) -> None:
    port: Conversations = store
    assert port.list_all() == ()


def test_a_thread_reads_back_as_it_was_written(store: ConversationStore) -> None:
    made = store.create("Title", GENERAL)
    question, answer = store.ask(made.id, None, said("Question"), "")
    content = Message(Role.ASSISTANT, (ThoughtPart("hm"), TextPart("Answer")))
    stats = TurnStats(10, 4, 2, 0.5, 1.0, (question.id,))
    store.finish(answer.id, content, TurnState.COMPLETE, stats, model="SmolLM2")
    first, second = store.thread(made.id).messages
    assert (first.message, first.state, first.parent) == (said("Question"), TurnState.COMPLETE, None)
    assert (second.message, second.stats, second.model, second.parent) == (content, stats, "SmolLM2", question.id)


def test_branches_are_kept_and_the_newest_leaf_is_shown(store: ConversationStore) -> None:
    made = store.create("t", GENERAL)
    a = store.add(made.id, None, said("a"))
    a1 = store.add(made.id, a.id, answered("a1"))
    a2 = store.add(made.id, a1.id, said("a2"))
    b = store.add(made.id, None, said("b"))
    assert [one.id for one in store.thread(made.id).messages] == [b.id]
    assert store.thread(made.id).messages[0].siblings == (a.id, b.id)
    store.show_branch(a.id)
    assert [one.id for one in store.thread(made.id).messages] == [a.id, a1.id, a2.id]


def test_a_long_thread_is_deleted_whole(store: ConversationStore, database: Database) -> None:
    made = store.create("t", GENERAL)
    parent = None
    with database.write():
        for number in range(1500):
            parent = store.add(made.id, parent, said(f"word{number}")).id
    assert len(store.thread(made.id).messages) == 1500
    store.save_draft(made.id, "draft")
    store.delete(made.id)
    assert store.list_all() == ()
    assert store.search("word7") == ()
    assert store.draft(made.id) == ""
    with pytest.raises(ConversationMissing):
        store.thread(made.id)


def test_the_list_has_pinned_first_then_newest(store: ConversationStore, clock: FakeClock) -> None:
    ids = []
    for title in ("one", "two", "three"):
        clock.now += 60
        ids.append(store.create(title, GENERAL).id)
    store.mark(ids[0], pinned=True)
    store.mark(ids[2], archived=True)
    assert [one.title for one in store.list_all()] == ["one", "two"]
    assert [one.title for one in store.list_all(archived=True)] == ["three"]
    clock.now += 60
    store.add(ids[1], None, said("x"))
    assert store.summary(ids[1]).updated == clock.now


def test_drafts_are_kept_per_conversation_and_for_the_new_chat(store: ConversationStore) -> None:
    made = store.create("t", GENERAL)
    store.save_draft(NEW_CONVERSATION, "new")
    store.save_draft(made.id, "half a question")
    assert store.draft(NEW_CONVERSATION) == "new"
    assert store.thread(made.id).draft == "half a question"
    store.ask(made.id, None, said("question"), "")
    assert store.draft(made.id) == ""
    assert store.draft(NEW_CONVERSATION) == "new"


def test_search_finds_every_word_and_a_prefix_and_marks_them(store: ConversationStore) -> None:
    made = store.create("Foxes", GENERAL)
    hit = store.add(made.id, None, said("Der schnelle braune Fuchs trägt Café nach Hause"))
    store.add(made.id, hit.id, answered("unrelated"))
    (found,) = store.search("cafe FUC")
    assert (found.conversation, found.message) == (made.id, hit.id)
    assert [found.snippet[start:end] for start, end in found.marks] == ["Fuchs", "Café"]
    assert store.search("fuchs hund") == ()


def test_search_finds_titles_too(store: ConversationStore) -> None:
    made = store.create("50% of the lease", GENERAL)
    store.add(made.id, None, said("something else"))
    assert [one.conversation for one in store.search("lease 50%")] == [made.id]
    store.mark(made.id, title="A contract")
    assert [one.title for one in store.search("contr")] == ["A contract"]
    assert store.search("lease") == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text())
def test_nothing_a_person_types_is_a_search_error(store: ConversationStore, query: str) -> None:
    assert isinstance(store.search(query), tuple)


@pytest.mark.parametrize("query", ['"', "AND", "a OR", "NEAR(", "text:x", "-", "*", "(", "'; drop table message"])
def test_operators_are_words(store: ConversationStore, query: str) -> None:
    assert store.search(query) == ()


def test_a_partial_answer_is_found_only_when_it_is_finished(store: ConversationStore) -> None:
    made = store.create("t", GENERAL)
    _, answer = store.ask(made.id, None, said("q"), "")
    store.update(answer.id, answered("walrus"))
    assert store.search("walrus") == ()
    store.finish(answer.id, answered("walrus tusk"), TurnState.STOPPED, None)
    assert [one.message for one in store.search("tusk")] == [answer.id]


def test_an_answer_that_a_crash_left_behind_is_failed_and_found(tmp_path: Path) -> None:
    database = Database(tmp_path / "s.db", KEY)
    database.migrate(tmp_path)
    store = ConversationStore(database)
    made = store.create("t", GENERAL)
    _, answer = store.ask(made.id, None, said("q"), "")
    store.update(answer.id, answered("half a walrus"))
    database.close()
    again = Database(tmp_path / "s.db", KEY)
    store = ConversationStore(again)
    last = store.thread(made.id).messages[-1]
    assert (last.state, last.message.text) == (TurnState.FAILED, "half a walrus")
    assert [one.message for one in store.search("walrus")] == [answer.id]
    again.close()


def test_writing_to_what_was_deleted_is_told(store: ConversationStore) -> None:
    made = store.create("t", GENERAL)
    _, answer = store.ask(made.id, None, said("q"), "")
    store.delete(made.id)
    with pytest.raises(ConversationMissing):
        store.update(answer.id, answered("x"))
    with pytest.raises(ConversationMissing):
        store.finish(answer.id, answered("x"), TurnState.COMPLETE, None)


def test_threads_write_and_read_at_once(store: ConversationStore) -> None:
    made = [store.create(str(number), GENERAL).id for number in range(4)]

    def work(conversation: ConversationId) -> None:
        for number in range(25):
            store.add(conversation, None, said(f"message {number}"))
            store.search("message")

    workers = [threading.Thread(target=work, args=(one,)) for one in made]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(store.search("message", 1000)) == 100
