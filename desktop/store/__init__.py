"""What is kept: the encrypted database, its key, settings and the instance lock.

May import sealed and core; the only package that speaks SQL.
"""
