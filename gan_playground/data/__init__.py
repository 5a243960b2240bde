"""Things to learn from."""
