"""Voice in the window: recording, dictation, what was said, reading aloud.

Imports notices, widgets, core; never the pages that show it.
"""
