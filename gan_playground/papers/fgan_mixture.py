"""f-GAN's univariate experiment: one Gaussian fitted to a mixture under each divergence, exactly and by a game.

P = 0.33 N(-1, .255^2) + 0.67 N(2, 1.415^2), G(z) = mu + sigma z, a critic of 2x64 tanh, the single-step method
(Nowozin, Cseke, Tomioka 2016, the univariate experiment). The mixture is reconstructed from the paper's table.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from gan_playground.data.toys import toy
from gan_playground.engine.engine import Run, advance, create
from gan_playground.engine.measurements.readings import bound
from gan_playground.engine.snapshot import snapshot
from gan_playground.papers.record import (
    Array,
    Beside,
    Chart,
    Check,
    Curve,
    Mark,
    Outcome,
    Progress,
    Published,
    Result,
    Role,
    Row,
    Style,
)
from gan_playground.recommendations import recommended
from gan_playground.settings import Settings
from gan_playground.theory.best_normals import best_fit
from gan_playground.theory.densities import Mixture, normal
from gan_playground.theory.divergences import divergence
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.words import Note

DATA: Final = "fgan-mixture"
OURS: Final = ("kl", "reverse-kl", "js", "jeffrey", "pearson")
"""The paper's five, in its order."""

BEYOND: Final = ("hellinger", "neyman", "total-variation")
STEPS, PLAIN_STEPS = 4000, 6000
PLAIN: Final = {"optimizer": "sgd", "generator_rate": 0.01, "critic_rate": 0.01, "decay": 0}
"""The paper's own descent: step size .01 for both players."""

BITE: Final = 20
EXACT_BAR, TRAINED_BAR = 5e-4, 0.01
UNBARRED: Final = ("total-variation",)

LEFT: Final[Mapping[str, tuple[float, ...]]] = {
    "exact": (0.2831, 0.2480, 0.1280, 0.5705, 0.6457),
    "mu_star": (1.0100, 1.5782, 1.3070, 1.3218, 0.5737),
    "sigma_star": (1.8308, 1.6319, 1.7542, 1.7034, 1.9274),
    "bound": (0.2801, 0.2415, 0.1226, 0.5151, 0.6379),
    "mu_hat": (1.0335, 1.5624, 1.2854, 1.2295, 0.6157),
    "sigma_hat": (1.8236, 1.6403, 1.7659, 1.8087, 1.9031),
}
"""The paper's left table, in the order of `OURS`; its first three rows are confirmed by the reconstruction."""

CONFIRMED: Final = ("exact", "mu_star", "sigma_star")

RIGHT: Final[Mapping[str, tuple[float, ...]]] = {
    "kl": (0.2808, 0.3423, 0.1314, 0.5447, 0.7345),
    "reverse-kl": (0.3518, 0.2414, 0.1228, 0.5794, 1.3974),
    "js": (0.2871, 0.2760, 0.1210, 0.5260, 0.9216),
    "jeffrey": (0.2869, 0.2975, 0.1247, 0.5236, 0.8849),
    "pearson": (0.2970, 0.5466, 0.1665, 0.7085, 0.6480),
}
"""The paper's right table: rows trained with, columns tested with, by a critic's estimate (ours is exact)."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The best Gaussian under a divergence, and the one where a game of ``seed`` ended, with its critic's bound."""

    divergence: str
    seed: int
    exact: float
    mu_star: float
    sigma_star: float
    mu_hat: float
    sigma_hat: float
    exact_at_learned: float
    bound: float

    @property
    def excess(self) -> float:
        """How far the learned Gaussian's divergence lies above the best, as a share of it."""
        return self.exact_at_learned / self.exact - 1.0

    def row(self) -> Row:
        """The fit as a row."""
        keys = ("divergence", "seed", "exact", "bound", "mu_star", "sigma_star", "mu_hat", "sigma_hat")
        return {key: getattr(self, key) for key in (*keys, "exact_at_learned", "excess")}


def train(games: Sequence[str], seeds: int, steps: int, change: Mapping[str, Any], tell: Progress) -> list[Fit]:
    """Train every game on every seed, all runs together, and return the fits in that order."""
    runs = [
        create(Settings.parse({"seed": seed, **change}, base=recommended(DATA, game)), "cpu")
        for game in games
        for seed in range(seeds)
    ]
    for done in range(0, steps, BITE):
        advance(runs, min(BITE, steps - done))
        tell(done / steps)
    return [fit(run) for run in runs]


def fit(run: Run) -> Fit:
    """Return where a linear generator on the line stands."""
    seen, key = snapshot(run), run.objective.name.name
    mu_star, sigma_star, exact = best_fit(divergence(key), seen.line)
    ((W, b),) = seen.exact_generator.layers
    mu, sigma = float(b), abs(float(W))
    return Fit(
        key, run.now.seed, exact, mu_star, sigma_star, mu, sigma, distance(key, mu, sigma), float(bound(seen).value)
    )


def distance(key: str, mu: float, sigma: float) -> float:
    """Return the exact D_f(P||N(mu, sigma^2)) of the experiment's mixture."""
    return divergence_between(divergence(key), law(), normal(mu, sigma)).value


def law() -> Mixture:
    """The mixture P."""
    found = toy(Settings(data=DATA)).density
    assert isinstance(found, Mixture)
    return found


def cross(places: Mapping[str, tuple[float, float]]) -> Array:
    """Return D_test(P||Q_train) ``[5, 5]``: rows trained with, columns tested with, exactly."""
    return np.array([[distance(test, *places[trained]) for test in OURS] for trained in OURS])


def diagonal_lead(table: Array) -> float:
    """Return how far the worst diagonal entry lies above the least of its column, as a share: 0 where all are least."""
    return float((np.diag(table) / table.min(0)).max() - 1.0)


# --- the result ----------------------------------------------------------------------------------


def _run(seeds: int, progress: Progress) -> Outcome:
    fits = train((*OURS, *BEYOND), seeds, STEPS, {}, lambda done: progress(0.65 * done))
    plain = train(OURS, 1, PLAIN_STEPS, PLAIN, lambda done: progress(0.65 + 0.34 * done))
    first = {one.divergence: one for one in fits if one.seed == 0}
    best = cross({key: (first[key].mu_star, first[key].sigma_star) for key in OURS})
    learned = [
        cross(
            {one.divergence: (one.mu_hat, one.sigma_hat) for one in fits if one.seed == seed and one.divergence in OURS}
        )
        for seed in range(seeds)
    ]
    progress(1.0)
    return Outcome(
        rows=tuple(one.row() for one in fits),
        tables={
            "train_test": tuple(row for seed, table in enumerate(learned) for row in _named(table, {"seed": seed})),
            "train_test_at_best": tuple(_named(best, {})),
            "plain_step_0.01": tuple(one.row() for one in plain),
        },
        beside=(*_left(fits), *_right(np.mean(learned, axis=0))),
        checks=_checks(fits, plain, first, learned),
        charts=_charts(fits),
        remarks=(Note("papers.fgan_remembered"), Note("papers.fgan_re_estimated"), Note("papers.fgan_tv")),
    )


def _named(table: Array, more: Mapping[str, int]) -> list[Row]:
    return [
        {**more, "trained": trained, **dict(zip(OURS, map(float, values), strict=True))}
        for trained, values in zip(OURS, table, strict=True)
    ]


def _left(fits: Sequence[Fit]) -> list[Beside]:
    """The left table beside ours; what is trained as a mean over the seeds."""
    lines = []
    for quantity, values in LEFT.items():
        mark: Mark = "derived" if quantity in CONFIRMED else "remembered"
        for key, value in zip(OURS, values, strict=True):
            ours = float(np.mean([getattr(one, quantity) for one in fits if one.divergence == key]))
            lines.append(Beside(f"{quantity}, {key}", ours, Published(value, mark)))
    return lines


def _right(learned: Array) -> list[Beside]:
    return [
        Beside(f"{trained} tested by {test}", float(learned[i, j]), Published(RIGHT[trained][j], "remembered"))
        for i, trained in enumerate(OURS)
        for j, test in enumerate(OURS)
    ]


def _checks(
    fits: Sequence[Fit], plain: Sequence[Fit], first: Mapping[str, Fit], learned: Sequence[Array]
) -> tuple[Check, ...]:
    barred = [one for one in fits if one.divergence not in UNBARRED]
    off = max(
        abs(getattr(first[key], quantity) - LEFT[quantity][i]) for quantity in CONFIRMED for i, key in enumerate(OURS)
    )
    worst = max(barred, key=lambda one: one.excess)
    above = max(one.bound - one.exact_at_learned for one in fits)
    lead = max(map(diagonal_lead, learned))
    slowest, dead = max(plain, key=lambda one: one.excess), [one for one in fits if one.divergence in UNBARRED]
    return (
        Check(Note("papers.fgan_exact", {"off": off, "bar": EXACT_BAR}), off < EXACT_BAR),
        Check(
            Note(
                "papers.fgan_trained",
                {"worst": 100 * worst.excess, "name": worst.divergence, "seed": worst.seed, "bar": 100 * TRAINED_BAR},
            ),
            worst.excess < TRAINED_BAR,
        ),
        Check(Note("papers.fgan_bound", {"above": above}), above <= 0.0),
        Check(Note("papers.fgan_diagonal", {"lead": 100 * lead}), lead < 0.01),
        Check(Note("papers.fgan_mu"), _ascending(first, lambda one: one.mu_star)),
        Check(Note("papers.fgan_sigma"), _ascending(first, lambda one: -one.sigma_star)),
        Check(
            Note(
                "papers.fgan_plain",
                {
                    "steps": PLAIN_STEPS,
                    "worst": 100 * slowest.excess,
                    "name": slowest.divergence,
                    "within": sum(one.excess < TRAINED_BAR for one in plain),
                    "of": len(plain),
                },
            ),
            slowest.excess >= TRAINED_BAR,
            binding=False,
        ),
        *(
            Check(
                Note("papers.fgan_unbarred", {"name": one.divergence, "seed": one.seed, "excess": 100 * one.excess}),
                one.excess < TRAINED_BAR,
                binding=False,
            )
            for one in dead
        ),
    )


def _ascending(first: Mapping[str, Fit], by: Callable[[Fit], float]) -> bool:
    """Whether Pearson, KL, JS, Jeffrey, reverse KL stand in this order: from covering mass to seeking a mode."""
    order = [by(first[key]) for key in ("pearson", "kl", "js", "jeffrey", "reverse-kl")]
    return order == sorted(order)


def _charts(fits: Sequence[Fit]) -> tuple[Chart, ...]:
    x = np.linspace(-4.0, 7.0, 441)
    looks: tuple[tuple[Role, Style], ...] = (
        ("generated", "solid"),
        ("generated", "dashed"),
        ("critic", "solid"),
        ("critic", "dashed"),
        ("ink", "solid"),
    )
    first = {one.divergence: one for one in fits if one.seed == 0}
    bells = tuple(
        Curve(key, x, np.exp(normal(first[key].mu_star, first[key].sigma_star).log_density(x)), role, style)
        for key, (role, style) in zip(OURS, looks, strict=True)
    )
    within = [one for one in fits if one.divergence not in UNBARRED]
    points = (
        Curve("μ*, σ*", *_places(list(first.values()), "star"), "ink", "points"),
        Curve("μ̂, σ̂", *_places(within, "hat"), "critic", "points"),
    )
    return (
        Chart("p, q*", "x", "p, q", (Curve("p", x, np.exp(law().log_density(x)), "real"), *bells)),
        Chart("μ, σ", "μ", "σ", points),
    )


def _places(fits: Sequence[Fit], which: str) -> tuple[Array, Array]:
    mu, sigma = (np.array([getattr(one, f"{key}_{which}") for one in fits]) for key in ("mu", "sigma"))
    return mu, sigma


RESULT: Final = Result(
    name="fgan-mixture",
    paper="Nowozin, Cseke, Tomioka 2016, f-GAN",
    seconds=360.0,
    run=_run,
    seeds=3,
    random=True,
    one_thread=True,
)
