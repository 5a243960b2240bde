"""A generator against a critic."""
