"""What is chosen for a model, and the ranges of what can be chosen."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from desktop.core.generation import CAREFUL, LoadOptions, SamplingOptions
from desktop.core.models import ModelFile
from desktop.core.settings import CHOICES, SPANS, AnswerOptions, Settings, recommended_for, sampling_for, with_answers

SMALL = ModelFile(Path("/m/small.gguf"), 1, "Small", "llama", "Q4_1", 8192)
GEMMA = ModelFile(Path("/m/gemma.gguf"), 1, "Gemma", "gemma4", "Q4_0", 131072)


def test_without_a_choice_a_model_answers_as_its_family_advises() -> None:
    assert sampling_for(Settings(), SMALL) == CAREFUL
    assert sampling_for(Settings(), GEMMA) == SamplingOptions()


def test_what_is_chosen_for_a_model_holds_for_that_model_only() -> None:
    settings = Settings(answers={SMALL.key: AnswerOptions(temperature=0.0, seed=7)})
    assert sampling_for(settings, SMALL) == replace(CAREFUL, temperature=0.0, seed=7)
    assert sampling_for(settings, GEMMA) == SamplingOptions()


def test_what_holds_for_every_model_gives_way_to_what_is_chosen_for_one() -> None:
    settings = Settings(
        sampling=AnswerOptions(temperature=0.5, max_tokens=64), answers={SMALL.key: AnswerOptions(temperature=0.9)}
    )
    assert sampling_for(settings, SMALL) == replace(CAREFUL, temperature=0.9, max_tokens=64)
    assert recommended_for(settings, SMALL) == replace(CAREFUL, temperature=0.5, max_tokens=64)


def test_options_that_wish_nothing_leave_the_settings() -> None:
    settings = Settings(answers=with_answers(Settings(), SMALL.key, AnswerOptions(top_k=3)))
    assert settings.answers == {SMALL.key: AnswerOptions(top_k=3)}
    assert with_answers(settings, SMALL.key, AnswerOptions()) == {}
    assert with_answers(settings, GEMMA.key, AnswerOptions()) == settings.answers


@pytest.mark.parametrize("value", [Settings(), LoadOptions(), SamplingOptions(), CAREFUL], ids=repr)
def test_every_default_is_in_its_range(value: object) -> None:
    for field in fields(value):  # type: ignore[arg-type]
        default = getattr(value, field.name)
        if isinstance(default, int | float) and not isinstance(default, bool):
            assert SPANS[field.name].holds(default), field.name


def test_every_choice_is_a_field() -> None:
    assert set(CHOICES) <= {field.name for field in fields(Settings)}


def test_settings_can_be_kept_in_a_set() -> None:
    assert len({Settings(), Settings(answers={})}) == 1
