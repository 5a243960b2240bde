"""Loops in plain words over preallocated arrays, compiled by numba: what a run's step is made of on a CPU.

Small networks spend their time between operations, not in them; a compiled step has nothing between. Every array
belongs to one run, so who shares the machine cannot change a number, and the interpreter's lock is let go.
"""
