"""The command line: the same services, without a window. Answers go to stdout, the rest to stderr.

May import services and core; knows no Qt.
"""
