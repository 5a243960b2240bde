"""The Samples tab: generators side by side on the same latents, a plane and a walk through them, and their scores."""

import math
from dataclasses import fields
from typing import Any, Final

from gan_playground.images.checkpoints import IMAGE_MODELS, Entry, Manifest, manifest
from gan_playground.images.models.record import Recipe
from gan_playground.images.score_table import FGAN, GAN_2014, Figure
from gan_playground.knobs import SEED
from gan_playground.learners.gan.objectives import objective
from gan_playground.page.tabs.samples_link import CORNERS, ordered, sets, visit
from gan_playground.page.tabs.tab import Tab
from gan_playground.serving import sample_requests
from gan_playground.words import Refusal, unsaid

NOTHING: Final = Manifest({}, {})

SEEDS: Final = 100_000
"""New seeds are drawn below this: short enough to be said aloud; any other may be typed."""

VARIANCE: Final = {"uniform": 1 / 3, "normal": 1.0}
"""Of one entry of a latent, by its law."""

TRAINED: Final = tuple(one.name for one in fields(Recipe) if one.name not in ("name", "data", "objective", "precision"))
"""Fields of a recipe in which checkpoints may differ beside the objective."""

PATHS: Final = tuple(reversed(sample_requests.PATHS))
"""Ways from one latent to another, the usual one first."""


def whole_book() -> dict[str, Any]:
    """What the Samples tab's script must know beside `book`: the fields of its link, curves, and published numbers."""
    try:
        found = manifest()
    except Refusal:
        found = NOTHING
    return {
        **book(),
        "sets": {data: address.defaults() for data, address in sets(found).items()},
        "curves": {name: _curve(entry) for name, entry in found.entries.items()},
        "published": {
            "gan-2014": {"gan": _figure(GAN_2014)},
            "f-gan": {name: _figure(figure) for name, figure in FGAN.items()},
        },
        "trained": TRAINED,
        "last_seed": SEED.high,
        "corners": tuple(CORNERS),
        "frames": sample_requests.FRAMES,
        "shown": sample_requests.MOST,
        "side": sample_requests.SIDE,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {"nats": figure.nats, "error": figure.error, "mark": f"papers.mark_{figure.mark}"}


def _curve(entry: Entry) -> dict[str, list[float]]:
    """Return the training curve as three lists: less to send than a record a point."""
    keys = ("step", "critic_loss", "generator_loss")
    return {key: [float(f"{point[key]:.5g}") for point in entry.curve] for key in keys}


def book() -> dict[str, Any]:
    """What an image tab's script must know: the checkpoints with their recipes and scores."""
    try:
        found = manifest()
        refused = None
    except Refusal as refusal:
        found, refused = NOTHING, unsaid(refusal)
    return {
        "checkpoints": {name: _described(found.entries[name]) for name in ordered(found)},
        "yardsticks": found.yardsticks,
        "paths": PATHS,
        "seeds": SEEDS,
        "refused": refused,
    }


def _described(entry: Entry) -> dict[str, Any]:
    name, model = objective(str(entry.recipe["objective"])).name, IMAGE_MODELS[entry.model]
    return {
        "objective": f"knobs.objective.{name.name}",
        "practical": name.practical,
        "data": entry.data,
        "law": model.law,
        "typical": math.sqrt(model.latent * VARIANCE[model.law]),
        "side": model.shape[0],
        "generator": model.generator_plan,
        "critic": model.critic_plan,
        "recipe": entry.recipe,
        "steps": entry.steps,
        "minutes": entry.seconds / 60,
        "megabytes": round(sum(part.bytes for part in entry.parts.values()) / 1e6, 1),
        "scores": entry.scores,
    }


SAMPLES: Final = Tab(
    "samples",
    book=whole_book,
    functions=lambda _: (
        sample_requests.sheet,
        sample_requests.walk,
        sample_requests.plane,
        sample_requests.point,
        sample_requests.animation,
        visit,
    ),
    sheets=("images.css",),
)
