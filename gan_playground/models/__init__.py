"""Things that learn: one model, one file."""
