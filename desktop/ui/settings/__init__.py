"""The page of settings: groups of rows, found by their words; every change holds at once.

May import notices, widgets, texts and what lies below them.
"""
