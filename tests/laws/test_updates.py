"""The updates against the slow twin, in float64: same parameters after several steps, for every game and option."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
import torch
from slow_twin import Adam, losses, network, power_iteration, slope_norms

from gan_playground.learners.gan.batched_players import Player, Rules, Stack, StackShape
from gan_playground.learners.gan.objectives import objective
from gan_playground.learners.gan.updates import Batch, Draw, alternating, single_step
from gan_playground.learners.mlp import MLP
from gan_playground.learners.optimizers import OPTIMIZERS
from gan_playground.objective_names import parse_objective

B, STEPS, RATE, BETAS = 32, 3, 1e-3, (0.5, 0.9)

GENERATOR, CRITIC = MLP(2, 2, 16, 2, "relu"), MLP(2, 1, 16, 2, "tanh")


@dataclass(frozen=True)
class Case:
    objective: str = "gan"
    update: str = "alternating"
    critic_steps: int = 1
    r1: float = 0.0
    r2: float = 0.0
    gradient_clip: float = 0.0
    jitter: float = 0.0
    generator: MLP = GENERATOR
    critic: MLP = CRITIC


def player(mlp: MLP, rng: torch.Generator) -> Player:
    flat, buffers = (tensor.double() for tensor in mlp.initialise(rng, 2.0))
    return Player(flat, buffers, torch.zeros_like(flat), torch.zeros_like(flat))


def draws(case: Case, runs: int, rng: torch.Generator):
    def rand(*shape):
        return torch.randn(*shape, generator=rng, dtype=torch.float64)

    k = case.critic_steps
    rows = B if case.update == "single-step" else (k + 1) * B
    for _ in range(STEPS):
        yield {
            "noise": rand(runs, rows, 2),
            "real": rand(k, runs, B, 2) + 1,
            "mix": torch.rand(k, runs, B, 1, generator=rng, dtype=torch.float64),
            "critic jitter": case.jitter * rand(k, runs, 2 * B, 2),
            "generator jitter": case.jitter * rand(runs, B, 2),
        }


def as_draw(drawn, case: Case, step: int, runs: int) -> Draw:
    def plan(count):
        epsilon, size = OPTIMIZERS["adam"].plan(np.array([RATE]), np.array([float(count)]), *BETAS)
        full = torch.ones(runs, 1, dtype=torch.float64)
        return full * float(epsilon[0]), full * float(size[0])

    k, shaken = case.critic_steps, case.jitter > 0
    batches = [
        Batch(drawn["real"][i], drawn["mix"][i], drawn["critic jitter"][i] if shaken else None, plan(step * k + i + 1))
        for i in range(k)
    ]
    return Draw(drawn["noise"], batches, drawn["generator jitter"] if shaken else None, plan(step + 1))


class Twin:
    """One run of a case, by autograd."""

    def __init__(self, case: Case, generator: Player, critic: Player) -> None:
        self.case = case
        self.theta, self.omega = generator.parameters.clone(), critic.parameters.clone()
        self.g_buffers, self.c_buffers = generator.buffers.clone(), critic.buffers.clone()
        self.adams = Adam(RATE, *BETAS, len(self.theta)), Adam(RATE, *BETAS, len(self.omega))
        self.name = parse_objective(case.objective)
        self.parameter = self.name.parameter or 0.0

    def both(self, flat, real, fake):
        v = network(self.case.critic, flat, self.c_buffers, torch.cat((real, fake)), groups=2)[:, 0]
        return v[:B], v[B:]

    def penalty(self, flat, real, fake, mix):
        case, name = self.case, self.name
        total = torch.zeros((), dtype=torch.float64)
        if case.r1:
            total = total + case.r1 / 2 * (slope_norms(case.critic, flat, self.c_buffers, real) ** 2).mean()
        if case.r2:
            total = total + case.r2 / 2 * (slope_norms(case.critic, flat, self.c_buffers, fake) ** 2).mean()
        if name.name.startswith("wgan-gp"):
            excess = slope_norms(case.critic, flat, self.c_buffers, mix * real + (1 - mix) * fake) - 1
            total = total + self.parameter * (excess.relu() if "one-sided" in name.name else excess).square().mean()
        return total

    def follow(self, which, flat, gradient):
        norm, limit = gradient.norm(), self.case.gradient_clip
        flat = self.adams[which].step(flat, gradient * (min(1.0, limit / norm) if limit else 1.0)).detach()
        if which == 1 and self.name.name == "wgan":
            flat = flat.clamp(-self.parameter, self.parameter)
        return flat

    def game(self, real_v, fake_v):
        return losses(self.name.name, self.name.practical, real_v, fake_v)

    def generate(self, z, groups=1):
        return network(self.case.generator, self.theta, self.g_buffers, z, groups)

    def critic_gradient(self, real, fake, mix):
        flat = self.omega.clone().requires_grad_()
        loss = self.game(*self.both(flat, real, fake.detach())).critic + self.penalty(flat, real, fake.detach(), mix)
        return torch.autograd.grad(loss, flat)[0]

    def generator_gradient(self, z, real, jitter, joint):
        theta = self.theta.clone().requires_grad_()
        fake = network(self.case.generator, theta, self.g_buffers, z) + jitter
        if joint:
            real_v, fake_v = self.both(self.omega, real, fake)
        else:
            real_v, fake_v = (network(self.case.critic, self.omega, self.c_buffers, x)[:, 0] for x in (real, fake))
        return torch.autograd.grad(self.game(real_v, fake_v).generator, theta)[0]

    def step(self, drawn, run):
        case, own = (
            self.case,
            {name: x[run] if name in ("noise", "generator jitter") else x[:, run] for name, x in drawn.items()},
        )
        zs = own["noise"].split(B)
        if case.update == "single-step":
            if case.critic.spectral_norm:
                power_iteration(case.critic, self.omega, self.c_buffers)
            shake = own["critic jitter"][0]
            real, fake = own["real"][0] + shake[:B], self.generate(zs[0]) + shake[B:]
            by_omega = self.critic_gradient(real, fake, own["mix"][0])
            by_theta = self.generator_gradient(zs[0], real, shake[B:], joint=True)
            self.omega, self.theta = self.follow(1, self.omega, by_omega), self.follow(0, self.theta, by_theta)
            return
        for i in range(case.critic_steps):
            if case.critic.spectral_norm:
                power_iteration(case.critic, self.omega, self.c_buffers)
            shake = own["critic jitter"][i]
            real, fake = own["real"][i] + shake[:B], self.generate(zs[i]) + shake[B:]
            self.omega = self.follow(1, self.omega, self.critic_gradient(real, fake, own["mix"][i]))
        if case.critic.spectral_norm:
            power_iteration(case.critic, self.omega, self.c_buffers)
        gradient = self.generator_gradient(zs[-1], own["real"][-1], own["generator jitter"], joint=False)
        self.theta = self.follow(0, self.theta, gradient)


def run_both(cases: list[Case]):
    """A stack with one run a case, and each run's twin, after the same steps."""
    rng = torch.Generator().manual_seed(7)
    case, runs = cases[0], len(cases)
    players = [(player(c.generator, rng), player(c.critic, rng)) for c in cases]
    rules = [Rules(objective(c.objective), c.r1, c.r2, c.gradient_clip, *BETAS) for c in cases]
    shape = StackShape("cpu", case.generator, case.critic, B, case.update, "adam", case.critic_steps)
    stack = Stack(shape, [p[0] for p in players], [p[1] for p in players], rules)
    twins = [Twin(c, *p) for c, p in zip(cases, players, strict=True)]
    for step, drawn in enumerate(draws(case, runs, rng)):
        (single_step if case.update == "single-step" else alternating)(stack, as_draw(drawn, case, step, runs))
        for run, twin in enumerate(twins):
            twin.step(drawn, run)
    return stack, twins


def agree(cases: list[Case]):
    stack, twins = run_both(cases)
    assert not stack.broken
    for run, twin in enumerate(twins):
        for ours, slow in ((stack.critic.parameters[run], twin.omega), (stack.generator.parameters[run], twin.theta)):
            assert torch.allclose(ours, slow, rtol=1e-7, atol=1e-9), (twin.case, (ours - slow).abs().max())


NAMES = ("kl", "reverse-kl", "pearson", "neyman", "hellinger", "jeffrey", "js", "gan", "total-variation")
GAMES = [
    *(f"{name}:{step}" for name in NAMES for step in ("exact", "practical")),
    *("lsgan", "hinge", "relativistic", "wgan(0.05)", "wgan-gp(10)", "wgan-gp-one-sided(10)"),
]


def sorted_cases(cases):
    return sorted(cases, key=lambda c: Rules(objective(c.objective), c.r1, c.r2, 0.0, *BETAS).order)


@pytest.mark.parametrize("update", ["alternating", "single-step"])
def test_every_game_moves_as_its_paper_says(update):
    """All games in one stack, each beside all the others."""
    agree(sorted_cases([Case(name, update) for name in GAMES]))


@pytest.mark.parametrize("update", ["alternating", "single-step"])
@pytest.mark.parametrize("activation", ["leaky-relu", "tanh"])
def test_every_penalty_in_mixed_company(update, activation):
    critic = MLP(2, 1, 16, 2, activation)
    some = [Case("gan", r1=0.3), Case("gan", r2=0.2), Case("relativistic", r1=0.3, r2=0.1), Case("wgan-gp(10)", r1=0.1)]
    plain = [Case("gan"), Case("hinge"), Case("wgan-gp-one-sided(3)"), Case("wgan(0.05)"), Case("kl", r1=0.1, r2=0.1)]
    agree(sorted_cases([replace(case, update=update, critic=critic) for case in (*some, *plain)]))


@pytest.mark.parametrize(
    "case",
    [
        Case(critic_steps=3),
        Case("relativistic", critic_steps=2),
        Case("js", gradient_clip=0.05),
        Case("gan", jitter=0.3),
        Case("gan", "single-step", jitter=0.3),
        Case("relativistic", "single-step"),
        Case("gan", critic=MLP(2, 1, 16, 2, "leaky-relu", spectral_norm=True), r1=0.1),
        Case("gan", "single-step", critic=MLP(2, 1, 16, 2, "leaky-relu", spectral_norm=True)),
        Case("relativistic", critic=MLP(2, 1, 16, 3, "relu", frequencies=8), r1=0.02, r2=0.02),
        Case("wgan-gp(10)", critic=MLP(2, 1, 16, 2, "elu", frequencies=8)),
        Case("gan", generator=MLP(2, 2, 16, 2, "relu", batch_norm=True), critic_steps=2),
        Case("gan", "single-step", generator=MLP(2, 2, 16, 2, "relu", batch_norm=True)),
        Case("gan", critic=MLP(2, 1, 16, 2, "relu", batch_norm=True)),
        Case("gan", "single-step", critic=MLP(2, 1, 16, 2, "relu", batch_norm=True)),
        Case("js:exact", "single-step", critic=MLP(2, 1, 16, 2, "relu", batch_norm=True)),
        Case("kl", "single-step", generator=MLP(2, 2, 16, 0)),
    ],
    ids=str,
)
@pytest.mark.parametrize("runs", [1, 2])
def test_every_option_moves_as_its_twin(case, runs):
    agree([case] * runs)


def test_one_backward_serves_both_players_in_a_zero_sum_single_step(monkeypatch):
    """The exact step pulls back through the critic once; the practical step pulls two cotangents through one."""
    from gan_playground.learners.gan import updates

    calls = []

    def counted(name, inner):
        return lambda net, *rest: (calls.append((name, net.mlp)), inner(net, *rest))[1]

    for name in ("forward", "backward"):
        monkeypatch.setattr(updates, name, counted(name, getattr(updates, name)))
    critic = Case().critic
    for game, passes in (("js:exact", 1), ("wgan(0.1)", 1), ("js:practical", 2), ("hinge", 2), ("relativistic", 2)):
        calls.clear()
        run_both([Case(game, "single-step")])
        assert calls.count(("forward", critic)) == STEPS, game
        assert calls.count(("backward", critic)) == STEPS * passes, game


def test_a_single_step_uses_both_players_as_they_were():
    """Moving the critic first would change the generator's gradient: the two updates differ."""
    apart, together = (run_both([Case("js:exact", update)])[1][0] for update in ("alternating", "single-step"))
    assert (apart.theta - together.theta).abs().max() > 1e-4


def test_clipping_keeps_the_critic_in_its_box():
    stack, _ = run_both([Case("wgan(0.05)"), Case("wgan(0.5)")])
    assert stack.critic.parameters[0].abs().max() <= 0.05
    assert 0.05 < stack.critic.parameters[1].abs().max() <= 0.5


@pytest.mark.parametrize("kind", ["rmsprop", "sgd"])
def test_the_other_optimizers_follow_their_formulas(kind):
    rng = torch.Generator().manual_seed(3)
    p, gradients = torch.randn(2, 64, generator=rng).double(), torch.randn(4, 2, 64, generator=rng).double()
    from gan_playground.learners.optimizers import FLOOR, Moments

    ours, slow = p.clone(), p.clone()
    moments = Moments(torch.zeros_like(p), torch.zeros_like(p), torch.zeros_like(p), torch.tensor(FLOOR).double())
    theirs = torch.nn.Parameter(slow)
    optimizer = torch.optim.RMSprop([theirs], 0.01, alpha=0.9) if kind == "rmsprop" else torch.optim.SGD([theirs], 0.01)
    for count, g in enumerate(gradients, 1):
        epsilon, size = OPTIMIZERS[kind].plan(np.array([0.01]), np.array([float(count)]), 0.5, 0.9)
        plan = torch.tensor(epsilon)[:, None], torch.tensor(size)[:, None]
        OPTIMIZERS[kind].move(ours, g, moments, plan, torch.tensor(0.5), torch.tensor(0.1, dtype=torch.float64))
        theirs.grad = g
        optimizer.step()
    assert torch.allclose(ours, theirs.detach(), rtol=1e-9, atol=1e-12)
