"""The sidebar: new chat, search, folders, the list of conversations.

May import widgets, notices, texts and what lies below them.
"""
