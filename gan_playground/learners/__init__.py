"""What learns: networks, optimizers, and a family a folder."""
