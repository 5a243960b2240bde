"""The engine beside JAX in one process: ``pip install jax``, then ``python -m benchmarks.jax_loops``.

The same games on the same nets, jitted with `lax.scan` over a block of steps; a crowd is one `vmap` of them. Threads
are dealt out by the operating system: give it one core with ``taskset -c 0`` for the figures of one. Rounds are
interleaved, ratios are medians of the rounds' ratios (see `steps`).
"""

import math
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Any, Final

from benchmarks.steps import CROWD, MIXED, Contestant, contest, runs_of
from gan_playground.engine.engine import THREADS

try:
    jax: Any = import_module("jax")
    jnp: Any = import_module("jax.numpy")
except ImportError as error:
    raise SystemExit("These timings stand beside JAX, which is not installed here: pip install jax.") from error

BLOCK: Final = 32
BETA1, BETA2, EPSILON = 0.5, 0.9, 1e-8
RADIUS, SPREAD = 2.0, 0.02
"""Eight Gaussians on a circle; where exactly does not matter for the time a step takes."""

Loss = Callable[[Any, Any], Any]

GAMES: Final[Mapping[str, tuple[Loss, Loss, Mapping[str, object]]]] = {
    "gan": (
        lambda r, f: jax.nn.softplus(-r).mean() + jax.nn.softplus(f).mean(),
        lambda _, f: -jax.nn.softplus(f).mean(),
        {"objective": "gan:exact"},
    ),
    "kl": (
        lambda r, f: -r.mean() + jnp.exp(f - 1).mean(),
        lambda _, f: -jnp.exp(f - 1).mean(),
        {"objective": "kl:exact", "gradient_clip": 1.0},
    ),
    "hellinger": (
        lambda r, f: jnp.expm1(-r).mean() + jnp.expm1(f).mean(),
        lambda _, f: -jnp.expm1(f).mean(),
        {"objective": "hellinger:exact"},
    ),
    "hinge": (
        lambda r, f: jax.nn.relu(1 - r).mean() + jax.nn.relu(1 + f).mean(),
        lambda _, f: -f.mean(),
        {"objective": "hinge"},
    ),
    "gan, R1": (
        lambda r, f: jax.nn.softplus(-r).mean() + jax.nn.softplus(f).mean(),
        lambda _, f: -jax.nn.softplus(f).mean(),
        {"objective": "gan:exact", "r1": 0.1},
    ),
}
"""Critic's and generator's loss by the values of real and generated samples, and the same game as settings."""


def start(key: Any, sizes: tuple[int, ...]) -> list[tuple[Any, Any]]:
    """Weights uniform in ±1/sqrt(fan in), biases 0."""
    keys = jax.random.split(key, len(sizes))
    return [
        (jax.random.uniform(k, (a, b), minval=-(a**-0.5), maxval=a**-0.5), jnp.zeros(b))
        for k, a, b in zip(keys, sizes, sizes[1:], strict=False)
    ]


def network(layers: list[tuple[Any, Any]], x: Any, leak: float) -> Any:
    """A perceptron with (leaky) ReLU."""
    for W, b in layers[:-1]:
        a = x @ W + b
        x = jnp.where(a > 0, a, leak * a)
    W, b = layers[-1]
    return x @ W + b


def adam(p: Any, g: Any, m: Any, v: Any, t: Any, rate: float) -> tuple[Any, Any, Any]:
    """Kingma and Ba 2015, algorithm 1."""
    m = jax.tree.map(lambda a, b: BETA1 * a + (1 - BETA1) * b, m, g)
    v = jax.tree.map(lambda a, b: BETA2 * a + (1 - BETA2) * b * b, v, g)
    size = rate * jnp.sqrt(1 - BETA2**t) / (1 - BETA1**t)
    return jax.tree.map(lambda p, m, v: p - size * m / (jnp.sqrt(v) + EPSILON), p, m, v), m, v


def stepping(critic_loss: Loss, generator_loss: Loss, batch: int, r1: float, clip: float) -> Callable[[Any, Any], Any]:
    """One alternating step: state and key to state."""
    angle = jnp.arange(8) * math.pi / 4
    centres = RADIUS * jnp.stack([jnp.cos(angle), jnp.sin(angle)], 1)

    def shortened(gradient: Any) -> Any:
        if not clip:
            return gradient
        length = jnp.sqrt(sum((leaf**2).sum() for leaf in jax.tree.leaves(gradient)))
        return jax.tree.map(lambda leaf: leaf * jnp.minimum(1.0, clip / length), gradient)

    def step(state: Any, key: Any) -> Any:
        g, c, mg, vg, mc, vc, t = state
        t = t + 1
        k1, k2, k3, k4 = jax.random.split(key, 4)
        x = centres[jax.random.randint(k1, (batch,), 0, 8)] + SPREAD * jax.random.normal(k2, (batch, 2))
        fake = network(g, jax.random.normal(k3, (batch, 2)), 0.0)

        def of_critic(c: Any) -> Any:
            v = network(c, jnp.concatenate([x, fake]), 0.2)[:, 0]
            loss = critic_loss(v[:batch], v[batch:])
            if r1:
                slopes = jax.vmap(jax.grad(lambda point: network(c, point, 0.2)[0]))(x)
                loss = loss + r1 / 2 * (slopes**2).sum(1).mean()
            return loss

        c, mc, vc = adam(c, shortened(jax.grad(of_critic)(c)), mc, vc, t, 2e-3)

        def of_generator(g: Any) -> Any:
            v = network(c, network(g, jax.random.normal(k4, (batch, 2)), 0.0), 0.2)[:, 0]
            return generator_loss(v, v)

        g, mg, vg = adam(g, shortened(jax.grad(of_generator)(g)), mg, vg, t, 1e-3)
        return g, c, mg, vg, mc, vc, t

    return step


def jax_runs(game: str, batch: int, count: int = 1, width: int = 64, depth: int = 2) -> Contestant:
    """So many games at once, one jitted scan over a block of steps."""
    critic_loss, generator_loss, knobs = GAMES[game]
    step = stepping(
        critic_loss, generator_loss, batch, float(str(knobs.get("r1", 0))), float(str(knobs.get("gradient_clip", 0)))
    )

    def fresh(key: Any) -> Any:
        one, other = jax.random.split(key)
        g, c = start(one, (2, *[width] * depth, 2)), start(other, (2, *[width] * depth, 1))
        zeros = partial(jax.tree.map, jnp.zeros_like)
        return g, c, zeros(g), zeros(g), zeros(c), zeros(c), 0.0

    def block(state: Any, key: Any) -> Any:
        return jax.lax.scan(lambda s, k: (step(s, k), None), state, jax.random.split(key, BLOCK))[0]

    keys = jax.random.split(jax.random.PRNGKey(0), count)
    held = [jax.vmap(fresh)(keys)]
    move = jax.jit(jax.vmap(block))

    def run(steps: int) -> None:
        for _ in range(-(-steps // BLOCK)):
            held[0] = move(held[0], keys)
        jax.block_until_ready(held[0])

    return run


def blocks(run: Contestant) -> Contestant:
    """The same steps as JAX makes: whole blocks."""
    return lambda steps: run(-(-steps // BLOCK) * BLOCK)


def main() -> None:
    """Measure, and print rates and ratios."""
    for threads in sorted({1, THREADS}):
        print(f"our threads: {threads}; JAX's as the operating system gives them")
        for game, (_, _, knobs) in GAMES.items():
            show(f"one run, 2x64, batch 256: {game}", blocks(runs_of([knobs], 256, threads)), jax_runs(game, 256))
        wide = {"generator_width": 256, "critic_width": 256, "generator_depth": 3, "critic_depth": 3}
        knobs = GAMES["gan, R1"][2]
        show(
            "one run, 3x256, R1, batch 256",
            blocks(runs_of([{**knobs, **wide}], 256, threads)),
            jax_runs("gan, R1", 256, 1, 256, 3),
        )
        many = blocks(runs_of([GAMES["gan"][2]] * CROWD, 128, threads))
        show(f"{CROWD} runs, batch 128", many, jax_runs("gan", 128, CROWD), CROWD)
        mixed = blocks(runs_of([MIXED[row % len(MIXED)] for row in range(CROWD)], 128, threads))
        show(f"{CROWD} runs of {len(MIXED)} games against {CROWD} of one", mixed, many, CROWD)


def show(title: str, ours: Contestant, theirs: Contestant, runs: int = 1) -> None:
    """One contest, a line."""
    found = contest({"ours": ours, "theirs": theirs}, runs, rounds=7, seconds=0.5)
    rates = "  ".join(f"{name} {rate:,.0f}/s" for name, rate in found["rates"].items())
    print(f"  {title:<48} {rates}  ratio {found['ratios']['theirs']:.2f}", flush=True)


if __name__ == "__main__":
    main()
