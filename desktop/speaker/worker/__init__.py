"""What runs inside the speaking process: its loop, and Qt's voice.

May import core and PySide6; Qt is loaded when the process has given up the network.
"""
