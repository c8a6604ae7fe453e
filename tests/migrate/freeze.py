"""Freezes a small profile of the code as it is: python tests/migrate/freeze.py NAME.

All later code must open it. Run once when an issue is closed; a frozen profile is never made again.
"""

import base64
import io
import json
import os
import shutil
import sys
import wave
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop.core.attachments import Attachment
from desktop.core.conversations import GENERAL, NEW_CONVERSATION, TurnState, TurnStats
from desktop.core.drafts import Draft, dump_draft
from desktop.core.media import SAMPLE_RATE, Detail, Facts, Format, Kind
from desktop.core.messages import Message, Role, TextPart, ThoughtPart
from desktop.core.paths import Profile
from desktop.core.taking import AttachmentPart, Hearing, Sampling
from desktop.sealed import keys
from desktop.store.attachments import AttachmentStore
from desktop.store.conversations import ConversationStore
from desktop.store.database import Database
from desktop.store.recordings import RecordingStore
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


def recordings_of(profile: Profile, key: bytes) -> RecordingStore:
    """Return the recordings, as the app opens them."""
    return RecordingStore(profile.recordings, keys.derive(key, "files"), lambda: 1_700_000_000.0)


def _memo() -> bytes:
    """A second of silence."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(bytes(2 * SAMPLE_RATE))
    return out.getvalue()


def freeze(folder: Path) -> None:
    """Make the profile.

    Conversations, a branch, a stopped answer, a thought, a picture, a sound and what is said in it, a recording that
    broke off, drafts, a recovery code.
    """
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
    digest, size = attachments.put(io.BytesIO(_memo()), "a memo.wav")
    memo = Attachment(digest, "a memo.wav", size, Facts(Kind.SOUND, Format.WAV, seconds=1.0, has_sound=True))
    taken = AttachmentPart(memo, Detail.NORMAL, Sampling(0.25, 0.75, 2.0), Hearing.WORDS)
    _, heard = store.ask(second.id, told.id, Message(Role.USER, (taken, TextPart("What is said?"))), "")
    store.finish(heard.id, Message.of(Role.ASSISTANT, "Two tablets, at [00:00]."), TurnState.COMPLETE, None)
    attachments.make_findable(digest, "Take two lozenges")
    recording = recordings_of(profile, key).begin()
    recording.write(bytes(2 * SAMPLE_RATE))
    recording.close()
    (cut,) = profile.recordings.iterdir()
    os.truncate(cut, cut.stat().st_size - 20)  # as if the power had gone
    store.save_draft(first.id, dump_draft(Draft("And this?", attached=(AttachmentPart(stamp),))))
    store.save_draft(second.id, "half a question")
    store.save_draft(NEW_CONVERSATION, "a new idea")
    expected = {**plain(store), "spoken": {"lozenges": ["Second"]}, "recordings": [1.0]}
    (folder / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n")
    database.close()


if __name__ == "__main__":
    target = PROFILES / sys.argv[1]
    target.mkdir(parents=True)
    try:
        freeze(target)
    except BaseException:
        shutil.rmtree(target)
        raise
