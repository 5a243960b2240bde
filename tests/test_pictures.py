"""The picture of a run: its axes, fields, arrows and colours."""

import numpy as np
import pytest
import torch
from measured_runs import line, trained

from gan_playground.data.toys import TOYS_1D, TOYS_2D
from gan_playground.engine import engine
from gan_playground.engine.measurements import observe, snapshot
from gan_playground.engine.measurements.fields import reach_of
from gan_playground.engine.measurements.generator_laws import line_law
from gan_playground.recommendations import recommended


@pytest.mark.parametrize("data", [*TOYS_1D, *TOYS_2D])
def test_every_toy_makes_a_whole_picture(data: str) -> None:
    run = trained(4, base=recommended(data, "js") if data in TOYS_1D else None, data=data)
    frame = observe(run, grid=24, points=50)
    shape = (97,) if run.dim == 1 else (24, 24)
    assert [(axis[0], axis[-1]) for axis in frame.axes] == list(run.toy.window)
    assert frame.critic.shape == shape
    assert frame.target is not None
    assert frame.target.shape == shape
    assert np.isfinite(frame.critic).all()
    assert frame.samples["real"].shape == frame.samples["generated"].shape == (50, run.dim)
    assert frame.samples["pull"].shape == (34, run.dim)
    assert ("manifold" in frame.samples) == (run.dim == 2)
    assert frame.step == 4
    assert frame.settings == run.now
    assert not frame.stopped
    assert frame.note.say("en") != frame.note.say("ko")


def test_rows_of_a_field_go_up_and_columns_right() -> None:
    run = trained(20, data="line")
    frame = observe(run, grid=20)
    x, y = frame.axes
    corner = torch.tensor([[x[-1], y[0]]], dtype=torch.float32)
    assert frame.critic[0, -1] == pytest.approx(float(run.objective.display(run.critic(corner))), rel=1e-5)
    assert frame.target is not None
    assert y[frame.target[:, 14].argmax()] > 0.3 > -0.3 > y[frame.target[:, 5].argmax()]  # the segment rises


def test_the_best_critic_is_the_ratio_s() -> None:
    run = line(60)
    frame, law = observe(run), line_law(snapshot(run))
    assert law is not None
    assert frame.optimal_critic is not None
    assert frame.generated is not None
    assert frame.target is not None
    with np.errstate(divide="ignore"):
        star = 1 + np.log(frame.target.astype(float)) - np.log(frame.generated.astype(float))
    seen = (frame.target > 1e-20) & (frame.generated > 1e-20)
    assert np.allclose(frame.optimal_critic[seen], star[seen], atol=1e-3)
    least = observe(line(5, objective="lsgan"))
    assert least.optimal_critic is not None
    assert ((least.optimal_critic >= 0) & (least.optimal_critic <= 1)).all()
    assert observe(line(5, objective="wgan-gp")).optimal_critic is None


@pytest.mark.parametrize("objective", ["js", "js:practical", "wgan-gp", "hinge", "lsgan"])
def test_following_the_arrows_lowers_the_generator_s_loss(objective: str) -> None:
    run = trained(30, objective=objective)
    frame = observe(run)
    at = torch.from_numpy(frame.samples["generated"][:34])
    pull = torch.from_numpy(frame.samples["pull"])
    assert pull.norm(dim=1).max() > 0

    def loss(x: torch.Tensor) -> torch.Tensor:
        v = run.critic(x)
        return run.objective.generator(torch.zeros_like(v), v)[0].double()

    step = 1e-2 * pull / pull.norm(dim=1, keepdim=True).clamp(min=1e-9)
    moved = pull.norm(dim=1) > 1e-3
    assert (loss(at + step) < loss(at))[moved].double().mean() > 0.9


def test_the_colour_map_is_the_objective_s_and_not_the_field_s() -> None:
    run = trained(10, objective="js")
    before = observe(run).unit
    engine.advance([run], 60)
    assert observe(run).unit == before
    assert (before.name, before.midpoint, before.reach) == ("T", 0.0, 0.7)


def test_a_wasserstein_critic_s_colour_map_settles_whoever_looks() -> None:
    looked, left = trained(0, objective="wgan-gp", critic_steps=1), trained(0, objective="wgan-gp", critic_steps=1)
    for _ in range(9):
        observe(looked)
        engine.advance([looked], 71)
    engine.advance([left], 9 * 71)
    settled = observe(left).unit.reach
    assert observe(looked).unit.reach == settled
    engine.advance([left], 64)
    assert observe(left).unit.reach == settled
    left.change("objective", "wgan(0.01)")
    engine.advance([left], 200)
    assert observe(left).unit.reach != settled


def test_a_range_is_rounded_up_to_1_2_or_5() -> None:
    spread = np.linspace(-1, 1, 1001)
    assert [reach_of(spread * scale) for scale in (1.2, 2.4, 5.2, 0.06)] == pytest.approx([1, 2, 5, 0.05])
    assert reach_of(np.zeros(9)) == 1.0
    assert reach_of(np.full(9, np.inf)) == 1.0


def test_a_run_that_stopped_keeps_its_last_good_picture_and_says_why() -> None:
    run = trained(0, critic_rate=0.1, generator_rate=0.1, optimizer="sgd", objective="pearson", critic_width=64)
    engine.advance([run], 3000)
    assert run.stopped is not None
    frame = observe(run)
    assert frame.stopped is frame.note is run.stopped
    assert np.isfinite(frame.samples["generated"]).all()
    assert frame.note.say("en").startswith("**Stopped at step")
