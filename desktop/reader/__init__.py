"""The process that reads foreign files, and the way to it: one file at a time, no network, limits on all it uses.

May import media, sealed and core; media and its parsers only inside `worker`.
"""
