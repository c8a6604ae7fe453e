"""An answer once more, and otherwise: by another model, or in another manner. Pure; it holds for one answer only."""

from dataclasses import replace
from enum import StrEnum

from desktop.core.generation import SamplingOptions
from desktop.core.messages import Message, Role, TextPart
from desktop.core.value import value

HOTTER, CALMER = 0.5, 0.3


class Manner(StrEnum):
    """In what way an answer shall be different."""

    CREATIVE = "creative"
    SOBER = "sober"
    SHORTER = "shorter"
    LONGER = "longer"


WISHES = {
    Manner.SHORTER: "Please answer in a few sentences, in the language of the question.",
    Manner.LONGER: "Please answer at length and in detail, in the language of the question.",
}
"""What is said to the model, below the question."""


@value
class Again:
    """What is wanted of the answer."""

    model: str = ""
    """Key of the model; empty = the chosen one."""
    manner: Manner | None = None
    temperature: float | None = None
    """How freely it is written, below what the manner makes of it; None = as usual."""

    def sampling(self, usual: SamplingOptions) -> SamplingOptions:
        """Return how this answer is written, given how answers usually are."""
        if self.temperature is not None:
            usual = replace(usual, temperature=self.temperature)
        match self.manner:
            case Manner.CREATIVE:
                return replace(usual, temperature=min(2.0, usual.temperature + HOTTER), top_p=max(usual.top_p, 0.97))
            case Manner.SOBER:
                return replace(usual, temperature=round(usual.temperature * CALMER, 2))
            case _:
                return usual

    def asked(self, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        """Return what the model reads: the wish stands below the question, so that all before it is known already."""
        if self.manner not in WISHES or not messages or messages[-1].role is not Role.USER:
            return messages
        question = messages[-1]
        wish = TextPart(f"\n\n({WISHES[self.manner]})")
        return (*messages[:-1], replace(question, parts=(*question.parts, wish)))
