"""Pure functions on foreign media: a file goes in, pixels and samples come out. Run by `reader` only.

May import core, Pillow, PyAV, OpenCV and numpy; nothing else of the house.
"""
