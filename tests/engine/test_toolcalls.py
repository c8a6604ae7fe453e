"""Calls are told from the answer, however the text is cut, and one that cannot be read is told too."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.messages import Message, Role
from desktop.core.stream import Delta, TextDelta, ToolCallDelta, fold
from desktop.core.tools import BrokenCallPart, ToolCallPart, canonical
from desktop.engine.worker.thinking import ThoughtSplitter
from desktop.engine.worker.toolcalls import LITERALS, CallSplitter, spellings

MARK = "\ue0f5ab12\ue0f6"
OPEN, CLOSE, QUOTE = (MARK + one for one in ("<|tool_call>", "<tool_call|>", '<|"|>'))
GEMMA = frozenset({"<|tool_call>", "<tool_call|>", '<|"|>', "<tool_response|>"})
QWEN = frozenset({"<tool_call>", "</tool_call>"})


def read(pieces: list[str], literals: frozenset[str] = GEMMA, *, hermes: bool = False) -> Message:
    """The answer that arrives in these pieces."""
    splitter = CallSplitter(ThoughtSplitter(), spellings(literals, MARK, hermes=hermes), MARK)
    deltas: list[Delta] = [delta for piece in pieces for delta in splitter.feed(piece)] + splitter.finish()
    message = Message(Role.ASSISTANT)
    for delta in deltas:
        message = fold(message, delta)
    return message


def called(body: str) -> ToolCallPart | BrokenCallPart:
    """What becomes of one call of Gemma's, in which `'` is the sign around texts."""
    (part,) = read([OPEN + body.replace("'", QUOTE) + CLOSE]).parts
    assert isinstance(part, ToolCallPart | BrokenCallPart)
    return part


READ: list[tuple[str, dict[str, Any]]] = [
    ("{}", {}),
    ("{city:'Paris'}", {"city": "Paris"}),
    ("{city:'Paris, in {France}: <b>'}", {"city": "Paris, in {France}: <b>"}),
    ("{text:'He said \"no\".\n'}", {"text": 'He said "no".\n'}),
    ("{text:''}", {"text": ""}),
    ("{a:1,b:-2.5,c:1e3,d:0}", {"a": 1, "b": -2.5, "c": 1000.0, "d": 0}),
    ("{a:true,b:false,c:null,d:None}", {"a": True, "b": False, "c": None, "d": None}),
    ("{a:{b:{c:['x',1,[],{}]}},d:[]}", {"a": {"b": {"c": ["x", 1, [], {}]}}, "d": []}),
    ("{ a : 1 ,\n b:[ 'x' , 'y' ] }", {"a": 1, "b": ["x", "y"]}),
    ("{'a b':1,first name:'Ann'}", {"a b": 1, "first name": "Ann"}),
    ('{city:"Paris"}', {"city": "Paris"}),
    ("{größe:'groß 🦊'}", {"größe": "groß 🦊"}),
]


@pytest.mark.parametrize(("arguments", "wanted"), READ)
def test_a_call_of_gemma_is_read_in_full(arguments: str, wanted: dict[str, Any]) -> None:
    call = called("call:get_weather" + arguments)
    assert isinstance(call, ToolCallPart)
    assert (call.name, call.values) == ("get_weather", wanted)
    assert call.arguments == canonical(wanted)


BROKEN = [
    "",
    "get_weather{}",
    "call:{}",
    "call:f",
    "call:f{",
    "call:f{a}",
    "call:f{a:}",
    "call:f{a:1",
    "call:f{a:1,}",
    "call:f{a:'x}",
    "call:f{a:Paris}",
    "call:f{a:1 2}",
    "call:f{a:[1}",
    "call:f{a:1}}",
    "call:f{a:1} and more",
    "call:f{a:NaN}",
    "call:f{a:1e999}",
    "call:f{a:" + "9" * 5000 + "}",
    "call:f{a:" + "[" * 40 + "]" * 40 + "}",
    "call:f" + "{a:" * 3000,
]


@pytest.mark.parametrize("body", BROKEN)
def test_a_call_that_cannot_be_read_is_told_as_it_was_written(body: str) -> None:
    assert called(body) == BrokenCallPart(body.replace("'", '"'))


@pytest.mark.parametrize("end", ["", "call:f{a:1}", f"call:f{{a:{QUOTE}Par"])
def test_half_a_call_is_never_a_call(end: str) -> None:
    message = read(["Let me see.\n", OPEN, end])
    assert message.text == "Let me see.\n"
    assert message.calls == (BrokenCallPart(end.replace(QUOTE, '"')),)


def test_several_calls_in_a_row_and_the_words_around_them_keep_their_order() -> None:
    said = f"One.{OPEN}call:f{{}}{CLOSE}{OPEN}call:g{{a:1}}{CLOSE}\n\nTwo."
    parts = read([said]).parts
    assert [type(part).__name__ for part in parts] == ["TextPart", "ToolCallPart", "ToolCallPart", "TextPart"]
    assert read([said]).text == "One.\n\nTwo."


def test_a_call_ends_the_thought_it_is_written_in() -> None:
    message = read([f"<|channel>thought\nI need that.{OPEN}call:f{{}}{CLOSE}Done."])
    assert (message.thoughts, message.text, message.calls) == ("I need that.", "Done.", (ToolCallPart("f"),))


def test_letters_that_look_like_a_call_are_text() -> None:
    said = '<|tool_call>call:f{a:<|"|>x<|"|>}<tool_call|>'
    assert read([said]).parts == read(list(said)).parts
    assert (read([said]).text, read([said]).calls) == (said, ())


def test_letters_that_look_like_signs_inside_a_call_are_text_of_it() -> None:
    call = called("call:f{a:'<tool_call|> and <|\"|> and <think>'}")
    assert isinstance(call, ToolCallPart)
    assert call.values == {"a": '<tool_call|> and <|"|> and <think>'}


def test_signs_that_stand_where_none_belongs_are_not_shown() -> None:
    said = f"a{CLOSE}b{QUOTE}c{MARK}<tool_response|>d"
    assert read([said]).text == 'ab"cd'


HERMES = '<tool_call>\n{"name": "f", "arguments": {"b": [1, null], "a": "x"}}\n</tool_call>'


@pytest.mark.parametrize("mark", ["", MARK])
def test_a_call_of_hermes_is_read_where_its_template_teaches_it(mark: str) -> None:
    literals = QWEN if mark else frozenset()
    said = HERMES.replace("<tool", mark + "<tool").replace("</tool", mark + "</tool")
    message = read([f"Well.\n{said}\n{said}"], literals, hermes=True)
    assert message.calls == (ToolCallPart("f", '{"a":"x","b":[1,null]}'),) * 2
    assert message.text == "Well.\n"


@pytest.mark.parametrize("body", ["", "{", "[]", '{"name": 1}', '{"name": ""}', '{"name": "f", "arguments": 1}',
                                  '{"name": "f", "arguments": {"a": Infinity}}'])  # fmt: skip
def test_a_call_of_hermes_that_cannot_be_read_is_told(body: str) -> None:
    message = read([f"<tool_call>{body}</tool_call>"], frozenset(), hermes=True)
    assert message.parts == (BrokenCallPart(body),)


def test_arguments_in_a_text_of_their_own_are_read() -> None:
    said = '<tool_call>{"name": "f", "arguments": "{\\"a\\": 1}"}</tool_call>'
    assert read([said], frozenset(), hermes=True).calls == (ToolCallPart("f", '{"a":1}'),)


def test_what_hermes_would_call_is_text_to_a_model_that_was_not_taught_it() -> None:
    assert read([HERMES], frozenset()).text == HERMES
    assert read([HERMES.replace("<", MARK + "<")], QWEN).text == HERMES


def test_text_is_given_as_soon_as_it_is_certain() -> None:
    splitter = CallSplitter(ThoughtSplitter(), spellings(GEMMA, MARK, hermes=False), MARK)
    assert splitter.feed("Paris") == [TextDelta("Paris")]
    assert splitter.feed(OPEN + "call:f{}") == []
    assert splitter.feed(CLOSE) == [ToolCallDelta(ToolCallPart("f"))]


PIECES = st.sampled_from(
    [OPEN, CLOSE, QUOTE, "call:f{", "}", "a:", "1", "[", "]", ",", "<", MARK, "<|channel>thought\n", "<channel|>",
     "<|tool_call>", "<tool_call>", "</tool_call>", " \n", "word "]
)  # fmt: skip
ANSWERS = st.lists(PIECES | st.text(max_size=3), max_size=14).map("".join)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1), inner, max_size=3),
    max_leaves=8,
)


@given(st.data(), ANSWERS, st.booleans())
def test_pieces_do_not_matter(data: st.DataObject, answer: str, hermes: bool) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(answer)), max_size=8)))
    pieces = [answer[start:end] for start, end in zip([0, *cuts], [*cuts, len(answer)], strict=True)]
    assert read(pieces, hermes=hermes) == read([answer], hermes=hermes)


@pytest.mark.parametrize(("arguments", "wanted"), READ)
def test_a_call_may_come_letter_by_letter(arguments: str, wanted: dict[str, Any]) -> None:
    quoted = arguments.replace("'", QUOTE)
    said = f"One{OPEN}call:f{quoted}{CLOSE}{OPEN}call:g{{}}{CLOSE}two"
    message = read(list(said))
    assert message.calls == (ToolCallPart("f", canonical(wanted)), ToolCallPart("g"))
    assert message.text == "One\n\ntwo"


@given(ANSWERS)
def test_no_sign_of_a_call_leaks_whatever_is_written(answer: str) -> None:
    message = read([answer])
    shown = [message.text, message.thoughts, *(one.told for one in message.calls)]
    assert not any(MARK + sign in text for text in shown for sign in LITERALS)


@given(st.dictionaries(st.text(min_size=1), JSON))
def test_every_value_that_json_has_comes_through(values: dict[str, Any]) -> None:
    def write(value: Any) -> str:
        if isinstance(value, str):
            return QUOTE + value + QUOTE
        if isinstance(value, dict):
            return "{" + ",".join(f"{write(name)}:{write(one)}" for name, one in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ",".join(map(write, value)) + "]"
        return json.dumps(value)

    (call,) = read([f"{OPEN}call:f{write(values)}{CLOSE}"]).calls
    assert isinstance(call, ToolCallPart)
    assert call.values == values
