"""The key file: the vault's key, wrapped once for each thing that opens it; JSON, holds no secret in the clear."""

import base64
import json
from dataclasses import asdict, dataclass, replace

from desktop.sealed.keys import Stretching


@dataclass(frozen=True, slots=True)
class Wrap:
    """The key, wrapped for one protection; `stretching` belongs to a passphrase."""

    kind: str
    wrapped: bytes
    stretching: Stretching | None = None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """An id, and the wraps of the key it names."""

    id: str
    wraps: tuple[Wrap, ...]

    def wrap(self, kind: str) -> Wrap | None:
        """Return the wrap of this kind."""
        return next((one for one in self.wraps if one.kind == kind), None)

    def with_wrap(self, wrap: Wrap) -> "KeyFile":
        """Return the file with one more wrap."""
        return replace(self, wraps=(*self.wraps, wrap))

    def without(self, *kinds: str) -> "KeyFile":
        """Return the file without the wraps of these kinds."""
        return replace(self, wraps=tuple(one for one in self.wraps if one.kind not in kinds))

    def dump(self) -> str:
        """Return the JSON text."""
        rows = []
        for one in self.wraps:
            row: dict[str, object] = {"kind": one.kind, "wrapped": _text(one.wrapped)}
            if one.stretching:
                row["argon2id"] = {**asdict(one.stretching), "salt": _text(one.stretching.salt)}
            rows.append(row)
        return json.dumps({"version": 1, "id": self.id, "wraps": rows}, indent=1)

    @classmethod
    def load(cls, text: str) -> "KeyFile":
        """Read the JSON text.

        Raises:
            ValueError: it is not a key file of this form.
        """
        try:
            found = json.loads(text)
            if found["version"] != 1:
                raise ValueError("another version")
            return cls(str(found["id"]), tuple(_wrap(one) for one in found["wraps"]))
        except (KeyError, TypeError) as error:
            raise ValueError("not a key file") from error


def _wrap(row: dict[str, object]) -> Wrap:
    how = row.get("argon2id")
    stretching = Stretching(**{**how, "salt": _bytes(how["salt"])}) if isinstance(how, dict) else None
    return Wrap(str(row["kind"]), _bytes(row["wrapped"]), stretching)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: object) -> bytes:
    return base64.b64decode(str(text), validate=True)
