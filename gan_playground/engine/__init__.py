"""Runs, their randomness, their history, and the ways to look at them."""
