"""Foreign documents to pages: one module a format, each a pure function over an open file.

May import media and core; its parsers are loaded when a file asks for them, in the reader process only.
"""
