"""The door to the trainings that every page watches."""

from typing import Final

from gan_playground.serving.shared_trainings import SharedTrainings

SHARED_TRAININGS: Final = SharedTrainings()
"""One helper process for all pages; started by the first question."""
