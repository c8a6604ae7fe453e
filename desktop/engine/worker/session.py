"""A loaded model and the turns it answers."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from desktop.core.child import StopFlag
from desktop.core.errors import Cancelled
from desktop.core.generation import Counted, Finished, FinishReason, Loaded, Reading, SamplingOptions
from desktop.core.messages import Message
from desktop.core.stream import TextDelta, ThoughtDelta, Written
from desktop.engine import wire
from desktop.engine.worker import library
from desktop.engine.worker.context import Context, ContextFull
from desktop.engine.worker.detokenize import Utf8Assembler
from desktop.engine.worker.llama import Llama, open_model
from desktop.engine.worker.rendering import Rendering
from desktop.engine.worker.sampling import Sampler
from desktop.engine.worker.selection import Prompt, Selection
from desktop.engine.worker.senses import Fetch, Senses
from desktop.engine.worker.template import ChatTemplate
from desktop.engine.worker.thinking import ThoughtSplitter, opens_thought
from desktop.engine.worker.toolcalls import CallSplitter
from desktop.engine.worker.vocabulary import Vocabulary

Send = Callable[[wire.Reply], None]
BATCH_SECONDS = 0.02
STOPPED = Finished(FinishReason.STOPPED, 0, 0, 0, 0.0, 0.0)
"""A turn that never began."""


def load(command: wire.Load, flag: StopFlag, send: Send, fetch: Fetch) -> "Session | Finished":
    """Load a model; a stop meanwhile gives the Finished of a turn that never began.

    Raises:
        ModelDamaged: llama.cpp refused the file.
        TemplateRefused: its chat template is no template.
    """
    begun = time.perf_counter()

    def alive(silence: float) -> None:
        with suppress(OSError):  # llama.cpp calls it; that the app is gone shows later
            send(wire.Alive(silence))

    try:
        llama = open_model(command.path, command.name, command.plan, flag, lambda: alive(0.0))
    except Cancelled:
        return replace(STOPPED, write_seconds=time.perf_counter() - begun)
    senses = Senses(command.plan, llama, flag, alive, fetch)
    return Session(llama, senses, command, flag, begun)


class Session:
    """One model in memory, one conversation in its KV cache."""

    def __init__(self, llama: Llama, senses: Senses, command: wire.Load, flag: StopFlag, begun: float) -> None:
        """Take what was loaded; `begun` is when loading started."""
        self._llama, self._flag = llama, flag
        self._vocabulary = Vocabulary(llama.vocabulary)
        template = ChatTemplate(
            llama.template, command.name, bos=self._vocabulary.bos_text, eos=self._vocabulary.eos_text
        )
        self._context = Context(llama, flag, senses)
        self._rendering = Rendering(self._vocabulary, template, command.name, senses)
        self._selection = Selection(self._rendering.render, self._rendering.count)
        self.info = Loaded(
            context=llama.n_ctx,
            trained_context=llama.trained_context,
            threads=command.plan.threads,
            gpu_layers=llama.gpu_layers,
            seconds=time.perf_counter() - begun,
        )

    def answer(self, command: wire.Generate, send: Send) -> None:
        """Answer and send the events of the turn, Finished last.

        Raises:
            PromptTooLong: the newest message does not fit.
            TemplateRefused: the chat template fails.
            GrammarInvalid: the answer format cannot be used.
            ModelDamaged: the encoder fails.
        """
        parts = [part for message in command.messages for part in message.attached]
        self._rendering.media = dict(zip(parts, command.media, strict=True))
        self._rendering.tools = command.tools
        try:
            prompt = self._selection.fit(
                command.messages, self._llama.n_ctx, command.sampling.max_tokens, self._rendering.beside
            )
        except Cancelled:
            send(STOPPED)
        else:
            self._run(prompt, command.sampling, send)

    def add_aside(self, command: wire.Generate, send: Send) -> None:
        """Answer something beside the conversation, such as its title; send the events, Finished last.

        It is read behind the conversation, so that the next question still finds all of that read, the last answer
        too. Declined, as a Finished that counts nothing, where the cache would lose something: when not all of it
        fits, when the model cannot take a step back, and when a picture would have to be looked at again.
        """
        try:
            prompt = self._aside(command.messages)
        except Cancelled:
            prompt = None
        room = self._llama.n_ctx - (command.sampling.max_tokens or 0)
        if prompt is None or prompt.size >= room or not self._context.holds_media(prompt.entries):
            send(wire.DECLINED)
        else:
            self._run(prompt, command.sampling, send)

    def _aside(self, messages: Sequence[Message]) -> Prompt | None:
        parts = {part for message in messages for part in message.attached}
        if not self._llama.rewinds or self._selection.has_cut or not parts <= self._rendering.media.keys():
            return None
        rendered, entries = self._rendering.render(messages)
        return Prompt(entries, rendered)

    def _run(self, prompt: Prompt, sampling: SamplingOptions, send: Send) -> None:
        sampler = Sampler(self._llama.vocabulary, self._llama.n_vocab, sampling, prompt.entries)
        thoughts = ThoughtSplitter(opens_thought(prompt.rendered))
        calls = CallSplitter(thoughts, self._rendering.spellings, self._vocabulary.call_mark)
        turn = _Turn(self._llama, self._vocabulary, self._context, sampler, self._flag, send)
        try:
            send(turn.run(prompt, sampling, calls))
        finally:
            sampler.close()

    def count(self, text: str) -> Counted:
        """Return how many tokens a text would take in a prompt."""
        pieces = self._vocabulary.guard(text).split(self._vocabulary.marker)
        return Counted(sum(len(self._vocabulary.tokenize(piece)) for piece in pieces), self._llama.n_ctx)


class _Turn:
    """One answer on its way: reads, writes, sends."""

    def __init__(
        self,
        llama: Llama,
        vocabulary: Vocabulary,
        context: Context,
        sampler: Sampler,
        flag: StopFlag,
        send: Send,
    ) -> None:
        self._llama, self._vocabulary, self._context = llama, vocabulary, context
        self._sampler, self._flag, self._send = sampler, flag, send
        self._text = Utf8Assembler()
        self._waiting: list[Written] = []
        self._sent = 0.0
        self._written = 0

    def run(self, prompt: Prompt, sampling: SamplingOptions, answer: CallSplitter) -> Finished:
        """Read the prompt, write the answer, return how it went."""
        total = prompt.size
        begun = time.perf_counter()
        reused = self._context.reuse(prompt.entries)
        self._send(Reading(reused, total))
        read = begun
        try:
            self._context.read(prompt.entries, lambda done: self._send(Reading(done, total)))
            read = time.perf_counter()
            reason = self._write(sampling.max_tokens, answer)
        except Cancelled:
            reason = FinishReason.STOPPED
        except ContextFull:
            reason = FinishReason.CONTEXT
        end = time.perf_counter()
        read = read if read > begun else end
        self._waiting += answer.finish()
        self._flush()
        return Finished(
            reason=reason,
            prompt_tokens=total,
            reused_tokens=reused,
            answer_tokens=self._written,
            read_seconds=read - begun,
            write_seconds=end - read,
            omitted=prompt.omitted,
        )

    def _write(self, max_tokens: int | None, answer: CallSplitter) -> FinishReason:
        """Write until the model ends its turn.

        Why deltas wait: one message on the pipe a token costs both processes more than it is worth. The first
        text goes out at once, later ones about every BATCH_SECONDS.
        """
        sample, chain, context = library.load().llama_sampler_sample, self._sampler.chain, self._llama.context
        vocabulary, flag, clock = self._vocabulary, self._flag, time.perf_counter
        while True:
            if flag[0]:
                return FinishReason.STOPPED
            token = sample(chain, context, -1)
            if vocabulary.ends_turn(token):
                return FinishReason.END
            self._written += 1
            text = self._text.feed(vocabulary.piece(token))
            if text:
                self._waiting += answer.feed(text)
            if self._waiting and clock() - self._sent >= BATCH_SECONDS:
                self._flush()
            if max_tokens is not None and self._written >= max_tokens:
                return FinishReason.LENGTH
            self._context.advance(token)

    def _flush(self) -> None:
        if self._waiting:
            self._send(wire.Fragment(_merged(self._waiting)))
            self._waiting = []
        self._sent = time.perf_counter()


def _merged(deltas: Sequence[Written]) -> tuple[Written, ...]:
    """Join neighbours of the same kind, but for calls."""
    merged: list[Written] = []
    for delta in deltas:
        match merged[-1:], delta:
            case ([TextDelta(before)], TextDelta(text)):
                merged[-1] = TextDelta(before + text)
            case ([ThoughtDelta(before)], ThoughtDelta(text)):
                merged[-1] = ThoughtDelta(before + text)
            case _:
                merged.append(delta)
    return tuple(merged)
