"""Drafts: as they are kept, as they are sent, and what they do to what a model can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.attachments import Attachment
from desktop.core.drafts import SIGN, Draft, DraftSize, Verdict, dump_draft, estimate, load_draft, prompt_room
from desktop.core.media import Facts, Format, Kind
from desktop.core.messages import PastedPart, TextPart
from desktop.core.taking import AttachmentPart

SCAN = AttachmentPart(Attachment("ab", "scan.png", 3, Facts(Kind.PICTURE, Format.PNG, 8, 8, 1)))
PARTS = st.builds(PastedPart, st.text(max_size=20), st.text(max_size=60))


@given(
    st.builds(
        Draft,
        st.text() | st.text().map(lambda text: SIGN + text),
        st.lists(PARTS, max_size=3).map(tuple),
        st.sampled_from([(), (SCAN,)]),
    )
)
def test_a_kept_draft_is_the_same_again(draft: Draft) -> None:
    assert load_draft(dump_draft(draft)) == draft


def test_a_file_alone_can_be_sent_and_stands_before_the_words() -> None:
    assert Draft(attached=(SCAN,)).can_be_sent
    assert Draft("What is this?", attached=(SCAN,)).message.parts == (SCAN, TextPart("What is this?"))
    assert Draft.of(Draft("What?", attached=(SCAN,)).message) == Draft("What?", attached=(SCAN,))
    assert Draft("a", attached=(SCAN,)).then(Draft("b")) == Draft("a\nb", attached=(SCAN,))


def test_words_alone_are_kept_as_they_are() -> None:
    assert dump_draft(Draft("half a thought")) == "half a thought"


@given(st.text(alphabet="`a\n", max_size=40))
def test_no_pasted_text_can_close_its_fence(text: str) -> None:
    _, fence, *inside, last = PastedPart("Pasted text", text).fenced.split("\n")
    assert fence == last
    assert "\n".join(inside) == text
    assert fence not in text


def test_a_later_draft_comes_below() -> None:
    one, two = PastedPart("one", "1"), PastedPart("two", "2")
    assert Draft("a", (one,)).then(Draft("b", (two,))) == Draft("a\nb", (one, two))
    assert Draft("a").then(Draft()) == Draft("a")


@pytest.mark.parametrize(
    ("size", "verdict"),
    [
        (DraftSize(9999), Verdict.FITS),
        (DraftSize(1000, 1000, 3000, 2000), Verdict.FITS),
        (DraftSize(1001, 1000, 3000, 2000), Verdict.DISPLACES),
        (DraftSize(2001, 1000, 3000, 2000), Verdict.TOO_LONG),
    ],
)
def test_what_a_draft_displaces(size: DraftSize, verdict: Verdict) -> None:
    assert size.verdict is verdict


def test_room_is_left_for_an_answer() -> None:
    assert prompt_room(2048, None) == 2048 - 512
    assert prompt_room(32768, None) == 32768 - 1024
    assert prompt_room(32768, 100) == 32768 - 100


def test_an_estimate_is_fair_for_many_scripts() -> None:
    assert 900 <= estimate("The notice period is six months. " * 125) <= 1200
    assert estimate("通知期间为六个月。" * 10) > 60
    assert estimate("") == 0
