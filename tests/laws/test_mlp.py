"""A perceptron's flat rows, how it begins, and what its normalisations do, in float64."""

import itertools

import pytest
import torch

from gan_playground.learners.activations import ACTIVATIONS
from gan_playground.learners.folded_network import folded
from gan_playground.learners.mlp import ALIGN, ALIGN_ENTRY, MLP, forward, power_iteration, remember

SHAPES = [
    MLP(inputs, outputs, 16, depth, "relu", batch_norm, spectral_norm, frequencies)
    for batch_norm, spectral_norm, frequencies, depth, (inputs, outputs) in itertools.product(
        (False, True), (False, True), (0, 8), (0, 1, 3), ((2, 1), (1, 1), (4, 2))
    )
]


def begun(mlp: MLP, seed: int = 1):
    rng = torch.Generator().manual_seed(seed)
    flat, buffers = (tensor.double() for tensor in mlp.initialise(rng, 0.3))
    return flat, buffers, torch.randn(32, mlp.inputs, generator=rng, dtype=torch.float64)


@pytest.mark.parametrize("mlp", SHAPES, ids=str)
def test_a_layout_holds_everything_once_and_aligned(mlp):
    for layout in (mlp.parameters, mlp.buffers):
        flat = torch.zeros(layout.size)
        assert layout.size % ALIGN == 0
        for name, (start, stop, shape) in layout.places.items():
            assert start % ALIGN_ENTRY == 0
            view = layout.view(flat, name)
            assert view.shape == shape
            assert view.numel() == stop - start
            view.add_(1)
        assert ((flat == 0) | (flat == 1)).all()
        assert flat.sum() == sum(stop - start for start, stop, _ in layout.places.values())


@pytest.mark.parametrize("mlp", SHAPES, ids=str)
def test_it_begins_uniform_in_one_over_the_root_of_what_a_layer_is_fed(mlp):
    flat, _, _ = begun(mlp)
    for layer, fan_in in enumerate(mlp.widths[:-1]):
        W = mlp.parameters.view(flat, f"W{layer}")
        assert 0.5 * fan_in**-0.5 < W.abs().max() <= fan_in**-0.5
        if f"g{layer}" in mlp.parameters:
            assert (mlp.parameters.view(flat, f"g{layer}") == 1).all()


def test_the_same_seed_begins_the_same():
    for one, other in zip(begun(SHAPES[-1]), begun(SHAPES[-1]), strict=True):
        assert torch.equal(one, other)


def test_spectral_norm_divides_by_the_largest_singular_value():
    for shape in (MLP(2, 1, 32, 0, spectral_norm=True), MLP(40, 30, 32, 0, spectral_norm=True)):
        flat, buffers, _ = begun(shape)
        for _ in range(500):
            power_iteration(shape, flat, buffers)
        unit = torch.eye(shape.inputs, dtype=torch.float64)
        W = forward(shape, flat, buffers, unit)[0] - forward(shape, flat, buffers, 0 * unit)[0]
        assert torch.linalg.matrix_norm(W, 2) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("groups", [1, 2])
def test_a_normalised_layer_has_mean_0_and_variance_1_in_each_group(groups):
    mlp = MLP(2, 16, 16, 1, batch_norm=True)
    flat, buffers, x = begun(mlp)
    mlp.parameters.view(flat, "W1").copy_(torch.eye(16))
    for name in ("b0", "b1"):
        mlp.parameters.view(flat, name).zero_()
    mlp.parameters.view(flat, "b0").fill_(50.0)  # past the kink
    out, _ = forward(mlp, flat, buffers, x, groups)
    for part in out.chunk(groups):
        var, mean = torch.var_mean(part, 0, correction=0)
        assert torch.allclose(mean, torch.full_like(mean, 50.0), atol=1e-9)
        assert ((var > 0.99) & (var < 1)).all()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_running_statistics_normalise_what_is_looked_at(activation):
    """Statistics of one and the same batch, mixed in until they settle, give back the batch as it was learned."""
    mlp = MLP(2, 2, 16, 2, activation, batch_norm=True)
    flat, buffers, x = begun(mlp)
    learned, statistics = forward(mlp, flat, buffers, x)
    for _ in range(400):
        remember(mlp, buffers, statistics)
    for layer in range(mlp.depth):  # the running variance is the unbiased one: back to the batch's own
        mlp.buffers.view(buffers, f"v{layer}").mul_((len(x) - 1) / len(x))
    assert torch.allclose(folded(mlp, flat, buffers)(x), learned, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("frequencies", [0, 8])
@pytest.mark.parametrize("spectral_norm", [False, True])
def test_a_folded_network_is_the_same_function(frequencies, spectral_norm):
    mlp = MLP(2, 1, 16, 3, "tanh", spectral_norm=spectral_norm, frequencies=frequencies)
    flat, buffers, x = begun(mlp)
    assert torch.allclose(folded(mlp, flat, buffers)(x), forward(mlp, flat, buffers, x)[0], rtol=1e-9, atol=1e-11)


def test_a_features_layer_keeps_the_raw_coordinates():
    """A linear map of phi(x) = [x, sin(x F), cos(x F)] that reads off each part."""
    mlp = MLP(2, 18, 16, 0, frequencies=8)
    flat, buffers, x = begun(mlp)
    mlp.parameters.view(flat, "W0").copy_(torch.eye(18))
    mlp.parameters.view(flat, "b0").zero_()
    out, _ = forward(mlp, flat, buffers, x)
    angle = x @ mlp.buffers.view(buffers, "F")
    assert torch.equal(out[:, :2], x)
    assert torch.allclose(out[:, 2:10] ** 2 + out[:, 10:] ** 2, torch.ones((), dtype=torch.float64))
    assert torch.allclose(out[:, 2:10], angle.sin(), atol=1e-12)
