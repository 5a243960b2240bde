"""The Samples tab's part of the address: ``#samples/DATA?key=value&key=value``, read as strictly as a panel's.

The state is text: what the page shows, a neighbour who opens the link sees. Names are the manifest's own.
"""

from typing import Any, Final

from gan_playground.images.checkpoints import IMAGE_MODELS, Manifest, manifest
from gan_playground.learners.gan.objectives import objective
from gan_playground.page.panels.panel import LONGEST, Panel, choice, number, read_address, several, whole
from gan_playground.parsing import shown
from gan_playground.serving.sample_requests import LAST_SEED, MOST, PATHS
from gan_playground.words import Refusal, unsaid

OPENED: Final = ("kl", "reverse-kl", "gan", "wgan-gp")
"""Objectives that stand side by side to begin with: two divergences that disagree, the first game, and Wasserstein."""

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
        if not isinstance(address, str):
            raise Refusal("divergences.not_text", key="address", value=shown(address))
        if len(address) > LONGEST:
            raise Refusal("divergences.too_long", length=len(address), limit=LONGEST)
        known, data = sets(manifest()), address.partition("?")[0]
        if data and data not in known:
            raise Refusal("samples.no_data", value=shown(data), names=", ".join(known))
        found, values = read_address(address, known)
    except Refusal as refusal:
        return {"refused": unsaid(refusal)}
    return {"data": found.key, "values": values}


def sets(found: Manifest) -> dict[str, Panel]:
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


def _fields(data: str, names: tuple[str, ...], found: Manifest) -> Panel:
    first = [name for name in names if objective(str(found.entries[name].recipe["objective"])).name.name in OPENED]
    return Panel(
        data,
        (
            several("checkpoints", ",".join(names if len(names) <= FEW else first or names[:FEW]), names, len(names)),
            choice("lead", "", *names),  # none is the first column
            whole("seed", "0", 0, LAST_SEED),
            number("psi", "1", 0.0, 1.0),
            choice("path", *reversed(PATHS)),
            *(whole(corner, str(at), 0, MOST - 1) for corner, at in CORNERS.items()),
            number("x", "0.5", 0.0, 1.0),
            number("y", "0.5", 0.0, 1.0),
            choice("sort", *SORTS, *(f"-{key}" for key in SORTS)),
        ),
        {},
        _lead_is_shown,
    )


def _lead_is_shown(values: Any) -> None:
    if values["lead"] and values["lead"] not in values["checkpoints"]:
        raise Refusal("samples.lead", value=shown(values["lead"]), names=", ".join(values["checkpoints"]))
