"""What is enclosed in a file, put together of its pieces: a reader that sends without end is not listened to."""

from desktop.core.documents import Enclosed
from desktop.services.document_reading import LARGEST_ENCLOSED, MOST_ENCLOSED, Assembled

PIECE = 8 << 20


def test_a_file_that_is_too_large_is_left_out_and_the_next_one_is_not() -> None:
    assembled = Assembled()
    piece = bytes(PIECE)
    for _ in range(LARGEST_ENCLOSED // PIECE):
        assert assembled.take(Enclosed("large.bin", piece, last=False)) is None
    assembled.take(Enclosed("large.bin", b"more", last=True))
    assert assembled.cut

    assert assembled.take(Enclosed("small.txt", b"small", last=True)) == b"small"
    assert not assembled.cut


def test_no_more_than_so_many_files_are_taken() -> None:
    assembled = Assembled()
    for _ in range(MOST_ENCLOSED):
        assembled.take(Enclosed("a.txt", b"a", last=True))
        assert not assembled.cut

    assembled.take(Enclosed("a.txt", b"a", last=True))
    assert assembled.cut
