"""The window itself: what stands where, and which event goes to which page.

May import all other packages of ui.
"""
