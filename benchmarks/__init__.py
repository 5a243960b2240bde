"""What it costs: training steps, images, a full classroom."""
