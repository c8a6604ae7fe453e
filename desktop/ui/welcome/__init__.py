"""The first run: how the conversations shall be protected, and the recovery code.

May import widgets, notices, texts and what lies below them.
"""
