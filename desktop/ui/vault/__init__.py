"""The page that unlocks the conversations, and the page that says what protects them.

May import widgets, notices, texts and what lies below them.
"""
