"""Attachments in messages and drafts as plain values that JSON can carry, the form in which both are stored."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from desktop.core.attachments import Attachment
from desktop.core.media import Detail, Facts, Format, Kind
from desktop.core.messages import AttachmentPart


def dump_attached(part: AttachmentPart) -> dict[str, object]:
    """Return the part as plain values."""
    kept = part.attachment
    return {
        "digest": kept.digest,
        "name": kept.name,
        "size": kept.size,
        "detail": int(part.detail),
        "facts": asdict(kept.facts),
    }


def load_attached(plain: Mapping[str, Any]) -> AttachmentPart:
    """Return the part that `dump_attached` made this of."""
    facts = plain["facts"]
    known = Facts(**{**facts, "kind": Kind(facts["kind"]), "format": Format(facts["format"])})
    attachment = Attachment(plain["digest"], plain["name"], plain["size"], known)
    return AttachmentPart(attachment, Detail(plain["detail"]))
