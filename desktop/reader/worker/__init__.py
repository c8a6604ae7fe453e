"""What runs inside the reader process: its limits, its loop, the tasks.

May import documents, media, sealed and core; everything heavy is loaded when the first file asks for it.
"""
