"""Sealed files read back as they were written, and every damage is noticed."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.errors import SealedDamaged
from desktop.sealed import keys, recovery
from desktop.sealed.format import FRAME_BYTES
from desktop.sealed.reader import SealedReader, open_key
from desktop.sealed.writer import SealedWriter

FILES_KEY = bytes(range(32))
pieces = st.lists(st.lists(st.integers(0, 3 * FRAME_BYTES // 2), max_size=3), min_size=1, max_size=3)
relaxed = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def write(path: Path, runs: list[list[bytes]]) -> bytes:
    """Write the first run, append the others; return all the bytes."""
    for at, run in enumerate(runs):
        make = SealedWriter.create if at == 0 else SealedWriter.append
        with make(path, FILES_KEY) as writer:
            for one in run:
                writer.write(one)
    return b"".join(one for run in runs for one in run)


def read(path: Path, *, allow_unfinished: bool = False) -> bytes:
    with path.open("rb") as file:
        key = open_key(file, FILES_KEY, path.name)
        return SealedReader(file, key, path.name, allow_unfinished=allow_unfinished).read()


@relaxed
@given(sizes=pieces, offset=st.integers(0, 400_000), length=st.integers(0, 200_000))
def test_any_writing_and_appending_reads_back_at_any_offset(
    tmp_path: Path, sizes: list[list[int]], offset: int, length: int
) -> None:
    path = tmp_path / "f"
    path.unlink(missing_ok=True)
    plain = write(path, [[os.urandom(size) for size in run] for run in sizes])
    assert read(path) == plain
    with path.open("rb") as file:
        reader = SealedReader(file, open_key(file, FILES_KEY), "f")
        assert reader.read(offset, length) == plain[offset : offset + length]


@relaxed
@given(data=st.data())
def test_a_flipped_byte_anywhere_is_noticed(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "f"
    if not path.exists():
        write(path, [[b"a" * 5000], [b"b" * 70_000]])
    whole = bytearray(path.read_bytes())
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    damaged = tmp_path / "damaged"
    damaged.write_bytes(whole)
    with pytest.raises(SealedDamaged):
        read(damaged)


@relaxed
@given(keep=st.floats(0, 0.9999))
def test_a_cut_file_is_noticed(tmp_path: Path, keep: float) -> None:
    path = tmp_path / "f"
    if not path.exists():
        write(path, [[b"a" * 5000], [b"b" * 70_000]])
    whole = path.read_bytes()
    cut = tmp_path / "cut"
    cut.write_bytes(whole[: int(len(whole) * keep)])
    with pytest.raises(SealedDamaged):
        read(cut)


def test_frames_cannot_change_places(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write(path, [[b"a" * FRAME_BYTES], [b"b" * FRAME_BYTES]])
    with path.open("rb") as file:
        one, two = SealedReader(file, open_key(file, FILES_KEY)).frames
    raw = path.read_bytes()
    first, second = raw[one.position : two.position], raw[two.position : two.next_position]
    path.write_bytes(raw[: one.position] + second + first + raw[two.next_position :])
    with pytest.raises(SealedDamaged):
        read(path)


def test_a_crash_while_appending_keeps_all_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "f"
    before = write(path, [[b"kept " * 1000]])
    writer = SealedWriter.append(path, FILES_KEY)
    writer.write(b"new" * 100)
    writer.flush()
    writer.write(b"lost")
    writer._file.close()
    with pytest.raises(SealedDamaged):
        read(path)
    assert read(path, allow_unfinished=True) == before + b"new" * 100
    write_again = SealedWriter.append(path, FILES_KEY)
    write_again.write(b"!")
    write_again.close()
    assert read(path) == before + b"new" * 100 + b"!"


def test_a_child_reads_with_the_file_and_its_key_alone(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write(path, [[b"words"]])
    with path.open("rb") as file:
        key = open_key(file, FILES_KEY)
    assert SealedReader(io.BytesIO(path.read_bytes()), key).read() == b"words"
    assert b"words" not in path.read_bytes()


def test_another_vault_does_not_open_it(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write(path, [[b"words"]])
    with path.open("rb") as file, pytest.raises(SealedDamaged):
        open_key(file, bytes(32))


def test_two_files_of_the_same_bytes_look_different_and_have_keys_of_their_own(tmp_path: Path) -> None:
    write(tmp_path / "a", [[b"same"]])
    write(tmp_path / "b", [[b"same"]])
    assert (tmp_path / "a").read_bytes()[8:] != (tmp_path / "b").read_bytes()[8:]
    with (tmp_path / "a").open("rb") as a, (tmp_path / "b").open("rb") as b:
        assert open_key(a, FILES_KEY) != open_key(b, FILES_KEY)


def test_a_name_tells_nothing_but_is_found_again() -> None:
    name = keys.file_name(FILES_KEY, "contract.pdf")
    assert name == keys.file_name(FILES_KEY, "contract.pdf")
    assert name != keys.file_name(bytes(32), "contract.pdf")
    assert "contract" not in name


def test_purposes_have_different_keys() -> None:
    assert len({keys.derive(FILES_KEY, one) for one in ("database", "files", "names")}) == 3


def test_a_recovery_code_is_read_however_it_is_typed() -> None:
    code = recovery.new_code()
    assert len(code.split("-")) == 9
    plain = recovery.read_code(code)
    assert plain
    assert recovery.read_code(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == plain
    assert len(plain) * 5 == 160


def test_a_slip_in_a_recovery_code_is_noticed() -> None:
    code = recovery.new_code()
    wrong = ("7" if code[0] != "7" else "8") + code[1:]
    assert recovery.read_code(wrong) is None
    assert recovery.read_code(code[:-1]) is None
    assert recovery.read_code("not a code") is None
