"""The process that speaks with the voices of the system, and the way to it.

May import core; Qt only in `worker.voice`, which nothing but that process loads.
"""
