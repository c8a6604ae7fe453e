"""Values, events, errors, ports and settings: what every floor of the house speaks of.

May import the standard library only.
"""
