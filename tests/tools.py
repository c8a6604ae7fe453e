"""The tools that the tiny Gemma 4 was trained with, as programs describe them."""

import json

from desktop.core.tools import ToolDescription
from tests.models.train import talks


def _described(name: str) -> ToolDescription:
    function = talks.tool(name, *talks.TOOLS[name])["function"]
    assert isinstance(function, dict)
    return ToolDescription(name, str(function["description"]), json.dumps(function["parameters"]))


TOOLS = tuple(_described(name) for name in talks.TOOLS)
WEATHER = TOOLS[0]
