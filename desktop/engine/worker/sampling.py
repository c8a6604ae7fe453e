"""The sampler chain, in C: grammar, penalties, top-k, top-p, min-p, temperature, chance."""

import json
from collections.abc import Sequence
from typing import Any

from desktop.core.errors import GrammarInvalid
from desktop.core.generation import SamplingOptions
from desktop.engine.worker import library
from desktop.engine.worker.entries import Entry

PENALTY_WINDOW = 64
RANDOM_SEED = 0xFFFFFFFF
"""llama.cpp draws its own seed for this one."""
MAX_GRAMMAR = 256 * 1024


def grammar_of(options: SamplingOptions) -> str:
    """Return the grammar in llama.cpp's language, empty when the answer is free.

    Raises:
        GrammarInvalid: the JSON schema cannot be translated.
    """
    if len(options.grammar) + len(options.json_schema) > MAX_GRAMMAR:
        raise GrammarInvalid(reason="it is too long")
    if not options.json_schema:
        return options.grammar
    try:
        schema = json.loads(options.json_schema)
        if not isinstance(schema, dict | bool):
            raise GrammarInvalid(reason="the JSON schema is not an object")
        return library.json_schema_to_gbnf(json.dumps(schema))
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError) as error:
        raise GrammarInvalid(reason="the JSON schema cannot be translated") from error


class Sampler:
    """A chain for one answer. Frees itself with `close`."""

    def __init__(self, vocabulary: Any, n_vocab: int, options: SamplingOptions, prompt: Sequence[Entry]) -> None:
        """Build the chain.

        Args:
            vocabulary: llama.cpp's pointer.
            n_vocab: number of tokens.
            options: what the person chose; temperature 0 means greedy.
            prompt: its last tokens count for the penalties, as in llama.cpp's server.

        Raises:
            GrammarInvalid: llama.cpp cannot read the grammar.
        """
        self._api = api = library.load()
        self.chain = api.llama_sampler_chain_init(api.llama_sampler_chain_default_params())
        try:
            self._add_grammar(vocabulary, grammar_of(options))
        except GrammarInvalid:
            self.close()
            raise
        self._add_penalties(n_vocab, options, prompt)
        if options.temperature <= 0:
            self._add(api.llama_sampler_init_greedy())
            return
        self._add(api.llama_sampler_init_top_k(options.top_k))
        self._add(api.llama_sampler_init_top_p(options.top_p, 1))
        self._add(api.llama_sampler_init_min_p(options.min_p, 1))
        self._add(api.llama_sampler_init_temp(options.temperature))
        seed = RANDOM_SEED if options.seed is None else options.seed % RANDOM_SEED
        self._add(api.llama_sampler_init_dist(seed))

    def close(self) -> None:
        """Free the chain."""
        if self.chain:
            self._api.llama_sampler_free(self.chain)
            self.chain = None

    def _add(self, sampler: Any) -> None:
        self._api.llama_sampler_chain_add(self.chain, sampler)

    def _add_grammar(self, vocabulary: Any, grammar: str) -> None:
        """Put it first, so that nothing the grammar forbids is ever chosen: that would abort the process."""
        if not grammar:
            return
        sampler = self._api.llama_sampler_init_grammar(vocabulary, grammar.encode("utf-8"), b"root")
        if not sampler:
            raise GrammarInvalid(reason="llama.cpp cannot read the grammar")
        self._add(sampler)

    def _add_penalties(self, n_vocab: int, options: SamplingOptions, prompt: Sequence[Entry]) -> None:
        if options.repeat_penalty in (0.0, 1.0) and options.presence_penalty == 0.0:
            return
        repeat = options.repeat_penalty if options.repeat_penalty > 0 else 1.0
        sampler = self._api.llama_sampler_init_penalties(n_vocab, PENALTY_WINDOW, repeat, 0.0, options.presence_penalty)
        for token in prompt[-PENALTY_WINDOW:]:
            if isinstance(token, int):
                self._api.llama_sampler_accept(sampler, token)
        self._add(sampler)
