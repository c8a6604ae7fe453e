"""What a power cut leaves at the end of a sealed file, and what must not be taken for it."""

from contextlib import suppress
from pathlib import Path

import pytest

from desktop.core.errors import SealedDamaged
from desktop.sealed import format as layout
from desktop.sealed import keys
from desktop.sealed.reader import SealedReader, open_key
from desktop.sealed.writer import SealedWriter

CONTENT = bytes(range(256)) * 1000


def unfinished(path: Path, files_key: bytes) -> None:
    writer = SealedWriter.create(path, files_key)
    with suppress(ZeroDivisionError), writer:
        writer.write(CONTENT)
        writer.flush()
        raise ZeroDivisionError


def read(path: Path, files_key: bytes, *, allow_unfinished: bool = False) -> bytes:
    with path.open("rb") as file:
        return SealedReader(file, open_key(file, files_key), allow_unfinished=allow_unfinished).read()


def test_zeros_behind_the_last_frame_are_an_unfinished_end(tmp_path: Path) -> None:
    path, key = tmp_path / "a", keys.new_key()
    unfinished(path, key)
    with path.open("ab") as file:
        file.write(bytes(5000))
    assert read(path, key, allow_unfinished=True) == CONTENT
    with pytest.raises(SealedDamaged):
        read(path, key)
    with SealedWriter.append(path, key) as writer:
        writer.write(b"more")
    assert read(path, key) == CONTENT + b"more"


def test_a_last_frame_that_is_half_zeros_is_left_out_and_written_anew(tmp_path: Path) -> None:
    path, key = tmp_path / "a", keys.new_key()
    unfinished(path, key)
    whole = len(CONTENT) // layout.FRAME_BYTES * layout.FRAME_BYTES
    path.write_bytes(path.read_bytes()[:-3000] + bytes(3000))
    with SealedWriter.append(path, key) as writer:
        writer.write(b"more")
    assert read(path, key) == CONTENT[:whole] + b"more"


def test_a_torn_final_frame_costs_nothing(tmp_path: Path) -> None:
    path, key = tmp_path / "a", keys.new_key()
    with SealedWriter.create(path, key) as writer:
        writer.write(CONTENT)
    path.write_bytes(path.read_bytes()[:-20] + bytes(20))
    with pytest.raises(SealedDamaged):
        read(path, key)
    assert read(path, key, allow_unfinished=True) == CONTENT


def test_a_changed_length_in_the_middle_never_cuts_off_the_rest(tmp_path: Path) -> None:
    path, key = tmp_path / "a", keys.new_key()
    with SealedWriter.create(path, key) as writer:
        writer.write(CONTENT)
    for at in range(layout.HEADER_BYTES, layout.HEADER_BYTES + 5):
        damaged = bytearray(path.read_bytes())
        damaged[at] ^= 1
        copy = tmp_path / f"copy{at}"
        copy.write_bytes(damaged)
        with pytest.raises(SealedDamaged):
            SealedWriter.append(copy, key)
        assert copy.read_bytes() == damaged
