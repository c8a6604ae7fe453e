"""Values, events, errors, ports and settings: what every floor of the house speaks of; what child processes share.

May import the standard library only.
"""
