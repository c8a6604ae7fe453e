"""One verb per method: send, stop, open, unlock; the outcome arrives as an event.

May import the adapters (store, engine), sealed and core; knows no Qt.
"""
