"""The Samples tab's part of the address: ``#samples/DATA?key=value&key=value``, read as strictly as a panel's.

The state is text: what the page shows, a neighbour who opens the link sees. Names are the manifest's own.
"""

from typing import Any, Final

from gan_playground.images.checkpoints import IMAGE_MODELS, Manifest, manifest
from gan_playground.knobs import SEED
from gan_playground.learners.gan.objectives import objective
from gan_playground.parsing import Choice, Field, Form, Real, Several, Whole, read_address, shown
from gan_playground.serving.answers import refused
from gan_playground.serving.sample_requests import MOST, PATHS
from gan_playground.words import Refusal

OPENED: Final = ("kl", "reverse-kl", "gan", "wgan-gp")
"""Objectives that stand side by side to begin with: two divergences that disagree, the first game, and Wasserstein."""

SHARE: Final = Real(0.0, 1.0)
FEW: Final = 5
"""Up to so many checkpoints of a data set all stand side by side to begin with."""

CORNERS: Final = {"a": 0, "b": 9, "c": 27}
"""Places of the three latents that span the plane; the walk goes from A to B."""

SORTS: Final = (
    "gan-2014",
    "name",
    "f-gan",
    "frechet",
    "kid",
    "precision",
    "recall",
    "least",
    "entropy",
    "nearest",
)
"""Columns of the score table that it can be sorted by; a minus sign before one turns the order round."""


def visit(address: object) -> dict[str, Any]:
    """Read the tab's part of a link: the data set and the text of each field, or the sentence that refuses."""
    try:
        found, values = read_address(address, sets(manifest()), "samples.no_data")
    except Refusal as refusal:
        return refused(refusal)
    return {"data": found.key, "values": values}


def sets(found: Manifest) -> dict[str, Form]:
    """Return each data set of the manifest, by name, with the fields of its address."""
    names: dict[str, list[str]] = {}
    for name in ordered(found):
        names.setdefault(found.entries[name].data, []).append(name)
    return {data: _fields(data, tuple(there), found) for data, there in names.items()}


def ordered(found: Manifest) -> list[str]:
    """Return the names of checkpoints in the order of their model's recipes, others after them."""
    recipes = [name for model in IMAGE_MODELS.values() for name in model.recipes]

    def place(name: str) -> tuple[str, int, str]:
        return found.entries[name].data, recipes.index(name) if name in recipes else len(recipes), name

    return sorted(found.entries, key=place)


def _fields(data: str, names: tuple[str, ...], found: Manifest) -> Form:
    first = [name for name in names if objective(str(found.entries[name].recipe["objective"])).name.name in OPENED]
    begins = ",".join(names if len(names) <= FEW else first or names[:FEW])
    return Form(
        data,
        (
            Field("checkpoints", begins, Several(Choice(names), 1, len(names), distinct=True)),
            Field("lead", "", Choice(("", *names))),  # none is the first column
            Field("seed", "0", SEED),
            Field("psi", "1", SHARE),
            Field("path", PATHS[-1], Choice(PATHS)),
            *(Field(corner, str(at), Whole(0, MOST - 1)) for corner, at in CORNERS.items()),
            Field("x", "0.5", SHARE),
            Field("y", "0.5", SHARE),
            Field("sort", SORTS[0], Choice((*SORTS, *(f"-{key}" for key in SORTS)))),
        ),
        _lead_is_shown,
    )


def _lead_is_shown(values: Any) -> None:
    if values["lead"] and values["lead"] not in values["checkpoints"]:
        raise Refusal("samples.lead", value=shown(values["lead"]), names=", ".join(values["checkpoints"]))
