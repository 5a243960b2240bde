"""Looking at a run: it changes nothing, and what is seen is the run's own."""

import itertools
import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from measured_runs import SMALL, line, state, trained

from gan_playground.engine import engine
from gan_playground.engine.measurements import create, keep, measure, observe, slow_metrics, snapshot
from gan_playground.engine.measurements.history_rows import stride
from gan_playground.engine.snapshot import OPPONENTS
from gan_playground.serving.worker_process import WorkerProcess
from gan_playground.settings import Settings

# --- looking changes nothing ----------------------------------------------------------------------


@pytest.mark.parametrize("data", ["8-gaussians", "fgan-mixture"])
@pytest.mark.parametrize("objective", ["js", "wgan-gp", "relativistic"])
def test_looking_does_not_change_a_run_by_one_bit(data: str, objective: str) -> None:
    settings = Settings.parse(SMALL | {"data": data, "objective": objective, "latent": 2, "batch_norm": True})
    seen, unseen = create(settings, "cpu"), engine.create(settings, "cpu")
    for _ in range(6):
        torch.manual_seed(1)
        before = torch.random.get_rng_state()
        observe(seen)
        measure(seen)
        if seen.step == 18:
            keep(seen, slow_metrics(snapshot(seen)))
        assert torch.equal(before, torch.random.get_rng_state())
        engine.advance([seen], 9)
        engine.advance([unseen], 9)
    for a, b in zip(state(seen), state(unseen), strict=True):
        assert torch.equal(a, b)
    for name in ("step", "critic_loss", "generator_loss", "critic_gradient", "generator_gradient"):
        assert np.array_equal(seen.history.columns()[name], unseen.history.columns()[name], equal_nan=True)


def test_a_snapshot_stays_while_the_run_goes_on() -> None:
    run = trained()
    taken, before = snapshot(run), observe(run)
    generated = taken.generator(taken.latents(260, 1)).numpy().copy()
    engine.advance([run], 20)
    assert np.array_equal(taken.generator(taken.latents(260, 1)).numpy(), generated)
    assert np.array_equal(before.samples["generated"], generated)
    assert not np.array_equal(observe(run).samples["generated"], generated)


def test_history_does_not_depend_on_who_looks_or_on_the_size_of_bites() -> None:
    one, other = line(0), line(0)
    engine.advance([one], 70)
    for steps in (1, 15, 20, 3, 31):
        observe(other)
        engine.advance([other], steps)
    a, b = observe(one).history.columns, observe(other).history.columns
    assert a.keys() == b.keys()
    for name in a:
        assert np.array_equal(a[name], b[name], equal_nan=True)
    measured = a["step"][np.isfinite(a["bound"])]
    assert measured.tolist() == [0, 16, 32, 48, 64]
    assert np.isfinite(a["exact"][np.isfinite(a["bound"])]).all()
    late = observe(one, since=48).history.columns
    assert late["step"].tolist() == list(range(49, 71))


def test_measurements_come_at_powers_of_two_so_that_thinning_keeps_them() -> None:
    strides = {stride(step) for step in range(1, 100_000, 7)}
    assert all(step & (step - 1) == 0 for step in strides)
    assert stride(1) <= 16


# --- the same networks ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("activation", "norm", "spectral", "fourier"),
    [*itertools.product(("relu", "leaky-relu", "elu", "tanh"), (False, True), (False, True), (0, 16))],
)
def test_a_snapshot_has_the_run_s_networks(activation: str, norm: bool, spectral: bool, fourier: int) -> None:
    run = trained(
        3,
        data="ring",
        generator_activation=activation,
        critic_activation=activation,
        batch_norm=norm,
        critic_batch_norm=norm,
        spectral_norm=spectral,
        fourier=fourier,
    )
    taken = snapshot(run)
    z, x = taken.latents(50, 3), taken.real(50, 4)
    assert torch.allclose(taken.generator(z), run.generate(z), rtol=1e-4, atol=1e-5)
    assert torch.allclose(taken.critic(x)[:, 0], run.critic(x), rtol=1e-4, atol=1e-5)
    at = taken.latents(50, 5).double()
    step = 1e-6 * torch.tensor([[0.6, -0.8]], dtype=torch.float64)
    _, slope = taken.exact_generator.along(at, (step / 1e-6).expand_as(at))
    ahead, behind = taken.exact_generator(at + step), taken.exact_generator(at - step)
    assert torch.allclose(slope, (ahead - behind) / 2e-6, rtol=1e-5, atol=1e-6)


def central(function: Any, x: torch.Tensor) -> torch.Tensor:
    """The gradient of a function ``[n, 2] -> [n]`` by central differences."""
    steps = 1e-6 * torch.eye(2, dtype=torch.float64)
    return torch.stack([(function(x + h) - function(x - h)) / 2e-6 for h in steps], 1)


@pytest.mark.parametrize("activation", ["tanh", "elu", "leaky-relu"])
@pytest.mark.parametrize("fourier", [0, 16])
def test_slope_is_the_critics_gradient(activation: str, fourier: int) -> None:
    taken = snapshot(trained(3, critic_activation=activation, fourier=fourier))
    x = taken.real(40, 4).double()
    slow = central(lambda at: taken.exact_critic(at)[:, 0], x)
    assert torch.allclose(taken.exact_critic.slope(x), slow, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("name", ["gan", "kl", "hinge", "wgan-gp(10)", "relativistic"])
def test_pull_is_the_way_down_the_generators_loss(name: str) -> None:
    taken = snapshot(trained(3, objective=name, critic_activation="tanh"))
    exact = replace(taken, critic=taken.exact_critic)
    x = taken.real(20, 5).double() + 0.3
    real = exact.critic(exact.real(OPPONENTS, 0).double()).T if exact.objective.pairs else torch.zeros(1, 1).double()

    def loss(at: torch.Tensor) -> torch.Tensor:
        v = exact.critic(at).expand(-1, real.shape[1])
        return exact.objective.generator(real.expand_as(v), v)[0].mean(1)

    exact_real = replace(exact, toy=replace(exact.toy, sample=lambda n, rng: taken.toy.sample(n, rng).double()))
    assert torch.allclose(exact_real.pull(x), -central(loss, x), rtol=1e-5, atol=1e-8)


def test_a_snapshot_travels_to_another_process_and_is_measured_there_alike() -> None:
    taken = snapshot(trained(3, objective="kl", fourier=16))
    there = pickle.loads(pickle.dumps(taken))
    x = taken.real(30, 1)
    assert torch.equal(there.critic(x), taken.critic(x))
    assert (there.toy, there.objective, there.settings) == (taken.toy, taken.objective, taken.settings)
    worker = WorkerProcess()
    try:
        assert repr(worker(slow_metrics, taken)) == repr(slow_metrics(taken))
    finally:
        worker.close()
