"""The pages people read keep their word: what they name exists, and they do not boast."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "packaging").glob("*.md"))]
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
BOASTS = re.compile(r"\bsecure\b|military|bank-grade|100 ?%|unbreakable|unhackable", re.IGNORECASE)


def test_every_promise_names_a_test_that_exists() -> None:
    named = NAMED_TEST.findall((ROOT / "README.md").read_text("utf-8"))
    assert len(named) >= 10
    for path, test in named:
        assert (ROOT / path).is_file(), path
        assert not test or f"def {test}(" in (ROOT / path).read_text("utf-8"), f"{path}::{test}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere_and_nobody_boasts(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []
    assert BOASTS.findall(text) == []


def test_readme_lists_the_exit_codes_of_the_command_line() -> None:
    from desktop.cli import exits

    told = dict(re.findall(r"^ +(\d+) +(.+)$", exits.EXPLAINED, re.MULTILINE))
    written = dict(re.findall(r"^\| (\d+) \| (.+) \|$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    assert set(written) == set(told)


def test_ci_runs_exactly_what_developers_run() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert lines[-1] == "exec python3 packaging/dev.py test"
