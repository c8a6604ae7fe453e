"""Freezes a small profile of the code as it is: python tests/migrate/freeze.py NAME.

All later code must open it. Run once when an issue is closed; a frozen profile is never made again.
"""

import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop.core.conversations import GENERAL, NEW_CONVERSATION, TurnState, TurnStats
from desktop.core.messages import Message, Role, TextPart, ThoughtPart
from desktop.core.paths import Profile
from desktop.sealed import keys
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.vault import Vault
from tests.migrate.reading import plain

PROFILES = Path(__file__).resolve().parent / "profiles"
RECOVERY = "recovery.txt"


def freeze(folder: Path) -> None:
    """Make the profile: two conversations, a branch, a stopped answer, a thought, drafts, a recovery code."""
    profile = Profile(folder)
    vault = Vault(profile, lambda: None)
    vault.create()
    key = vault.open()
    (folder / RECOVERY).write_text(vault.make_recovery_code(key) + "\n")
    database = Database(profile.database, keys.derive(key, "database"))
    database.migrate(profile.backups)
    ticks = iter(range(1_700_000_000, 1_800_000_000, 60))
    store = ConversationStore(database, lambda: float(next(ticks)))
    first = store.create("Notice periods", GENERAL)
    question, answer = store.ask(first.id, None, Message.of(Role.USER, "What is the notice period?"), "")
    thought = Message(Role.ASSISTANT, (ThoughtPart("Look at § 5."), TextPart("Three months, “at the latest”.")))
    store.finish(answer.id, thought, TurnState.COMPLETE, TurnStats(12, 4, 9, 0.1, 0.2), model="SmolLM2")
    _, branch = store.ask(first.id, question.parent, Message.of(Role.USER, "Und auf Deutsch? مرحبا"), "")
    store.finish(branch.id, Message.of(Role.ASSISTANT, "Drei Mo"), TurnState.STOPPED, None, model="SmolLM2")
    second = store.create("Second", GENERAL)
    _, failed = store.ask(second.id, None, Message.of(Role.USER, "Still there?"), "")
    store.finish(failed.id, Message(Role.ASSISTANT), TurnState.FAILED, None, "EngineCrashed")
    store.mark(second.id, pinned=True)
    store.save_draft(second.id, "half a question")
    store.save_draft(NEW_CONVERSATION, "a new idea")
    (folder / "expected.json").write_text(json.dumps(plain(store), indent=1, ensure_ascii=False) + "\n")
    database.close()


if __name__ == "__main__":
    target = PROFILES / sys.argv[1]
    target.mkdir(parents=True)
    try:
        freeze(target)
    except BaseException:
        shutil.rmtree(target)
        raise
