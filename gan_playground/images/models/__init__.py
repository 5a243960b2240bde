"""One image model a file, its recipes at its foot."""
