"""The vocabulary: text to tokens and back, and which tokens steer the model.

Why literals are broken up: llama.cpp turns the text of a USER_DEFINED token (`<|tool_call>` in Gemma 4) into the
token itself even with `parse_special=False`. A document could so speak as the model or as the system. `guard`
puts a marker into every such literal of foreign text; `tokenize` cuts at the markers and tokenizes the pieces
apart, so the letters stay and the token cannot arise. The template's own literals carry no marker.
"""

import ctypes
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from desktop.engine.worker import library
from desktop.engine.worker.entries import Entry
from desktop.engine.worker.toolcalls import LITERALS as CALL_LITERALS

ATTR_UNKNOWN, ATTR_CONTROL, ATTR_USER_DEFINED = 1, 8, 16
STEERING = ATTR_UNKNOWN | ATTR_CONTROL | ATTR_USER_DEFINED
PIECE_BYTES = 256
THINKING_LITERALS = frozenset({"<think>", "</think>", "<|channel>", "<channel|>"})


class Vocabulary:
    """What one model's tokens mean. Made once a load."""

    def __init__(self, vocab: Any) -> None:
        self._api = library.load()
        self._vocab = vocab
        self._buffer = ctypes.create_string_buffer(PIECE_BYTES)
        self._pieces: dict[int, bytes] = {}
        self.steering = self._find_steering()
        self._literals = _by_start(self.steering.values())
        self._starts = re.compile(
            "|".join(re.escape(first) for first in sorted({key[0] for key in self._literals})) or "$^"
        )
        bos = self._api.llama_vocab_bos(vocab)
        self._bos = bos if bos >= 0 and self._api.llama_vocab_get_add_bos(vocab) else None
        self.bos_text = self._text(bos)
        self.eos_text = self._text(self._api.llama_vocab_eos(vocab))
        self.call_mark = f"\ue0f5{secrets.token_hex(6)}\ue0f6"
        """Stands before each sign of a call in an answer, if that is a token: no text that is read holds it."""
        self.marker = ""
        self.renew_marker()

    def renew_marker(self) -> None:
        """Choose another marker, which no text that was written before can hold."""
        self.marker = f"\ue0f1{secrets.token_hex(6)}\ue0f2"

    def guard(self, text: str) -> str:
        """Return the text with the marker inside every literal of a steering token."""
        text = text.replace(self.marker, "")
        cuts = [
            match.start() + 1
            for match in self._starts.finditer(text)
            if text.startswith(self._literals.get(text[match.start() : match.start() + 2], ()), match.start())
        ]
        pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        return self.marker.join(pieces)

    def tokenize_prompt(self, rendered: str) -> list[int]:
        """Tokenize a rendered template, or what stands between two pictures of it."""
        tokens: list[int] = []
        for piece in rendered.split(self.marker):
            tokens += self.tokenize(piece)
        return tokens

    def begun(self, prompt: list[Entry]) -> list[Entry]:
        """Return the prompt with the model's own beginning as its first token, where it wants one."""
        if self._bos is None or prompt[:1] == [self._bos]:
            return prompt
        return [self._bos, *prompt]

    def tokenize(self, text: str) -> list[int]:
        """Tokenize one piece; literals of steering tokens in it become those tokens."""
        data = text.encode("utf-8", "replace")
        if not data:
            return []
        room = len(data) + 8
        tokens = (ctypes.c_int32 * room)()
        count = self._api.llama_tokenize(self._vocab, data, len(data), tokens, room, False, True)
        if count < 0:
            room = -count
            tokens = (ctypes.c_int32 * room)()
            count = self._api.llama_tokenize(self._vocab, data, len(data), tokens, room, False, True)
        return tokens[: max(count, 0)]

    def ends_turn(self, token: int) -> bool:
        """Tell whether the model ends its turn with this token."""
        return bool(self._api.llama_vocab_is_eog(self._vocab, token))

    def piece(self, token: int) -> bytes:
        """Return the bytes of a token; control tokens are silent, but for those that frame a thought or a call."""
        known = self._pieces.get(token)
        if known is None:
            literal = self.steering.get(token)
            if literal in CALL_LITERALS:
                known = f"{self.call_mark}{literal}".encode()
            else:
                known = self._spell(token, special=literal in THINKING_LITERALS)
            self._pieces[token] = known
        return known

    def _spell(self, token: int, *, special: bool) -> bytes:
        count = self._api.llama_token_to_piece(self._vocab, token, self._buffer, PIECE_BYTES, 0, special)
        if count < 0:
            larger = ctypes.create_string_buffer(-count)
            count = self._api.llama_token_to_piece(self._vocab, token, larger, -count, 0, special)
            return larger.raw[: max(count, 0)]
        return self._buffer.raw[:count]

    def _text(self, token: int) -> str:
        if token < 0:
            return ""
        return (self._api.llama_vocab_get_text(self._vocab, token) or b"").decode("utf-8", "replace")

    def _find_steering(self) -> dict[int, str]:
        """Map every steering token to its literal; runs of white space, which steer nothing, are left out."""
        attributes, vocab = self._api.llama_vocab_get_attr, self._vocab
        found = {}
        for token in range(self._api.llama_vocab_n_tokens(vocab)):
            if attributes(vocab, token) & STEERING:
                text = self._text(token)
                if len(text) > 1 and text.strip(" \t\r\n\u2581"):
                    found[token] = text
        return found


def _by_start(literals: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Group literals by their first two characters, so that a text is scanned in one pass."""
    groups: dict[str, list[str]] = defaultdict(list)
    for literal in literals:
        groups[literal[:2]].append(literal)
    return {start: tuple(group) for start, group in groups.items()}
