"""What is asked of a language model and what it reports back."""

from dataclasses import field
from enum import StrEnum
from pathlib import Path

from desktop.core.attachments import Prepared
from desktop.core.conversations import GENERAL, MatterId
from desktop.core.messages import Message
from desktop.core.stream import Delta
from desktop.core.tools import ToolDescription
from desktop.core.value import value


class KvType(StrEnum):
    """Number format of the KV cache, in llama.cpp's names."""

    F16 = "f16"
    Q8_0 = "q8_0"
    Q4_0 = "q4_0"


@value
class LoadOptions:
    """How a model is loaded. Zero or minus one means: chosen by what the machine is."""

    context: int = 0
    """Context window in tokens; 0 = automatic."""
    kv_type: KvType = KvType.F16
    threads: int = 0
    """CPU threads; 0 = automatic."""
    gpu_layers: int = -1
    """Layers on the GPU; -1 = automatic, 0 = none."""


@value
class SamplingOptions:
    """The sampler chain. Defaults are Gemma 4's recommended values."""

    temperature: float = 1.0
    """0 means greedy."""
    top_k: int = 64
    top_p: float = 0.95
    min_p: float = 0.0
    repeat_penalty: float = 1.0
    presence_penalty: float = 0.0
    seed: int | None = None
    max_tokens: int | None = None
    grammar: str = ""
    """GBNF; empty = none. At most one of grammar and json_schema."""
    json_schema: str = ""


CAREFUL = SamplingOptions(temperature=0.2, top_k=40, top_p=0.9, repeat_penalty=1.0)
"""For small models of other families, which ramble at Gemma's temperature; the starter model's own advice."""


def recommended_sampling(architecture: str) -> SamplingOptions:
    """Return the sampler that a model's family was made for."""
    return SamplingOptions() if architecture.startswith("gemma") else CAREFUL


@value
class GenerateRequest:
    """One turn: which model, how loaded, what was said so far (ends with the user's message)."""

    model: Path
    messages: tuple[Message, ...]
    load: LoadOptions = field(default_factory=LoadOptions)
    sampling: SamplingOptions = field(default_factory=SamplingOptions)
    media: tuple[Prepared, ...] = ()
    """What the AttachmentParts of the messages are for this model, one each, in the same order."""
    aside: bool = False
    """A word beside the conversation: only with the model in memory, and where it costs the conversation nothing."""
    tools: tuple[ToolDescription, ...] = ()
    """What the model may call; an aside is asked with those of the conversation's last answer."""
    matter: MatterId = GENERAL
    """Whose documents may be looked into."""


@value
class Loaded:
    """The model is in memory. Sizes in tokens, time in seconds."""

    context: int
    trained_context: int
    threads: int
    gpu_layers: int
    seconds: float


@value
class Reading:
    """Progress of prompt evaluation, in tokens; `done` starts at the reused prefix."""

    done: int
    total: int


@value
class Searching:
    """The documents are looked through before the model answers; in passages where every one is read, else both 0."""

    done: int = 0
    total: int = 0
    found: int = 0
    seconds_left: float = 0.0


@value
class Counted:
    """How many tokens a text has in the loaded model, and how many that model can hold."""

    tokens: int
    context: int


class FinishReason(StrEnum):
    """Why an answer ended."""

    END = "end"  # the model ended its turn
    LENGTH = "length"  # max_tokens reached
    CONTEXT = "context"  # the context window is full
    STOPPED = "stopped"  # the person stopped it


@value
class Finished:
    """The last event of a turn. `omitted` are indexes into the request's messages."""

    reason: FinishReason
    prompt_tokens: int
    reused_tokens: int
    answer_tokens: int
    read_seconds: float
    write_seconds: float
    omitted: tuple[int, ...] = ()


EngineEvent = Loaded | Searching | Reading | Delta | Finished
