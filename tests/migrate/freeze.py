"""Freezes a small profile of the code as it is: python tests/migrate/freeze.py NAME.

All later code must open it. Run once when an issue is closed; a frozen profile is never made again.
"""

import base64
import io
import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop.core.attachments import Attachment
from desktop.core.conversations import GENERAL, NEW_CONVERSATION, TurnState, TurnStats
from desktop.core.drafts import Draft, dump_draft
from desktop.core.media import Detail, Facts, Format, Kind
from desktop.core.messages import Message, Role, TextPart, ThoughtPart
from desktop.core.paths import Profile
from desktop.core.taking import AttachmentPart
from desktop.sealed import keys
from desktop.store.attachments import AttachmentStore
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.sealed_folder import SealedFolder
from desktop.store.vault import Vault
from tests.migrate.reading import plain

PROFILES = Path(__file__).resolve().parent / "profiles"
RECOVERY = "recovery.txt"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)
"""A picture of one pixel."""


def files_of(profile: Profile, key: bytes) -> SealedFolder:
    """Return the folder of the attachments, as the app opens it."""
    return SealedFolder(profile.files, keys.derive(key, "files"), keys.derive(key, "names"))


def freeze(folder: Path) -> None:
    """Make the profile: conversations, a branch, a stopped answer, a thought, a picture, drafts, a recovery code."""
    profile = Profile(folder)
    vault = Vault(profile, lambda: None)
    vault.create()
    key = vault.open()
    (folder / RECOVERY).write_text(vault.make_recovery_code(key) + "\n")
    database = Database(profile.database, keys.derive(key, "database"))
    database.migrate(profile.backups)
    ticks = iter(range(1_700_000_000, 1_800_000_000, 60))
    attachments = AttachmentStore(database, files_of(profile, key), lambda: 1_700_000_000.0)
    store = ConversationStore(database, lambda: float(next(ticks)), attachments.collect)
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
    digest, size = attachments.put(io.BytesIO(PNG), "a stamp.png")
    stamp = Attachment(digest, "a stamp.png", size, Facts(Kind.PICTURE, Format.PNG, 1, 1, 1))
    shown = Message(Role.USER, (AttachmentPart(stamp, Detail.FINE), TextPart("What does it show?")))
    _, told = store.ask(second.id, failed.id, shown, "")
    store.finish(told.id, Message.of(Role.ASSISTANT, "One pixel."), TurnState.COMPLETE, None)
    store.save_draft(first.id, dump_draft(Draft("And this?", attached=(AttachmentPart(stamp),))))
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
