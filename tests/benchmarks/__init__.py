"""Ratios against a yardstick, run by hand; never asserted in the default tests."""
