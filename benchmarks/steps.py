"""The engine against plain PyTorch loops: medians of interleaved rounds, from one run.

Both sides train the same nets on the same data in the same order of moves. A round times each side once, back to
back, so that a machine that slows down slows both; a ratio is the median of the rounds' ratios.
"""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import torch
from torch import Tensor, nn
from torch.nn.functional import softplus

from gan_playground.data.toys import toy
from gan_playground.engine.engine import THREADS, advance, create
from gan_playground.settings import Settings

Contestant = Callable[[int], None]
"""Makes so many steps (of every game it holds)."""

ROUNDS: Final = 9
SECONDS: Final = 0.25
"""How long one side runs in a round, about."""

CROWD: Final = 30
GAME: Final = {"objective": "gan", "data": "8-gaussians"}
MIXED: Final[Sequence[Mapping[str, object]]] = (
    {"objective": "gan", "r1": 0.1},
    {"objective": "kl", "gradient_clip": 1.0},
    {"objective": "js"},
    {"objective": "hellinger:practical"},
    {"objective": "jeffrey", "gradient_clip": 1.0},
    {"objective": "lsgan"},
    {"objective": "hinge", "r1": 0.1, "r2": 0.1},
    {"objective": "relativistic", "r1": 0.02, "r2": 0.02},
    {"objective": "wgan(0.1)"},
    {"objective": "wgan-gp(10)"},
)
"""Ten games and penalties, three runs of each, none of which stops within 10,000 steps."""


class PlainLoop:
    """The non-saturating GAN on the same nets, as a PyTorch user writes it."""

    def __init__(self, settings: Settings, fused: bool = False) -> None:
        self.batch, self.toy = settings.batch, toy(settings)
        self.rng = torch.Generator().manual_seed(settings.seed)
        width = settings.generator_width
        self.generator = nn.Sequential(
            nn.Linear(2, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 2)
        )
        self.critic = nn.Sequential(
            nn.Linear(2, width), nn.LeakyReLU(0.2), nn.Linear(width, width), nn.LeakyReLU(0.2), nn.Linear(width, 1)
        )
        options: dict[str, Any] = {"betas": (settings.beta1, settings.beta2)} | ({"fused": True} if fused else {})
        self.generator_adam = torch.optim.Adam(self.generator.parameters(), settings.generator_rate, **options)
        self.critic_adam = torch.optim.Adam(self.critic.parameters(), settings.critic_rate, **options)

    def _fake(self) -> Tensor:
        return self.generator(torch.randn(self.batch, 2, generator=self.rng))

    def run(self, steps: int) -> None:
        """Make so many alternating steps."""
        for _ in range(steps):
            real = self.toy.sample(self.batch, self.rng)
            v = self.critic(torch.cat((real, self._fake().detach())))
            self.critic_adam.zero_grad()
            (softplus(-v[: self.batch]).mean() + softplus(v[self.batch :]).mean()).backward()
            self.critic_adam.step()
            self.generator_adam.zero_grad()
            softplus(-self.critic(self._fake())).mean().backward()
            self.generator_adam.step()


def runs_of(variants: Sequence[Mapping[str, object]], batch: int, threads: int = THREADS) -> Contestant:
    """One run a variant of the game, stepped together."""
    together = [
        create(Settings.parse({**GAME, **variant, "batch": batch, "seed": seed}), "cpu")
        for seed, variant in enumerate(variants)
    ]

    def run(steps: int) -> None:
        advance(together, steps, threads)
        if any(run.stopped for run in together):
            raise RuntimeError("a run of the bench has stopped: its rate would count steps that were not made")

    return run


def loops_of(count: int, batch: int, fused: bool) -> Contestant:
    """So many plain loops, in turn."""
    loops = [PlainLoop(Settings.parse({**GAME, "batch": batch, "seed": seed}), fused) for seed in range(count)]

    def run(steps: int) -> None:
        for loop in loops:
            loop.run(steps)

    return run


def contest(
    sides: Mapping[str, Contestant], games: int, rounds: int = ROUNDS, seconds: float = SECONDS
) -> dict[str, Any]:
    """Race the first side against the others; return medians.

    ``rates`` are game-steps a second of each side; ``ratios`` the first side's rate over each of the others'.
    """
    steps: dict[str, int] = {}
    for name, run in sides.items():
        run(3)
        began = time.perf_counter()
        run(3)
        steps[name] = max(1, round(3 * seconds / (time.perf_counter() - began)))
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for turn in range(rounds):
        order = list(sides)[:: 1 if turn % 2 else -1]
        for name in order:
            began = time.perf_counter()
            sides[name](steps[name])
            taken[name].append(games * steps[name] / (time.perf_counter() - began))
    first, *others = sides
    return {
        "rates": {name: statistics.median(rates) for name, rates in taken.items()},
        "ratios": {
            name: statistics.median(ours / theirs for ours, theirs in zip(taken[first], taken[name], strict=True))
            for name in others
        },
    }


def run_bench(threads: Sequence[int] | None = None, rounds: int = ROUNDS, seconds: float = SECONDS) -> dict[str, Any]:
    """Return, for each number of threads (ours take runs, PyTorch's split operations), the three contests."""
    before = torch.get_num_threads()
    counts = sorted({1, THREADS}) if threads is None else threads
    result: dict[str, Any] = {}
    try:
        for count in counts:
            torch.set_num_threads(count)
            plain = [{}] * CROWD
            mixed = [MIXED[i % len(MIXED)] for i in range(CROWD)]
            single = {
                "one run": runs_of([{}], 256, count),
                "loop, default Adam": loops_of(1, 256, fused=False),
                "loop, fused Adam": loops_of(1, 256, fused=True),
            }
            crowd = {
                f"{CROWD} runs": runs_of(plain, 128, count),
                f"{CROWD} loops in turn, default Adam": loops_of(CROWD, 128, fused=False),
                f"{CROWD} loops in turn, fused Adam": loops_of(CROWD, 128, fused=True),
            }
            varied = {
                f"{CROWD} runs, 10 objectives and penalties": runs_of(mixed, 128, count),
                f"{CROWD} runs, one objective": runs_of(plain, 128, count),
                f"{CROWD} loops in turn, one objective, default Adam": loops_of(CROWD, 128, fused=False),
            }
            result[f"{count} thread{'s' if count > 1 else ''}"] = {
                "single, batch 256": contest(single, 1, rounds, seconds),
                "crowd, batch 128": contest(crowd, CROWD, rounds, seconds),
                "mixed, batch 128": contest(varied, CROWD, rounds, seconds),
            }
    finally:
        torch.set_num_threads(before)
    return result


def render(result: Mapping[str, Any]) -> str:
    """The figures as text: rates in game-steps a second, and how many times faster the first of each group is."""
    lines = ["8 Gaussians, generator and critic 2x64; game-steps/s, medians; × = the first line over this one"]
    for threads, contests in result.items():
        lines.append(f"\n{threads}")
        for title, outcome in contests.items():
            lines.append(f"  {title}")
            for name, rate in outcome["rates"].items():
                ratio = outcome["ratios"].get(name)
                lines.append(f"    {name:<52}{rate:>8,.0f}" + (f"   × {ratio:.2f}" if ratio else ""))
    return "\n".join(lines)
