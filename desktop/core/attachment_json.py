"""Attachments in messages and drafts as plain values that JSON can carry, the form in which both are stored."""

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from desktop.core.attachments import Attachment
from desktop.core.media import Detail, Facts, Format, Kind
from desktop.core.taking import WHOLE, AttachmentPart, Hearing, Sampling


def dump_attached(part: AttachmentPart) -> dict[str, object]:
    """Return the part as plain values."""
    kept = part.attachment
    plain: dict[str, object] = {
        "digest": kept.digest,
        "name": kept.name,
        "size": kept.size,
        "detail": int(part.detail),
        "facts": asdict(kept.facts),
    }
    if part.sampling != WHOLE:
        start, end, per_second = part.sampling.start, part.sampling.end, part.sampling.per_second
        plain["sampling"] = [start, None if end == math.inf else end, per_second]
    if part.hearing is not Hearing.AUTO:
        plain["hearing"] = part.hearing.value
    return plain


def load_attached(plain: Mapping[str, Any]) -> AttachmentPart:
    """Return the part that `dump_attached` made this of."""
    facts = plain["facts"]
    known = Facts(**{**facts, "kind": Kind(facts["kind"]), "format": Format(facts["format"])})
    attachment = Attachment(plain["digest"], plain["name"], plain["size"], known)
    start, end, per_second = plain.get("sampling", (0.0, None, 1.0))
    return AttachmentPart(
        attachment,
        Detail(plain["detail"]),
        Sampling(start, math.inf if end is None else end, per_second),
        Hearing(plain.get("hearing", Hearing.AUTO)),
    )
