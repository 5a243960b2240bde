"""The f-divergence family: D_f(P||Q) = INT q f(p/q), and everything a critic needs to learn it.

A critic's raw output v becomes T = g_f(v) by the divergence's activation, and the game it plays is the bound of
f-GAN (Nowozin, Cseke, Tomioka 2016, eq. 4 and 6):

    D_f(P||Q) >= E_P[g_f(V)] - E_Q[f*(g_f(V))],    tight where g_f(V) = f'(p/q).

`members` is the table of divergences; `divergence` finds one by its key.
"""

from typing import Final

from gan_playground.theory.divergences.families import FAMILIES, Family, alpha, weighted_js
from gan_playground.theory.divergences.members import DIVERGENCES
from gan_playground.theory.divergences.record import Divergence, Domain, Formula, Growth, Map, Smooth
from gan_playground.words import Refusal

__all__ = [
    "DIVERGENCES",
    "FAMILIES",
    "KEYS",
    "Divergence",
    "Domain",
    "Family",
    "Formula",
    "Growth",
    "Map",
    "Smooth",
    "alpha",
    "divergence",
    "from_zero",
    "weighted_js",
]

KEYS: Final = (*(key for key in DIVERGENCES if key != "gan"), "weighted-js", "gan", "alpha")


def from_zero(member: Divergence) -> Divergence:
    """Return the divergence a member is drawn as: itself, or the one it is up to a constant, which is 0 at P = Q."""
    return DIVERGENCES[member.same_as] if member.same_as else member


def divergence(key: str, parameter: float | None = None) -> Divergence:
    """Return the divergence ``key``; only `weighted-js` and `alpha` take a parameter, by default 0.25 and 0.5.

    Raises:
        Refusal: no such key, a parameter where there is none to take, or one out of range.

    >>> import torch
    >>> float(divergence("pearson").f(torch.tensor(3.0)))
    4.0

    """
    if key in FAMILIES:
        family = FAMILIES[key]
        return family.build(family.default if parameter is None else parameter)
    if key not in DIVERGENCES:
        raise Refusal("errors.objective_unknown", value=key, names=", ".join(KEYS))
    if parameter is not None:
        raise Refusal("errors.objective_takes_no_parameter", value=f"{key}({parameter:g})", name=key)
    return DIVERGENCES[key]
