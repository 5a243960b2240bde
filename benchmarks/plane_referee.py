"""The divergences of forty learned generators of the plane by root enumeration: what the quick estimate is held to.

``python -m benchmarks.plane_referee`` trains the generators, finds every latent of many points on a mesh ten times as
fine as the one that a run is measured on, and writes generators and divergences into ``tests/plane_truth.json``; with
``--check`` it prints the table of the quick estimate beside them. Nothing is shared with the estimate but G itself:
a triangle of the mesh that holds a point adds pi(z) times its latents' area over its image's.
"""

import argparse
import base64
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from gan_playground.data.planes import Plane
from gan_playground.data.toys import toy
from gan_playground.engine.engine import advance, create
from gan_playground.engine.measurements.generator_laws import plane_map
from gan_playground.engine.measurements.readings import POINTS
from gan_playground.engine.snapshot import snapshot
from gan_playground.learners.activations import ACTIVATIONS
from gan_playground.learners.folded_network import FoldedNetwork
from gan_playground.recommendations import recommended
from gan_playground.settings import Settings
from gan_playground.theory.densities import Latent
from gan_playground.theory.divergences import divergence
from gan_playground.theory.latent_rings import rings, square
from gan_playground.theory.pushforward_2d import LogRatios, PlanePushForward

Array = NDArray[np.float64]
Index = NDArray[np.intp]

TABLE: Final = Path(__file__).parent.parent / "tests" / "plane_truth.json"
MEMBERS: Final = ("js", "hellinger", "total-variation", "reverse-kl", "kl")
CELLS: Final = 1280
TRUTH_POINTS: Final = 40_000
BUCKETS: Final = 600
STEP: Final = 32767

PLAIN: Final = ("8-gaussians", "25-gaussians", "swiss-roll", "ring", "two-moons", "checkerboard", "pinwheel")
SMALL: Final = {"generator_width": 32}
GENERATORS: Final[tuple[tuple[str, str, int, dict[str, Any]], ...]] = (
    # those that an independent referee found wrong
    ("8-gaussians", "hellinger", 1000, {"generator_activation": "elu"}),
    ("8-gaussians", "js:practical", 1200, {"batch_norm": True}),
    ("8-gaussians", "js:practical", 3000, {}),
    ("8-gaussians", "js:practical", 3000, {"seed": 1}),
    ("8-gaussians", "js:practical", 1200, {"noise": "uniform"}),
    ("25-gaussians", "js:practical", 500, {"generator_width": 64}),
    ("swiss-roll", "js:practical", 1200, {}),
    ("two-moons", "js:practical", 1200, {}),
    *((data, "js:practical", 800, SMALL) for data in (*PLAIN, "two-gaussians", "line", "three-blobs")),
    *(
        ("8-gaussians", "js:practical", 800, SMALL | {"generator_activation": activation, "noise": noise})
        for activation in ("leaky-relu", "elu", "tanh")
        for noise in ("normal", "uniform")
    ),
    *(
        (
            data,
            "js:practical",
            600,
            SMALL | {"seed": seed, "generator_activation": activation, "noise": noise, "batch_norm": norm},
        )
        for data, activation, noise, norm, seed in (
            ("ring", "leaky-relu", "normal", True, 2),
            ("swiss-roll", "tanh", "normal", False, 3),
            ("two-moons", "elu", "uniform", False, 1),
            ("pinwheel", "tanh", "uniform", True, 2),
            ("checkerboard", "leaky-relu", "normal", False, 1),
            ("three-blobs", "elu", "normal", True, 3),
            ("line", "tanh", "normal", False, 1),
            ("two-gaussians", "relu", "uniform", False, 4),
            ("swiss-roll", "relu", "normal", True, 1),
            ("25-gaussians", "leaky-relu", "uniform", False, 1),
            ("pinwheel", "relu", "normal", False, 5),
            ("ring", "elu", "normal", False, 1),
            ("two-moons", "tanh", "normal", True, 2),
            ("checkerboard", "relu", "uniform", True, 2),
            ("three-blobs", "leaky-relu", "uniform", False, 1),
            ("line", "relu", "normal", True, 3),
        )
    ),
)


@dataclass(frozen=True, eq=False)
class Learned:
    """A generator of the table: its settings, and its network in float64."""

    name: str
    settings: Settings
    network: FoldedNetwork

    @property
    def plane(self) -> Plane:
        """The data's law."""
        return toy(self.settings).density  # type: ignore[return-value]

    def law(self) -> PlanePushForward:
        """What the quick estimate follows."""
        latent: Latent = "normal" if self.settings.noise == "normal" else "uniform"
        return PlanePushForward.of(
            plane_map(self.network), latent, bounded=ACTIVATIONS[self.network.activation].bounded
        )

    def points(self, n: int, seed: int) -> tuple[Array, Array]:
        """Return n points of the data and n latents."""
        rng = torch.Generator().manual_seed(seed)
        real = self.plane.sample(n, rng).double().numpy()
        latents = (
            torch.randn(n, 2, generator=rng)
            if self.settings.noise == "normal"
            else 2 * torch.rand(n, 2, generator=rng) - 1
        )
        return real, latents.double().numpy()


# --- generators as text --------------------------------------------------------------------------


def packed(network: FoldedNetwork) -> list[dict[str, Any]]:
    """Return the layers as text: numbers in steps of a 32,767th of the largest."""
    rows = []
    for W, b in network.layers:
        values = torch.cat([W, b[None]]).double().numpy()
        scale = float(np.abs(values).max()) / STEP
        steps = np.round(values / scale).astype("<i2")
        rows.append({"shape": values.shape, "scale": scale, "steps": base64.b64encode(steps.tobytes()).decode()})
    return rows


def unpacked(rows: list[dict[str, Any]], activation: str) -> FoldedNetwork:
    """Return the network of `packed` layers, in float64."""
    layers = []
    for row in rows:
        steps = np.frombuffer(base64.b64decode(row["steps"]), "<i2").reshape(row["shape"])
        values = torch.from_numpy(steps * row["scale"])
        layers.append((values[:-1].contiguous(), values[-1].contiguous()))
    return FoldedNetwork(tuple(layers), activation, None)


def learned(data: str, objective: str, steps: int, knobs: dict[str, Any]) -> dict[str, Any]:
    """Train one generator and return its row, without its divergences."""
    run = create(Settings.parse(knobs, base=recommended(data, objective)), "cpu")
    advance([run], steps)
    return {"query": run.settings.query(), "step": run.step, "layers": packed(snapshot(run).generator)}


def read(row: dict[str, Any]) -> Learned:
    """Return the generator of a row of the table."""
    settings = Settings.from_query(row["query"])
    name = f"{row['query']} at {row['step']}"
    return Learned(name, settings, unpacked(row["layers"], settings.generator_activation))


def table() -> list[dict[str, Any]]:
    """The table as it is kept."""
    return json.loads(TABLE.read_text(encoding="utf-8"))


# --- root enumeration ----------------------------------------------------------------------------


def enumerated(image: Callable[[Array], Array], normal: bool, bounded: bool, points: Array) -> Array:
    """Return log q at points [n, 2] by every triangle of the fine mesh that holds them."""
    from benchmarks.plane_roots import roots  # compiled: who only reads the table does not wait for it

    meshes = [square(6.0 if normal else 1.0, CELLS)]
    if normal and not bounded:
        meshes.append(rings(6.0, 3000.0, CELLS, 1.25**0.1))
    low, high = points.min(0), points.max(0)
    step = (high - low) / BUCKETS * (1 + 1e-9)
    column, row = np.minimum(((points - low) / step).astype(np.intp), BUCKETS - 1).T
    bucket = row * BUCKETS + column
    order = np.argsort(bucket, kind="stable")
    first = np.searchsorted(bucket[order], np.arange(BUCKETS**2 + 1))
    log_q = np.full(len(points), -np.inf)
    for z, index in meshes:
        owner, share, u, v = roots(z, image(z), index, points, order, first, low, step, BUCKETS)
        log_pi = -(u**2 + v**2) / 2 - np.log(2 * np.pi) if normal else np.full(len(u), -np.log(4.0))
        np.logaddexp.at(log_q, owner, log_pi + share)
    return log_q


def truth(one: Learned) -> dict[str, Any]:
    """Return each member's divergence with its standard error, and how many of the data points have no latent."""
    real, latents = one.points(TRUTH_POINTS, 20_01)
    generated = one.network(torch.from_numpy(latents)).numpy()
    points = np.concatenate([real, generated])

    def image(z: Array) -> Array:
        return one.network(torch.from_numpy(z)).numpy()

    normal = one.settings.noise == "normal"
    bounded = ACTIVATIONS[one.network.activation].bounded or not normal
    log_q = enumerated(image, normal, bounded, points)
    log_p = one.plane.log_density(points)
    kept = np.isfinite(log_q) | (
        np.arange(len(points)) < TRUTH_POINTS
    )  # at the rim of a fold the mesh's image ends early
    r = np.where(np.isneginf(log_p), -np.inf, log_p - log_q)
    found: dict[str, Any] = {"unreached": int(np.isposinf(r[:TRUTH_POINTS]).sum()), "n": TRUTH_POINTS}
    for key in MEMBERS:
        found[key] = _mean(
            key, r[:TRUTH_POINTS], r[TRUTH_POINTS:][kept[TRUTH_POINTS:]], one.plane.bounded or not bounded
        )
    return found


def _mean(key: str, real: Array, generated: Array, coverable: bool) -> list[float] | None:
    """f(1) + 1/2 E_P[h] + 1/2 E_Q[h], h = 2 excess/(1 + u), with its standard error; None where it is infinite."""
    d = divergence(key)
    if (d.growth.at_infinity == np.inf and (np.isposinf(real).any() or not coverable)) or (
        d.growth.at_zero == np.inf and np.isneginf(generated).any()
    ):
        return None
    total, square_error = d.at_one, 0.0
    for r in (real, generated):
        finite = np.where(np.isposinf(r), 0.0, r)
        with np.errstate(divide="ignore"):
            h = np.exp(d.scaled_excess(finite) + np.maximum(finite, 0) - np.logaddexp(0, finite))
        h = np.where(np.isposinf(r), d.growth.at_infinity, h)
        total += h.mean()
        square_error += h.var() / len(h)
    return [float(f"{value:.6g}") for value in (total, np.sqrt(square_error))]


# --- the command ---------------------------------------------------------------------------------


def check() -> None:
    """Print each generator's estimate beside the truth, inside (.) or outside (X) its error, and its seconds."""
    inside: dict[str, list[bool]] = {key: [] for key in MEMBERS}
    for row in table():
        one = read(row)
        began = time.process_time()
        ratios = LogRatios.of(one.plane.log_density, one.law(), *one.points(POINTS, 7_001))
        took = time.process_time() - began
        cells = []
        for key in MEMBERS:
            found, true = ratios.divergence(divergence(key), bounded=one.plane.bounded), row["truth"][key]
            if true is None or not np.isfinite(found.value):
                says = "inf" if np.isinf(found.value) else "?" if np.isnan(found.value) else f"{found.value:.4g}"
                cells.append(f"{key} {says} ({'inf' if true is None else f'{true[0]:.4g}'})")
                continue
            inside[key].append(abs(found.value - true[0]) <= found.error)
            cells.append(
                f"{key} {found.value:.4g} ± {found.error:.2g} ({true[0]:.4g}) {'.' if inside[key][-1] else 'X'}"
            )
        share = f"{round(ratios.unreached * POINTS)}/{POINTS} ({row['truth']['unreached']}/{row['truth']['n']})"
        print(f"{one.name[:90]:90} {took:.2f} s  unreached {share}  " + "; ".join(cells), flush=True)
    print({key: f"{sum(hits)} of {len(hits)}" for key, hits in inside.items()})


def main() -> None:
    """Write the table, or check it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--check", action="store_true")
    torch.set_num_threads(1)
    if parser.parse_args().check:
        check()
        return
    rows: list[dict[str, Any]] = []
    for job in GENERATORS:
        began = time.perf_counter()
        row = learned(*job)
        row["truth"] = truth(read(row))
        rows.append(row)
        print(job, row["truth"], f"{time.perf_counter() - began:.0f} s", flush=True)
        lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
        TABLE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
