"""Renders the chat template of a model file, which is a foreign program, inside tight limits.

Limits: jinja2's immutable sandbox without a loader; no single operation or filter may build a large string; the
output is at most four times the input and 64 KiB; two seconds; on Linux also a bound on new memory. What breaks
a limit ends as TemplateRefused.

Why two clocks: POSIX has a timer signal that interrupts any Python code of the main thread. Windows has none, and
the worker keeps no second thread beside the model, so there a trace function looks at the clock at every line of
the template's code; that is slower, and a template is a few hundred lines.
"""

import json
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import Any

from jinja2 import Template, TemplateError, nodes, pass_eval_context
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from desktop.core.errors import TemplateRefused
from desktop.core.messages import Role
from desktop.engine.worker.turns import Plain

SECONDS = 2.0
OUTPUT_FACTOR = 4
OUTPUT_EXTRA = 64 * 1024
LARGEST_OPERAND = 1_000_000
MEMORY_BYTES = 1 << 28
_HUGE_WIDTH = re.compile(r"%[^a-z%]*[*]|[%:.<>^0-9][0-9]{4,}")

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""For files without a template."""


class _OutOfTimeError(Exception):
    """The template ran for too long. No TemplateError: a template must not be able to catch it."""


class _TooMuchError(TemplateError):
    """The template wants to build something huge."""


class _RoleError(TemplateError):
    """The template itself refuses the order or the kinds of messages."""


class ChatTemplate:
    """A compiled chat template."""

    def __init__(self, source: str, name: str, *, bos: str, eos: str) -> None:
        """Compile it.

        Args:
            source: the template; empty = ChatML.
            name: the model file, for the sentence of an error.
            bos: text of the token that begins a sequence.
            eos: text of the token that ends one.

        Raises:
            TemplateRefused: it is not a template.
        """
        self._name, self._bos, self._eos = name, bos, eos
        self._source = source
        try:
            with _limits():
                self._template: Template = _Environment().from_string(source or CHATML)
        except _FAILURES as error:
            raise TemplateRefused(name=name) from error

    def mentions(self, word: str) -> bool:
        """Tell whether this word stands in it, such as the name of something that it can be given."""
        return word in self._source

    def render(self, turns: Sequence[Plain], tools: Sequence[Plain] = ()) -> str:
        """Return the prompt for these turns, whose texts are guarded.

        A template that knows no system text gets it at the head of the first question instead.

        Raises:
            TemplateRefused: it fails or breaks a limit.
        """
        try:
            try:
                return self._render(turns, tools)
            except _RoleError:
                return self._render(_without_system(turns), tools)
        except _FAILURES as error:
            raise TemplateRefused(name=self._name) from error

    def _render(self, turns: Sequence[Plain], tools: Sequence[Plain]) -> str:
        limit = OUTPUT_FACTOR * (_letters(turns) + _letters(tools)) + OUTPUT_EXTRA
        given = {"messages": list(turns), "bos_token": self._bos, "eos_token": self._eos}
        if tools:
            given["tools"] = list(tools)
        pieces: list[str] = []
        with _limits():
            for piece in self._template.generate(given, add_generation_prompt=True):
                limit -= len(piece)
                if limit < 0:
                    raise _TooMuchError
                pieces.append(piece)
        return "".join(pieces)


_FAILURES = (TemplateError, _OutOfTimeError, MemoryError, RecursionError, ArithmeticError, LookupError, TypeError,
             ValueError, AttributeError, SyntaxError)  # fmt: skip
"""What a foreign template can raise while it is compiled or rendered."""


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox as chat templates expect it, with bounds on single operations."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self) -> None:
        super().__init__(trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols, _Generation])
        self.globals.update(raise_exception=_raise, strftime_now=_now)
        self.filters["tojson"] = _to_json
        for name in ("center", "indent", "format", "wordwrap", "replace", "batch", "slice"):
            self.filters[name] = _bounded(name, self.filters[name])

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse to multiply texts or raise numbers beyond measure."""
        if operator in "**" and (_weight(left) * _weight(right) > LARGEST_OPERAND):
            raise _TooMuchError
        if operator == "%" and isinstance(left, str | bytes):
            _weigh_format(str(left))
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, function: Any, /, *values: Any, **named: Any) -> Any:
        """Refuse calls such as `text.ljust(10**9)` and `"{:>1000000000}".format(1)`."""
        _weigh(values, named)
        owner = getattr(getattr(function, "__wrapped__", function), "__self__", None)
        if isinstance(owner, str) and getattr(function, "__name__", "") in ("format", "format_map"):
            _weigh_format(owner)
        return super().call(context, function, *values, **named)


class _Generation(Extension):
    """`{% generation %}` marks the model's words for training; here it changes nothing."""

    tags = {"generation"}  # noqa: RUF012 - jinja2 wants a set

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Return the body as it is."""
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def _weight(value: object) -> int:
    if isinstance(value, str | bytes | list | tuple):
        return max(len(value), 1)
    return max(abs(int(value)), 1) if isinstance(value, int | float) else 1


def _weigh(values: Sequence[object], named: Mapping[str, object]) -> None:
    for value in (*values, *named.values()):
        if isinstance(value, int | float) and abs(value) > LARGEST_OPERAND:
            raise _TooMuchError


def _weigh_format(text: str) -> None:
    """Refuse a format that asks for a field of ten thousand characters or more."""
    if len(text) < LARGEST_OPERAND and ("%" in text or "{" in text) and _HUGE_WIDTH.search(text):
        raise _TooMuchError


def _bounded(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a filter that takes a width. The wrapper keeps the attributes by which jinja2 passes its context."""

    def guarded(*values: Any, **named: Any) -> Any:
        _weigh(values, named)
        for value in values:
            if name == "format" and isinstance(value, str):
                _weigh_format(value)
        return original(*values, **named)

    guarded.__dict__.update(original.__dict__)
    return guarded


def _raise(message: str = "") -> None:
    raise _RoleError(str(message)[:200])


def _now(form: str) -> str:
    return datetime.now(tz=UTC).astimezone().strftime(str(form)[:100])


@pass_eval_context
def _to_json(
    _context: object,
    value: object,
    indent: int | None = None,
    *,
    ensure_ascii: bool = False,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    """Return plain JSON; jinja2's own filter escapes for HTML, which models were not trained on."""
    between = None if separators is None else (str(separators[0])[:8], str(separators[1])[:8])
    return json.dumps(
        value,
        ensure_ascii=bool(ensure_ascii),
        indent=min(indent, 8) if indent else None,
        separators=between,
        sort_keys=bool(sort_keys),
    )


def _letters(value: object) -> int:
    """Return how much text a value holds."""
    match value:
        case str():
            return len(value)
        case dict():
            return sum(_letters(name) + _letters(one) for name, one in value.items())
        case list() | tuple():
            return sum(_letters(one) for one in value)
        case _:
            return 0


def _without_system(turns: Sequence[Plain]) -> list[Plain]:
    """Put the system text at the head of the first question."""
    system = [turn["content"] for turn in turns if turn["role"] == Role.SYSTEM]
    rest = [dict(turn) for turn in turns if turn["role"] != Role.SYSTEM]
    if not system or not rest:
        raise _TooMuchError
    rest[0]["content"] = "\n\n".join([*system, rest[0]["content"]])
    return rest


@contextmanager
def _limits() -> Iterator[None]:
    """Bound time and, on Linux, new memory for the block."""
    with _memory_limit(), _time_limit():
        yield


@contextmanager
def _time_limit() -> Iterator[None]:
    if sys.platform == "win32":
        deadline = time.monotonic() + SECONDS
        previous = sys.gettrace()

        def look(_frame: FrameType, _event: str, _argument: object) -> Any:
            if time.monotonic() > deadline:
                raise _OutOfTimeError
            return look

        sys.settrace(look)
        try:
            yield
        finally:
            sys.settrace(previous)
    else:

        def expire(_number: int, _frame: FrameType | None) -> None:
            raise _OutOfTimeError

        before = signal.signal(signal.SIGALRM, expire)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory_limit() -> Iterator[None]:
    """Let the address space grow by no more than MEMORY_BYTES. Only Linux tells its size cheaply."""
    if sys.platform != "linux":
        yield
        return
    import resource
    from pathlib import Path

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    wanted = pages * resource.getpagesize() + MEMORY_BYTES
    bounded = wanted if soft == resource.RLIM_INFINITY else min(wanted, soft)
    resource.setrlimit(resource.RLIMIT_AS, (bounded, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
