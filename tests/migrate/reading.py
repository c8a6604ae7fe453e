"""What a profile holds, as plain values that JSON can carry."""

import json
from dataclasses import asdict
from typing import Any

from desktop.core.attachment_json import dump_attached
from desktop.core.conversations import NEW_CONVERSATION
from desktop.store.conversations import ConversationStore


def plain(store: ConversationStore) -> Any:
    """Return every conversation with all its branches, and the drafts."""
    conversations = []
    for summary in store.list_all():
        branches: dict[int, Any] = {}
        waiting = [store.thread(summary.id)]
        seen: set[int] = set()
        while waiting:
            thread = waiting.pop()
            for stored in thread.messages:
                branches[stored.id] = {
                    "parent": stored.parent,
                    "role": stored.message.role,
                    "text": stored.message.text,
                    "thoughts": stored.message.thoughts,
                    "state": stored.state,
                    "created": stored.created,
                    "model": stored.model,
                    "failure": stored.failure,
                    "stats": asdict(stored.stats) if stored.stats else None,
                }
                if stored.message.attached:  # the first profiles were frozen before there were any
                    branches[stored.id]["attached"] = [dump_attached(one) for one in stored.message.attached]
                for other in set(stored.siblings) - seen - {stored.id}:
                    seen.add(other)
                    store.show_branch(other)
                    waiting.append(store.thread(summary.id))
                seen.add(stored.id)
        conversations.append(
            {
                "title": summary.title,
                "pinned": summary.pinned,
                "draft": store.draft(summary.id),
                "messages": [branches[one] for one in sorted(branches)],
            }
        )
    return json.loads(json.dumps({"conversations": conversations, "draft": store.draft(NEW_CONVERSATION)}))
