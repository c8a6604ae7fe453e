"""Trains the project's own tiny Gemma 4; run by hand, never by a test."""
