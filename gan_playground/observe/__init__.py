"""Looking at a run: lanes go in, frames come out, and the run does not notice."""
