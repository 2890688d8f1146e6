"""Intervals and tests over articles."""
