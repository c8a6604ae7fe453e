"""Real texts, questions about them, and the places that answer."""
