"""Image models: recipes, checkpoints, training, scores."""
