"""Small controls that the pages share.

May import bridge, theme, i18n and assets.
"""
