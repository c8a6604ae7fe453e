"""What packaging/dev.py does, one module a step; the standard library only.

`door` reads the verbs; `console` shows steps; each other module knows one of them.
"""
