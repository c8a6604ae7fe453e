"""An answer once more, and otherwise."""

import pytest

from desktop.core.again import WISHES, Again, Manner
from desktop.core.generation import CAREFUL, SamplingOptions
from desktop.core.messages import Message, Role

ASKED = (Message.of(Role.SYSTEM, "Be kind."), Message.of(Role.USER, "What is a lease?"))


@pytest.mark.parametrize("usual", [SamplingOptions(), CAREFUL])
def test_imagination_is_more_or_less_than_usual(usual: SamplingOptions) -> None:
    more, less = (Again(manner=one).sampling(usual) for one in (Manner.CREATIVE, Manner.SOBER))
    assert less.temperature < usual.temperature < more.temperature <= 2.0
    assert (less.top_k, less.max_tokens) == (usual.top_k, usual.max_tokens)


@pytest.mark.parametrize("manner", [None, Manner.SHORTER, Manner.LONGER])
def test_length_and_model_leave_the_sampling_alone(manner: Manner | None) -> None:
    assert Again(manner=manner).sampling(CAREFUL) == CAREFUL


@pytest.mark.parametrize("manner", [Manner.SHORTER, Manner.LONGER])
def test_wished_length_stands_below_the_question_and_all_before_it_is_as_it_was(manner: Manner) -> None:
    asked = Again(manner=manner).asked(ASKED)
    assert asked[:-1] == ASKED[:-1]
    assert asked[-1].text == f"What is a lease?\n\n({WISHES[manner]})"


@pytest.mark.parametrize("manner", [None, Manner.CREATIVE, Manner.SOBER])
def test_nothing_is_added_to_the_question_otherwise(manner: Manner | None) -> None:
    assert Again(model="x", manner=manner).asked(ASKED) == ASKED
