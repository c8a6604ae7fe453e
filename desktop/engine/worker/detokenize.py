"""Bytes of tokens to text: a character whose bytes come in several tokens waits until it is whole."""

import codecs


class Utf8Assembler:
    """Takes the bytes of one token after the other."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, piece: bytes) -> str:
        """Return the characters that are whole now; an unfinished one at the end of an answer is never shown."""
        return self._decoder.decode(piece)
