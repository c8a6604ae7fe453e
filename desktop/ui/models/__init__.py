"""The choice of the model and of how it is loaded.

May import widgets, notices, texts and what lies below them.
"""
