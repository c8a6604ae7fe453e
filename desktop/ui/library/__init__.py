"""The library's page: collections, their documents, adding, indexing, and the search in them.

May import widgets, notices, texts and what lies below them.
"""
