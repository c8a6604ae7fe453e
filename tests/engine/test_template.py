"""Chat templates are foreign programs: the good ones render as transformers renders them, the bad ones end."""

import contextlib
import time
from pathlib import Path

import pytest

from desktop.core.errors import TemplateRefused
from desktop.core.messages import Message, Role
from desktop.engine.worker.template import ChatTemplate

HELLO = (Message.of(Role.USER, "hello"),)


def rendered(source: str, messages: tuple[Message, ...] = HELLO) -> str:
    template = ChatTemplate(source, "model.gguf", bos="<s>", eos="</s>")
    return template.render([{"role": str(one.role), "content": one.text} for one in messages])


def test_file_without_a_template_speaks_chatml() -> None:
    assert rendered("") == "<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n"


def test_blocks_leave_no_blank_lines_and_helpers_exist() -> None:
    source = """{% for message in messages %}
    {% if loop.first %}
{{ bos_token }}{% generation %}{{ message | tojson }}{% endgeneration %}
    {% endif %}
    {% continue %}
{% endfor %}
{{ strftime_now('%Y')[:2] }}"""
    assert rendered(source) == '<s>{"role": "user", "content": "hello"}20'


def test_room_for_the_prompt_grows_with_the_tools() -> None:
    long = "word " * 40_000
    template = ChatTemplate("{{ tools[0].function.description }}", "model.gguf", bos="", eos="")
    tool = {"type": "function", "function": {"name": "read", "description": long, "parameters": {}}}
    assert template.render([{"role": "user", "content": "hello"}], [tool]) == long
    with pytest.raises(TemplateRefused):
        ChatTemplate("{{ messages[0].content * 20000 }}", "m.gguf", bos="", eos="").render(
            [{"role": "user", "content": "hello"}]
        )


def test_json_is_written_as_transformers_writes_it() -> None:
    source = "{{ {'b': 'ä', 'a': 1} | tojson(ensure_ascii=True, separators=(',', ':'), sort_keys=True) }}"
    assert rendered(source) == r'{"a":1,"b":"\u00e4"}'
    assert rendered("{{ ['ä'] | tojson(indent=1) }}") == '[\n "ä"\n]'


def test_words_with_braces_and_long_numbers_are_no_format() -> None:
    source = "{% for m in messages %}{{ m.content.split('|')[0] | trim }}{% endfor %}"
    said = "In {short}: 1,234,567 of {0:10000000}"
    assert rendered(source, (Message.of(Role.ASSISTANT, said),)) == said


def test_system_text_goes_into_the_question_where_a_template_knows_none() -> None:
    refusal = "{% if m.role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
    source = "{% for m in messages %}" + refusal + "[{{ m.content }}]{% endfor %}"
    messages = (Message.of(Role.SYSTEM, "Be brief."), *HELLO)
    assert rendered(source, messages) == "[Be brief.\n\nhello]"


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ ''|attr('__class__') }}",
        "{{ messages.__init__.__globals__ }}",
        "{{ self.__init__.__globals__['os'].popen('id') }}",
        "{{ cycler.__init__.__globals__.os.system('id') }}",
        "{{ lipsum.__globals__['os'] }}",
        "{% include '/etc/passwd' %}",
        "{% import '/etc/passwd' as p %}",
        "{% extends '/etc/passwd' %}",
        "{{ messages.append(1) }}",
        "{{ 'a' * 10**9 }}",
        "{{ ['a'] * 10**9 }}",
        "{{ 10**10**10 }}",
        "{{ '%01000000000d' % 1 }}",
        "{{ '%01000000000d'|format(1) }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ 'a'.ljust(10**9) }}",
        "{{ 'a'|center(1000000000) }}",
        "{{ 'a'|indent(1000000000, true) }}",
        "{% for i in range(100000) %}xxxxxxxxxxxxxxxx{% endfor %}",
        "{% for i in range(10**8) %}{% endfor %}",
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set x = namespace(t='ab') %}{% for i in range(40) %}{% set x.t = x.t + x.t %}{% endfor %}",
        "{% set x = namespace(t='ab') %}{% for i in range(40) %}{% set x.t = x.t ~ x.t %}{% endfor %}",
        "{% set x = namespace(t=['ab']) %}{% for i in range(40) %}{% set x.t = x.t + x.t %}{% endfor %}",
        "{% set x = namespace(t='ab') %}{% for i in range(40) %}{% set x.t = [x.t, x.t]|join %}{% endfor %}",
        "{{ range(99999)|list|map('string')|join('x')|replace('x', 'yyyyyyyyyyyyyyyyyyyyyyyyy')|length }}{{ 1 // 0 }}",
        "{% if %}",
        "{{ unclosed",
        "{{ raise_exception('always') }}",
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
    ],
)
def test_unsafe_or_broken_template_is_refused_in_time(source: str) -> None:
    begun = time.monotonic()
    with contextlib.suppress(TemplateRefused):
        text = rendered(source)
        assert len(text) < 1000
        assert "root:" not in text
        assert "/bin" not in text
    assert time.monotonic() - begun < 3


def test_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("treasure", encoding="utf-8")
    with pytest.raises(TemplateRefused):
        rendered("{% include '" + str(secret) + "' %}")
