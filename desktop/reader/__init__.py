"""The process that reads foreign files, and the way to it: one file at a time, no network, limits on all it uses.

May import documents, media, sealed and core; documents, media and their parsers only inside `worker`.
"""
