"""Makes the pictures of the README from the real app: screenshots.py [FOLDER], by default packaging/pictures.

A profile of its own is filled with a scripted conversation and deleted after; no model is needed, no screen either.
"""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, Qt, QTimer

from desktop import app
from desktop.core.conversations import GENERAL, ConversationId, TurnState, TurnStats
from desktop.core.events import ThreadOpened
from desktop.core.messages import Message, Role, TextPart, ThoughtPart
from desktop.core.paths import Profile
from desktop.core.settings import ThemeChoice
from desktop.ui.shell.application import OpenWindow, make_application
from desktop.ui.shell.opening import show

MODEL = "SmolLM2-135M-Instruct"
OTHERS = (
    "Summarise the field report",
    "Notice period in the Meyer lease",
    "Questions for the new bookkeeper",
    "Letter to the landlord about heating",
)
QUESTION = "How much memory does the **KV cache** need, and how do I compute it for my model?"
THOUGHT = "Keys and values are kept for each layer, so the size grows with the context."
ANSWER = """## What the cache holds

Each layer keeps one key and one value vector per token and per KV head, so the size grows linearly with the context.
With grouped-query attention the number of KV heads is smaller than the number of query heads.

| Context | f16 cache | q8_0 cache |
|---|---|---|
| 8 192 | 1.13 GB | 0.60 GB |
| 32 768 | 4.50 GB | 2.39 GB |

```python
def kv_bytes(layers, kv_heads, head_dim, tokens, elem=2):
    \"\"\"Bytes for keys and values of one sequence.\"\"\"
    return 2 * layers * kv_heads * head_dim * tokens * elem

print(kv_bytes(36, 8, 128, 32_768) / 2**30)  # 4.5 GiB
```

In short $b = 2 \\, l \\, h \\, d \\, t \\, e$. For your machine this means:

1. keep **f16** up to about 16k tokens,
2. switch to `q8_0` for longer texts.
"""
ARABIC = ("ما هي مدة الإشعار في عقد الإيجار؟", "مدة الإشعار **ثلاثة أشهر**:\n\n1. كتابةً\n2. قبل نهاية الشهر")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what the window looks like."""

    name: str
    theme: ThemeChoice
    width: int
    height: int
    text_size: int = 100
    right_to_left: bool = False


PICTURES = (
    Picture("light", ThemeChoice.LIGHT, 1280, 800),
    Picture("dark", ThemeChoice.DARK, 1280, 800),
    Picture("narrow", ThemeChoice.LIGHT, 480, 800),
    Picture("right-to-left", ThemeChoice.LIGHT, 1000, 640, right_to_left=True),
    Picture("large-text", ThemeChoice.DARK, 1280, 900, text_size=200),
)


def fill(house: app.House) -> tuple[ConversationId, ConversationId]:
    """Store what the pictures show; returns the conversation in English and the one in Arabic."""
    house.vault.open_now()
    store = house.shelf.conversations
    for title in OTHERS:
        conversation = store.create(title, GENERAL)
        _, answer = store.ask(conversation.id, None, Message.of(Role.USER, title), "")
        store.finish(answer.id, Message.of(Role.ASSISTANT, "Yes."), TurnState.COMPLETE, None, model=MODEL)
    arabic = store.create(ARABIC[0], GENERAL)
    _, answer = store.ask(arabic.id, None, Message.of(Role.USER, ARABIC[0]), "")
    store.finish(answer.id, Message.of(Role.ASSISTANT, ARABIC[1]), TurnState.COMPLETE, None, model=MODEL)
    made = store.create("KV cache and memory use", GENERAL)
    _, answer = store.ask(made.id, None, Message.of(Role.USER, QUESTION), "")
    stats = TurnStats(1240, 1190, 216, 0.6, 5.3)
    message = Message(Role.ASSISTANT, (ThoughtPart(THOUGHT), TextPart(ANSWER)))
    store.finish(answer.id, message, TurnState.COMPLETE, stats, model=MODEL)
    return made.id, arabic.id


def wait(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def shown(opened: OpenWindow, house: app.House, conversation: ConversationId) -> None:
    """Open a conversation and wait until it is drawn."""
    loop = QEventLoop()

    def follow(event: object) -> None:
        if isinstance(event, ThreadOpened) and event.thread.summary.id == conversation:
            loop.quit()

    opened.bridge.announced.connect(follow)
    house.history.open(conversation)
    QTimer.singleShot(10_000, loop.quit)
    loop.exec()
    opened.bridge.announced.disconnect(follow)
    wait(1500)


def main(folder: Path) -> None:
    """Take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    application = make_application()
    with tempfile.TemporaryDirectory(prefix="inglenook-pictures-") as profile:
        house = app.build(Profile(Path(profile)))
        english, arabic = fill(house)
        house.settings.change(recovery_noticed=True)
        for picture in PICTURES:
            right = Qt.LayoutDirection.RightToLeft
            left = Qt.LayoutDirection.LeftToRight
            application.setLayoutDirection(right if picture.right_to_left else left)
            house.settings.change(theme=picture.theme, text_size=picture.text_size, window_geometry="")
            opened = show(house)
            opened.window.resize(picture.width, picture.height)
            wait(300)
            shown(opened, house, arabic if picture.right_to_left else english)
            opened.window.grab().save(str(folder / f"{picture.name}.png"))
            opened.window.close()
            opened.close()
        house.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "packaging" / "pictures")
