"""Gradients that are written out against autograd, for every shape, in float64."""

import itertools

import pytest
import torch
from slow_twin import network, slope_norms

from gan_playground.learners.activations import ACTIVATIONS
from gan_playground.learners.backpropagation import ActivationsRecord, backward, forward, remember, to_input
from gan_playground.learners.gan.penalty_gradients import slope_gradient, slopes
from gan_playground.learners.mlp import MLP, Net

RUNS, ROWS = 3, 32
SHAPES = [
    MLP(inputs, outputs, 16, depth, activation, batch_norm, spectral_norm, frequencies)
    for activation, batch_norm, spectral_norm, frequencies, depth, (inputs, outputs) in itertools.product(
        ACTIVATIONS, (False, True), (False, True), (0, 8), (0, 1, 3), ((2, 1), (1, 1), (4, 2))
    )
    if outputs == 1 or not (spectral_norm or frequencies)
]


def a_net(mlp: MLP, seed: int = 1):
    rng = torch.Generator().manual_seed(seed)
    players = [mlp.initialise(rng, 2.0) for _ in range(RUNS)]
    flat, buffers = (torch.stack(tensors).double() for tensors in zip(*players, strict=True))
    x = torch.randn(RUNS, ROWS, mlp.inputs, generator=rng, dtype=torch.float64)
    return Net(mlp, flat, buffers), Net(mlp, torch.zeros_like(flat), torch.zeros_like(buffers)), x, rng


def close(a, b):
    return torch.allclose(a, b, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_backward_is_autograds_gradient(activation):
    for mlp in (shape for shape in SHAPES if shape.activation == activation):
        net, gradient, x, rng = a_net(mlp)
        activations = ActivationsRecord(mlp, RUNS, ROWS, net.flat, groups=2)
        out = forward(net, x, activations)
        cotangent = torch.randn(out.shape, generator=rng, dtype=torch.float64)
        pulled = to_input(net, activations, backward(net, activations, cotangent, gradient))
        if mlp.spectral_norm:
            net.through_norm(gradient)
        for run in range(RUNS):
            flat, at = net.flat[run].clone().requires_grad_(), x[run].clone().requires_grad_()
            slow = network(mlp, flat, net.buffers[run], at, groups=2)
            by_flat, by_x = torch.autograd.grad((slow * cotangent[run]).sum(), (flat, at))
            assert close(slow, out[run]), mlp
            assert close(by_flat, gradient.flat[run]), mlp
            assert close(by_x, pulled[run]), mlp


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_slope_gradient_is_autograds_second_derivative(activation):
    for mlp in (shape for shape in SHAPES if shape.activation == activation and shape.outputs == 1):
        if mlp.batch_norm:
            continue
        net, gradient, x, _ = a_net(mlp)
        activations = ActivationsRecord(mlp, RUNS, ROWS, net.flat)
        forward(net, x, activations)
        # phi(s) = s/2 + s^2/4 has 2 phi'(s) = 1 + s.
        slope_gradient(net, activations, lambda square: 1 + square, gradient)
        if mlp.spectral_norm:
            net.through_norm(gradient)
        for run in range(RUNS):
            flat = net.flat[run].clone().requires_grad_()
            square = slope_norms(mlp, flat, net.buffers[run], x[run]) ** 2
            (slow,) = torch.autograd.grad((square / 2 + square**2 / 4).sum(), flat)
            assert close(slow, gradient.flat[run]), mlp
            assert close(slopes(net, activations)[0][run].square().sum(1), square), mlp


def test_spectral_norm_divides_by_the_largest_singular_value():
    net, *_ = a_net(MLP(2, 1, 32, 2, spectral_norm=True))
    for _ in range(200):
        net.renew()
    for W in net.weights:
        largest = torch.linalg.matrix_norm(W, 2)
        assert torch.allclose(largest, torch.ones(RUNS, dtype=torch.float64), atol=1e-6)


def test_running_statistics_normalise_what_is_looked_at():
    """Statistics of one and the same batch, mixed in until they settle, give back the batch as it was learned."""
    mlp = MLP(2, 2, 16, 2, batch_norm=True)
    net, _, x, _ = a_net(mlp)
    activations = ActivationsRecord(mlp, RUNS, ROWS, net.flat)
    learned = forward(net, x, activations).clone()
    for _ in range(400):
        remember(net, activations)
    for layer in range(mlp.depth):  # the running variance is the unbiased one: back to the batch's own
        net.running(layer)[1].mul_((ROWS - 1) / ROWS)
    looked = forward(net, x, activations, learning=False)
    assert torch.allclose(looked, learned, rtol=1e-6, atol=1e-9)


def test_a_features_layer_keeps_the_raw_coordinates():
    mlp = MLP(2, 1, 16, 1, frequencies=8)
    net, _, x, _ = a_net(mlp)
    activations = ActivationsRecord(mlp, RUNS, ROWS, net.flat)
    forward(net, x, activations)
    assert activations.h[0].shape[2] == 2 + 16
    assert torch.equal(activations.h[0][..., :2], x)
    assert torch.allclose(
        activations.h[0][..., 2:10] ** 2 + activations.h[0][..., 10:] ** 2, torch.ones((), dtype=torch.float64)
    )
