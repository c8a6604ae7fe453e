"""What is a formula and what is money."""

import pytest

from desktop.ui.chat.formula_finder import CLOSE, LONGEST, OPEN, prepare


def found(text: str) -> list[tuple[str, bool]]:
    return [(one.source, one.display) for one in prepare(text).formulas]


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $10",
        "from $1,000–$2,000, i.e. $1 to $2.",
        "US$5 or CA$6, $5/$10",
        "5 $ oder 10 $, 5$/10$",
        "pay $100 per unit, or about 85$ in all",
        "$5 million and 3$",
        "$HOME and $PATH",
        r"\$x$ and \$5",
        "a lone $ sign",
        "`$a$` and ``$b$ ` $c$``",
        "x `a $b` and `c$ d`",
        "- ```sh\n  echo $a$\n  ```",
        "- ~~~\n  $a$\n  ~~~",
        "[a](http://x/$1$) <https://x/$a$> https://x/$a$",
        r"\\(a\\) \[1\]",
        "$$a\n\nb$$",
        "$ a $",
        "$a\nb$",
        f"${'x' * (LONGEST + 1)}$",
        "| $5 | and 3$ |",
        "$$",
        "$$$$",
    ],
)
def test_text_stays_text(text: str) -> None:
    assert found(text) == []
    assert prepare(text).markdown == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$x$ and $y_1$.", [("x", False), ("y_1", False)]),
        ("the $n$th, ($k$), **$m$:**", [("n", False), ("k", False), ("m", False)]),
        (r"a \$5 fee and $x$", [("x", False)]),
        (r"\(a+b\) and \[c=1\]", [("a+b", False), ("c=1", True)]),
        ("$$\na\n=b\n$$", [("a\n=b", True)]),
        ("> so\n> $$\n> a\n> +b\n> $$", [("a\n+b", True)]),
        ("| $a$ | $|x|$ |", [("a", False), ("|x|", False)]),
        (r"$\$5$ is $2-3$", [(r"\$5", False), ("2-3", False)]),
        ("`$a$` $b$", [("b", False)]),
        ("\\[\nabc\n\\]", [("abc", True)]),
    ],
)
def test_formulas_are_found(text: str, expected: list[tuple[str, bool]]) -> None:
    assert found(text) == expected


def test_formula_on_lines_of_its_own_becomes_a_paragraph() -> None:
    mark = f"{OPEN}0{CLOSE}"
    assert prepare("text\n$$\na\n$$\nmore").markdown == f"text\n\n{mark}\n\nmore"
    assert prepare("- item\n  $$a$$\n  more").markdown == f"- item\n  \n  {mark}\n\n  more"
    assert prepare("a $$x$$ b").markdown == f"a {mark} b"


def test_open_formula_is_kept_as_it_is_while_more_may_come() -> None:
    text = "so\n$$\na_1 *b* c_2"
    assert prepare(text, unfinished=True).formulas[0].raw == "$$\na_1 *b* c_2"
    assert prepare(text).formulas == ()


def test_picture_becomes_a_link_but_not_in_code() -> None:
    assert prepare(r"`![a](b)` ![c](d) \![e](f) \\![g](h)").markdown == r"`![a](b)` [c](d) \![e](f) \\[g](h)"


@pytest.mark.parametrize("sign", ["$", "\\(", "`a", "$a ", "$$a", "$x", "](", "https://", "\\["])
def test_no_text_takes_long(sign: str) -> None:
    import time

    before = time.process_time()
    prepare("$" + sign * 4_000, unfinished=True)
    assert time.process_time() - before < 1.0
