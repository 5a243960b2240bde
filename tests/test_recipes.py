"""The recommended settings, in short: what each game does to a generator in a few hundred steps."""

import json
import math
from functools import partial
from typing import cast

import numpy as np
import pytest
import torch
from bound_by_quadrature import bound_by_quadrature

from gan_playground.data.toys import TOYS
from gan_playground.engine.engine import advance, create
from gan_playground.engine.toy_runs import run_toy
from gan_playground.metrics.modes import found, score_modes
from gan_playground.objective_names import OBJECTIVES
from gan_playground.recommendations import recommended
from gan_playground.settings import Settings
from gan_playground.theory.best_normals import best_fit
from gan_playground.theory.densities import Density, normal
from gan_playground.theory.divergences import Divergence
from gan_playground.theory.f_divergence import divergence_between

LINE = ("kl", "reverse-kl", "js", "jeffrey", "hellinger")


def scores(run):
    sample = run.generate(run.latents(4000)).numpy()
    return score_modes(sample, run.toy.modes, run.toy.mode_sd)


@pytest.mark.parametrize("data", TOYS)
def test_every_objective_runs_on_every_toy(data):
    """Three steps by the recommended settings, objectives of one shape together."""
    runs = [create(Settings.parse({"batch": 32}, base=recommended(data, name)), "cpu") for name in OBJECTIVES]
    advance(runs, 3)
    for run in runs:
        assert run.stopped is None, (run.settings.objective, run.stopped)
        assert run.step == 3
        assert run.generate(run.latents(8)).shape == (8, run.dim)


def test_the_line_finds_its_best_fit_and_no_bound_exceeds_the_truth():
    """The f-GAN mixture by its recipe, shortened: a quarter of the batch and of the steps, at twice the rates."""
    short = {"batch": 256, "decay": 1000, "generator_rate": 6e-3, "critic_rate": 6e-3}
    runs = [create(Settings.parse(short, base=recommended("fgan-mixture", name)), "cpu") for name in LINE]
    begin = [divergence(run) for run in runs]
    advance(runs, 1000)
    for run, at_first in zip(runs, begin, strict=True):
        d, target = game(run)
        best = best_fit(d, target)[2]
        exact = divergence(run)
        assert best * (1 - 1e-6) <= exact <= 1.1 * best < 0.5 * at_first, (run.settings.objective, exact, best)
        bound = bound_by_quadrature(d, partial(raw, run), target, law(run))
        assert bound.value <= exact + 1e-6
        assert bound.value > 0.8 * exact


def law(run):
    """The linear generator's normal law, from its own outputs at z = 0 and 1."""
    mu, shifted = run.generate(torch.tensor([[0.0], [1.0]]))[:, 0].double().tolist()
    return normal(mu, abs(shifted - mu))


def raw(run, x):
    return run.critic(torch.from_numpy(x)[:, None].float()).double().numpy()


def game(run) -> tuple[Divergence, Density]:
    """What the run plays, and the law it is to learn."""
    assert run.objective.divergence is not None
    return run.objective.divergence, cast(Density, run.toy.density)


def divergence(run):
    return divergence_between(*game(run), law(run)).value


def test_eight_gaussians_are_found_within_seconds():
    """The page's default, at half the batch: every mode within 500 steps, on three seeds."""
    runs = [create(Settings.parse({"seed": seed, "batch": 128}, base=Settings()), "cpu") for seed in range(3)]
    assert all(scores(run).high_quality < 0.3 for run in runs)
    advance(runs, 500)
    for run in runs:
        scored = scores(run)
        assert found(scored) == 8
        assert scored.high_quality > 0.5
        assert scored.kl < 0.2


def test_the_grid_recipe_starts_as_written():
    """What recipes of 25 Gaussians hinge on: pairs, both penalties, Fourier features beside the raw point, decay."""
    run = create(recommended("25-gaussians", "relativistic"), "cpu")
    assert run.objective.pairs
    assert (run.now.r1, run.now.r2, run.now.fourier, run.now.decay) == (0.02, 0.02, 64, 6000)
    assert run.shapes[1].widths == (2 + 128, 128, 128, 128, 1)
    before = run.generate(run.latents(500))
    advance([run], 30)
    after = run.generate(run.latents(500))
    assert run.stopped is None
    assert after.std() > 3 * before.std()
    columns = run.history.columns()
    assert np.isfinite(columns["critic_loss"][1:]).all()
    assert columns["critic_loss"][1] == pytest.approx(math.log(2), rel=0.05)


def test_a_toy_run_returns_its_scores_and_the_link_that_repeats_it():
    settings = Settings.parse({"batch": 32, "seed": 4})
    one, two = run_toy(settings, 25, device="cpu"), run_toy(Settings.from_query(settings.query()), 25, device="cpu")
    timed = {"seconds", "steps_per_s"}
    assert {"modes", "high_quality", "kl_modes", "sd_ratio", "w2"} | timed <= one["metrics"].keys()
    assert {key: value for key, value in one["metrics"].items() if key not in timed} == {
        key: value for key, value in two["metrics"].items() if key not in timed
    }
    assert one["step"] == 25
    assert one["stopped"] is None
    assert json.dumps(one, allow_nan=False)
    line = run_toy(Settings.parse({"batch": 32}, base=recommended("fgan-mixture", "kl")), 5, device="cpu")["metrics"]
    assert line["modes"] is None
    assert line["best"] < line["exact"]
    assert line["bound"] < line["exact"]


def test_a_toy_run_that_diverges_says_so_and_keeps_its_last_scores():
    """Ten plain gradient steps at a rate of 0.1 on exp(v - 1): the critic's loss leaves float32 within a few steps."""
    wild = {"objective": "kl", "optimizer": "sgd", "critic_rate": 0.1, "critic_steps": 10, "batch": 32}
    result = run_toy(Settings.parse(wild | {"critic_width": 16, "generator_width": 16}), 200, device="cpu")
    assert result["step"] < 200
    assert f"step {result['step'] + 1}" in result["stopped"]
    assert result["metrics"]["w2"] > 0
    assert json.dumps(result, allow_nan=False)
