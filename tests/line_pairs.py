"""Random typed pairs of mixtures, the product's distances beside the referee's: ``make referee`` prints the table."""

import argparse
import warnings
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf, isinf

import numpy as np
from line_referee import Bells, Found, Referee

from gan_playground.objective_names import parse_objective
from gan_playground.theory.densities import Mixture
from gan_playground.theory.divergences import Divergence, divergence
from gan_playground.theory.exact import Exact
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.wasserstein import w1

RELATIVE, ABSOLUTE = 1e-8, 1e-12

Triples = list[tuple[float, float, float]]


def typed(triples: Triples) -> str:
    return "+".join(f"{w!r}*N({m!r},{s!r})" for w, m, s in triples)


def weights(rng: np.random.Generator, k: int) -> list[float]:
    """Weights as people and programs write them: rounded, from 1e-3; or k times 1/k."""
    if rng.random() < 0.3:
        return [round(1 / k, 7)] * k if k in (1, 2, 4, 5, 8, 10) else [1 / k] * k
    raw = 10.0 ** rng.uniform(-3.0, 0.0, k)
    found = [float(f"{w:.7f}") for w in np.maximum(raw / raw.sum(), 1e-3)]
    found[int(np.argmax(found))] = round(max(found) + 1.0 - sum(found), 7)
    return found


def mixture(rng: np.random.Generator) -> Triples:
    k = 10 if rng.random() < 0.05 else int(rng.integers(1, 9))
    reach = 10.0 ** rng.uniform(-1.0, 2.0)
    means = [float(f"{m:.4g}") for m in rng.uniform(-reach, reach, k)]
    sds = [float(f"{s:.4g}") for s in 10.0 ** rng.uniform(-3.0, 2.0, k)]
    return list(zip(weights(rng, k), means, sds, strict=True))


def pair(rng: np.random.Generator) -> tuple[Triples, Triples]:
    """A random pair; now and then one nearly equal to the other, or one wide bell over it."""
    p, kind = mixture(rng), rng.random()
    if kind < 0.1:
        step = 10.0 ** rng.uniform(-6.0, -1.0)
        return p, [(w, m + step * s * float(rng.normal()), s * (1.0 + step * float(rng.random()))) for w, m, s in p]
    if kind < 0.2:
        return p, [(1.0, 0.0, float(f"{max(s for _, _, s in p) * rng.uniform(1.0, 3.0):.4g}"))]
    return p, mixture(rng)


def members() -> dict[str, Divergence]:
    names = ["total-variation", "kl", "reverse-kl", "pearson", "neyman", "hellinger", "jeffrey", "js"]
    names += ["weighted-js(0.25)", "weighted-js(0.7)", "gan"]
    names += [f"alpha({a:g})" for a in (0.5, -0.5, 0.0, 0.2, 1.0, 1.3)]
    parsed = {name: parse_objective(name) for name in names}
    return {name: divergence(found.name, found.parameter) for name, found in parsed.items()}


@dataclass
class Tally:
    """What one member showed: the worst relative error, and how often a bar or a claimed error was missed."""

    compared: int = 0
    infinite: int = 0
    worst: float = 0.0
    beyond_bar: list[str] = field(default_factory=list)
    below_truth: list[str] = field(default_factory=list)

    def missed(self) -> int:
        """How often a bar was missed."""
        return len(self.beyond_bar) + len(self.below_truth)

    def add(self, found: Exact, right: Found, where: str) -> None:
        self.compared += 1
        if found.infinite or right.infinite:
            self.infinite += 1
            if found.infinite != right.infinite:
                self.beyond_bar.append(f"{where}: infinite")
            return
        if isinf(right.value) or isinf(found.value):
            off, size, claimed = abs(found.log_value - right.log_value), abs(right.log_value), found.error
        else:
            off, size, claimed = abs(found.value - right.value), abs(right.value), found.error * abs(found.value)
        if off > ABSOLUTE:
            self.worst = max(self.worst, off / size if size else inf)
        if not off <= max(RELATIVE * size, ABSOLUTE) + right.error:
            self.beyond_bar.append(f"{where}: {found.value!r} is not {right.value!r}")
        if not off <= claimed + right.error:
            self.below_truth.append(f"{where}: off {off:.2e}, claimed {claimed:.2e} +- {right.error:.1e}")


def compare(pairs: int, seed: int, tell: bool = False) -> dict[str, Tally]:
    """Judge ``pairs`` random pairs; every warning is an error."""
    rng, table, all_members = np.random.default_rng(seed), defaultdict(Tally), members()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for number in range(pairs):
            one, other = pair(rng)
            p, q = Mixture.parse(typed(one)), Mixture.parse(typed(other))
            with np.errstate(all="ignore"):
                right = Referee(Bells.of(one), Bells.of(other)).all()
            with np.errstate(over="raise", divide="raise", invalid="raise"):
                found = {key: divergence_between(member, p, q) for key, member in all_members.items()}
                found["w1"] = w1(p, q)
            for key, exact in found.items():
                table[key].add(exact, right[key], f"pair {number} {key} p={typed(one)} q={typed(other)}")
            if tell and (number + 1) % 100 == 0:
                print(shown(table, number + 1, seed), flush=True)
    return dict(table)


def shown(table: Mapping[str, Tally], pairs: int, seed: int) -> str:
    """The table, and the first pairs that missed a bar."""
    lines = [f"{pairs} pairs, seed {seed}; bar: {RELATIVE:g} relative or {ABSOLUTE:g} absolute"]
    lines.append(f"{'member':<18} pairs  infinite  worst relative error  beyond the bar  claimed below the truth")
    for key, tally in table.items():
        lines.append(
            f"{key:<18} {tally.compared:>5} {tally.infinite:>9} {tally.worst:>21.1e} "
            f"{len(tally.beyond_bar):>15} {len(tally.below_truth):>24}"
        )
    missed = [line for tally in table.values() for line in tally.beyond_bar + tally.below_truth]
    return "\n".join(lines + missed[:20])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    table = compare(args.pairs, args.seed, tell=True)
    if args.pairs % 100:
        print(shown(table, args.pairs, args.seed))
    return 1 if any(tally.missed() for tally in table.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main())
