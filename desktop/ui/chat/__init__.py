"""The page of a conversation: transcript and composer.

May import core and the lower rooms of ui; asks services through the protocols of `commands`.
"""
