"""The parts of the compiled updates: products, curved functions, where things lie, optimizers."""

import itertools

import numpy as np
import pytest
import torch

from gan_playground.learners.activations import ACTIVATIONS
from gan_playground.learners.kernels import following, networks, products
from gan_playground.learners.mlp import MLP
from gan_playground.learners.optimizers import OPTIMIZERS

SIZES = (1, 2, 4, 5, 33)
LAID = {np.float32: 2e-6, np.float64: 1e-14}


@pytest.mark.parametrize("dtype", LAID)
@pytest.mark.parametrize("sizes", list(itertools.product((1, 32, 33), SIZES, SIZES)), ids=str)
def test_products_of_every_shape(dtype, sizes):
    """The loops of thin ones and BLAS's of the others."""
    n, k, m = sizes
    rng = np.random.default_rng(1)
    h, W, d = (rng.standard_normal(shape) for shape in ((n, k), (k, m), (n, m)))
    for product, a, b, expected in (
        (products.times, h, W, h @ W),
        (products.times_transposed, d, W, d @ W.T),
        (products.transposed_times, h, d, h.T @ d),
    ):
        out = np.full(expected.shape, np.nan, dtype)
        product(a.astype(dtype), b.astype(dtype), out)
        scale = np.abs(expected).max() + np.sqrt(a.shape[1])
        assert np.abs(out - expected).max() < LAID[dtype] * scale
    sums = np.full(m, np.nan, dtype)
    products.column_sums(d.astype(dtype), sums)
    assert np.abs(sums - d.sum(0)).max() < LAID[dtype] * (1 + np.sqrt(n))


def ulps(found: np.ndarray, exact: np.ndarray) -> float:
    """The largest distance in units of the last place of float32."""
    return float((np.abs(found - exact) / np.spacing(np.abs(exact).astype(np.float32))).max())


def grid(reach: float) -> np.ndarray:
    """Numbers of every size, in float32."""
    sizes = np.geomspace(1e-6, reach, 100_000)
    return np.concatenate((-sizes[::-1], [0.0], sizes)).astype(np.float32)


def tanh_in_place(x: np.ndarray) -> np.ndarray:
    products.tanhs(out := x.copy().reshape(1, -1))
    return out[0]


def elu_in_place(x: np.ndarray) -> np.ndarray:
    products.elus(out := x.copy().reshape(1, -1))
    return out[0]


def features(x: np.ndarray) -> np.ndarray:
    out = np.full((len(x), 2), np.nan, x.dtype)
    products.sines_and_cosines(x.reshape(-1, 1), out, 0)
    return out


@pytest.mark.parametrize(
    ("curve", "exact", "reach", "bound"),
    [
        (tanh_in_place, np.tanh, 100.0, 5.0),
        (elu_in_place, lambda x: np.maximum(x, 0) + np.expm1(np.minimum(x, 0)), 100.0, 6.0),
    ],
    ids=["tanh", "elu"],
)
def test_curves_are_right_to_a_few_units_in_the_last_place(curve, exact, reach, bound):
    x = grid(reach)
    assert bound / 2 < ulps(curve(x), exact(x.astype(np.float64))) <= bound


def test_sine_and_cosine_are_right_to_rounding_of_one():
    """Their error is measured beside 1, their largest value: a feature's, not a phase's."""
    x = grid(300.0)
    wide = x.astype(np.float64)
    error = np.abs(features(x) - np.stack((np.sin(wide), np.cos(wide)), 1)).max(0)
    assert ((error > 2**-24) & (error < 3 * 2**-24)).all()


@pytest.mark.parametrize("dtype", LAID)
@pytest.mark.parametrize("curve", [tanh_in_place, elu_in_place, features], ids=lambda curve: curve.__name__)
def test_what_is_not_a_number_stays_so(curve, dtype):
    assert np.isnan(curve(np.array([np.nan], dtype))).all()


SHAPES = [
    MLP(inputs, outputs, width, depth, "relu", batch_norm, spectral_norm, frequencies)
    for inputs, outputs, width, depth, batch_norm, spectral_norm, frequencies in itertools.product(
        (1, 2, 16), (1, 2), (16, 20), range(5), (False, True), (False, True), (0, 8)
    )
]


def test_everything_lies_where_the_layout_says():
    for mlp in SHAPES:
        arena = networks.Arena()
        arena.take(5)
        net = arena.net(mlp)
        f = np.arange(float(arena.end))
        flat, buffers = (torch.from_numpy(f[at:]) for at in (net.parameters, net.buffers))
        if mlp.frequencies:
            assert np.array_equal(networks.frequencies(f, net), mlp.buffers.view(buffers, "F"))
        for layer in range(mlp.depth + 1):
            found = {
                f"W{layer}": networks.weight(f, net, net.parameters, layer),
                f"b{layer}": networks.bias(f, net, net.parameters, layer)[None],
            }
            if mlp.batch_norm and layer < mlp.depth:
                found[f"g{layer}"] = networks.gain(f, net, net.parameters, layer)[None]
            for name, place in found.items():
                assert np.array_equal(place, mlp.parameters.view(flat, name)), (mlp, name)
            for which, letter in enumerate("mvuw"):
                if f"{letter}{layer}" in mlp.buffers:
                    view = mlp.buffers.view(buffers, f"{letter}{layer}").flatten()
                    assert np.array_equal(networks.kept(f, net, layer, which), view), (mlp, letter, layer)


def test_no_two_things_share_a_place():
    for mlp in SHAPES:
        arena = networks.Arena()
        net, sizes = arena.net(mlp), {"buffers": mlp.buffers.size, "sigmas": mlp.depth + 1}
        starts = sorted(
            (getattr(net, name), sizes.get(name, net.size))
            for name in ("parameters", "buffers", "sigmas", "gradient", "first", "second")
            + (("weights",) if mlp.spectral_norm else ())
        )
        for (start, size), (after, _) in itertools.pairwise([*starts, (arena.end, 0)]):
            assert start + size <= after


def test_every_activation_has_a_code():
    assert set(networks.CODES) == set(ACTIVATIONS)


THEIRS = {
    "adam": lambda p: torch.optim.Adam([p], 0.01, betas=(0.5, 0.9)),
    "rmsprop": lambda p: torch.optim.RMSprop([p], 0.01, alpha=0.9),
    "sgd": lambda p: torch.optim.SGD([p], 0.01),
}


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_optimizers_are_those_of_pytorch(kind):
    rng = torch.Generator().manual_seed(3)
    p, *gradients = torch.randn(6, 64, generator=rng, dtype=torch.float64)
    theirs = torch.nn.Parameter(p.clone())
    optimizer, m, v = THEIRS[kind](theirs), torch.zeros_like(p), torch.zeros_like(p)
    for count, g in enumerate(gradients, 1):
        (epsilon,), (size,) = OPTIMIZERS[kind].plan(np.array([0.01]), np.array([float(count)]), 0.5, 0.9)
        OPTIMIZERS[kind].move(p, g, m, v, epsilon, size, 0.5, 1 - 0.9)
        theirs.grad = g
        optimizer.step()
    assert torch.allclose(p, theirs.detach(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("kind", OPTIMIZERS)
def test_compiled_optimizers_are_the_plain_ones(kind):
    """With the plans they are given in a run, and gradients of every size down to none."""
    rng, arena, mlp = torch.Generator().manual_seed(4), networks.Arena(), MLP(2, 2, 16, 1)
    net = arena.net(mlp)
    f = np.zeros(arena.end)
    p, m, v = (torch.zeros(net.size, dtype=torch.float64) for _ in range(3))
    for count in range(1, 6):
        g = torch.randn(net.size, generator=rng, dtype=torch.float64) * torch.logspace(0, -40, net.size)
        g[::3] = 0
        (epsilon,), (size,) = OPTIMIZERS[kind].plan(np.array([0.01]), np.array([float(count)]), 0.5, 0.9)
        OPTIMIZERS[kind].move(p, g, m, v, epsilon, size, 0.5, 1 - 0.9)
        f[net.gradient : net.gradient + net.size] = g
        following.follow(f, net, following.CODES[kind], epsilon, size, 0.5, 1 - 0.9)
    for tensor, place in ((p, net.parameters), (m, net.first), (v, net.second)):
        assert torch.allclose(torch.from_numpy(f[place : place + net.size]), tensor, rtol=1e-12, atol=1e-300)
    assert p.abs().max() > 1e-3


def test_every_optimizer_has_a_code():
    assert set(following.CODES) == set(OPTIMIZERS)
