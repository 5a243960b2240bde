"""Distances and scores of samples, each with its noise floor where it has one."""
