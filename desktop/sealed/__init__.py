"""One encrypted file format, and all cryptography of the house.

May import core and the package `cryptography`.
"""
