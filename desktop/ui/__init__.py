"""The window: draws what the events say, listens, and asks the services.

May import PySide6, services and core. Nothing below this package knows Qt.
"""
