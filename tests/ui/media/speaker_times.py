"""How long the tone is, and the pause on its way."""

SECONDS = 2.0
PAUSE = 300
"""In milliseconds."""
