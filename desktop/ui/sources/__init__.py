"""The sources panel: the pages that answers stand on, with the passage boxed.

May import: notices and what is below it. Foreign text is plain text here, never markup.
"""
