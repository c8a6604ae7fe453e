"""Pictures, films and sounds of a conversation, large.

Imports widgets, texts, core; never the pages that show it.
"""
