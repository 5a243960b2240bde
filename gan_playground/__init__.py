"""GAN Playground: settings go in, frames come out."""
