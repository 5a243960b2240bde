"""Laws by name: how they are typed, what is read from them, where they are infinitely far apart, how they are drawn."""

from math import e, exp, inf, log, pi

import numpy as np
import pytest
import torch

from gan_playground.data.toys import toy
from gan_playground.engine import engine
from gan_playground.engine.measurements import create, observe, slow_metrics, snapshot
from gan_playground.page.panels.family import PANEL
from gan_playground.settings import Settings
from gan_playground.theory.densities import Laplace, Mixture, Normal, StudentT, Uniform
from gan_playground.theory.divergence_table import exact_values
from gan_playground.theory.divergences import divergence
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.wasserstein import w1
from gan_playground.words import Refusal

READ = {
    "Laplace(0,1)": Mixture((1.0,), (Laplace(0.0, 1.0),)),
    "Uniform(0,1)": Mixture((1.0,), (Uniform(0.0, 1.0),)),
    "StudentT(3)": Mixture((1.0,), (StudentT(3.0),)),
    "StudentT(3,-1)": Mixture((1.0,), (StudentT(3.0, -1.0),)),
    "StudentT(3,-1,2)": Mixture((1.0,), (StudentT(3.0, -1.0, 2.0),)),
    "n(0,1)": Mixture((1.0,), (Normal(0.0, 1.0),)),
    "1/2*N(0,1)+1/2*N(1/4,1)": Mixture((0.5, 0.5), (Normal(0.0, 1.0), Normal(0.25, 1.0))),
    "0.5N(0,1)+0.5N(4,1)": Mixture((0.5, 0.5), (Normal(0.0, 1.0), Normal(4.0, 1.0))),
    "0.5*N(−2,1)+0.5*N(–1,1)": Mixture((0.5, 0.5), (Normal(-2.0, 1.0), Normal(-1.0, 1.0))),
    "0.7*N(0,1) 0.2*N(1,1) 0.1*N(5,1)": Mixture.parse("0.7*N(0,1)+0.2*N(1,1)+0.1*N(5,1)"),
    "0.5×laplace(0,1)+0.5·UNIFORM(0,1)": Mixture((0.5, 0.5), (Laplace(0.0, 1.0), Uniform(0.0, 1.0))),
    "0.333*N(0,1)+0.333*N(1,1)+0.333*N(2,1)": Mixture(
        (1 / 3,) * 3, (Normal(0.0, 1.0), Normal(1.0, 1.0), Normal(2.0, 1.0))
    ),
}


@pytest.mark.parametrize("text", READ)
def test_fault_3_what_is_unambiguous_is_read(text: str) -> None:
    law = Mixture.parse(text)
    assert law.parts == READ[text].parts
    assert law.weights == pytest.approx(READ[text].weights, rel=1e-15)
    assert Mixture.parse(str(law)).parts == law.parts
    assert Mixture.parse(str(law)).weights == pytest.approx(law.weights, rel=1e-15)


REFUSED = {
    "0.5*N(0,1)+0.4*N(1,1)": "0.9",
    "0.5*N(0,1)+0.51*N(1,1)": "1.01",
    "0.5*N(0,1)+0.5*Cauchy(1,1)": "Cauchy",
    "0.5*N(0,1)+0.5*N(1)": "N(mean,sd)",
    "StudentT(3,0,1,2)": "StudentT(df,centre,scale)",
    "0.5*N(0,1)+0.5*N(1,x)": "'x'",
    "0.5*N(0,1)+0.5*N(1,-2)": "-2 in",
    "0.5*N(0,1);0.5*N(1,2)": ";0.5*N(1,2)",
    "0.5*N(0,1)+0.5*Uniform(2,1)": "Uniform(2,1)",
    "StudentT(0)": "0 in",
    "0.5*N(0,1)-0.5*N(1,2)": "-0.5",
    "N(1e12,1)": "N(1e12,1)",
    "0.5*N(0,1)+0.5*N((0,0),1)": "0.5*N((0,0)",
    "N(1/0,1)": "N(1/0,1)",
}


@pytest.mark.parametrize("text", REFUSED)
def test_fault_3_a_refusal_names_the_part(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        Mixture.parse(text)
    assert REFUSED[text] in str(refused.value)
    assert refused.value.say("ko") != str(refused.value)


def test_fault_3_a_hand_edited_link_whose_plus_is_read_as_a_space() -> None:
    read = Settings.parse({"data": "mixture", "mixture": "0.7*N(0,1) 0.2*N(1,1) 0.1*N(5,1)"})
    assert Mixture.parse(read.mixture) == Mixture.parse("0.7*N(0,1)+0.2*N(1,1)+0.1*N(5,1)")
    assert read.mixture == "0.7*N(0,1)+0.2*N(1,1)+0.1*N(5,1)"
    assert Settings.parse({"data": "mixture", "mixture": read.mixture}) == read


@pytest.mark.parametrize(
    "text", ["StudentT(1)", "0.5*Uniform(-1,0)+0.5*Uniform(1,2)", "0.5*StudentT(0.5,3)+0.5*Laplace(0,1)"]
)
def test_fault_3_a_typed_law_passes_every_door(text: str) -> None:
    values = {field.key: field.default for field in PANEL.fields} | {"p": text}
    parsed = PANEL.form.parse(values)
    for answer in ("pair", "view", "profiles"):
        assert PANEL.answers[answer](parsed)
    told = PANEL.answers["fit-kl"](parsed)
    assert told["fit"] is None or np.isfinite(told["fit"]["value"])
    run = create(
        Settings.parse({"data": "mixture", "mixture": text, "generator": "mlp", "latent": 1, "batch": 32}), "cpu"
    )
    engine.advance([run], 2)
    found = slow_metrics(snapshot(run))
    assert found.transport is not None
    assert found.transport.divergence is not None
    assert found.transport.divergence.certainty in ("exact", "infinite")
    assert observe(run).target is not None


# --- infinite or not, by declared supports and tails --------------------------------------------------------------

KINDS = {
    "N": "N(0,1)",
    "wide": "N(0,2)",
    "Laplace": "Laplace(0,1)",
    "t1": "StudentT(1)",
    "t3": "StudentT(3)",
    "U": "Uniform(-1,1)",
    "gap": "0.5*Uniform(-1,-0.5)+0.5*Uniform(0.5,1)",
}

KL_INFINITE = {
    *((a, b) for a in ("N", "wide", "Laplace", "t1", "t3") for b in ("U", "gap")),  # p reaches beyond q
    ("U", "gap"),
    ("t1", "N"), ("t1", "wide"), ("t1", "Laplace"),  # no variance, no mean: x^2 or |x| under p
}  # fmt: skip
"""KL(p||q) = inf: mass of p where q is 0, or no second (first) moment of p under a normal's (Laplace's) tail."""

PEARSON_INFINITE = KL_INFINITE | {("wide", "N"), ("Laplace", "N"), ("Laplace", "wide")}
PEARSON_INFINITE |= {("t3", "N"), ("t3", "wide"), ("t3", "Laplace")}
"""INT p^2/q = inf: twice p's tail heavier than q's. t1 against t3: x^-4 / x^-4 has no integral."""
PEARSON_INFINITE |= {("t1", "t3")}


@pytest.mark.parametrize("a", KINDS)
@pytest.mark.parametrize("b", KINDS)
def test_infinite_exactly_where_supports_and_tails_say_so(a: str, b: str) -> None:
    p, q = Mixture.parse(KINDS[a]), Mixture.parse(KINDS[b])
    found = exact_values(p, q)
    expected = {
        "kl": (a, b) in KL_INFINITE,
        "reverse-kl": (b, a) in KL_INFINITE,
        "jeffrey": (a, b) in KL_INFINITE or (b, a) in KL_INFINITE,
        "pearson": (a, b) in PEARSON_INFINITE,
        "neyman": (b, a) in PEARSON_INFINITE,
        "w1": "t1" in (a, b) and a != b,
    }
    for key, exact in found.items():
        assert exact.infinite == expected.get(key, False), key
        if not exact.infinite:
            assert np.isfinite(exact.value), key
            assert exact.error < 1e-6, key


def test_closed_forms_between_kinds() -> None:
    def value(key: str, p: str, q: str) -> float:
        return divergence_between(divergence(key), Mixture.parse(p), Mixture.parse(q)).value

    # Laplace: log(b/a) + |m|/b + (a/b) e^(-|m|/a) - 1
    assert value("kl", "Laplace(0,1)", "Laplace(1,2)") == pytest.approx(log(2) + 0.5 + 0.5 * exp(-1) - 1, rel=1e-9)
    # entropies: Laplace's log(2 b e), the uniform's log(width)
    assert value("kl", "Laplace(0,1)", "N(0,1)") == pytest.approx(0.5 * log(2 * pi) + 1.0 - log(2 * e), rel=1e-9)
    assert value("kl", "Uniform(-1,1)", "N(0,1)") == pytest.approx(0.5 * log(2 * pi) + 1 / 6 - log(2), rel=1e-9)
    assert value("kl", "Uniform(0,1)", "0.5*Uniform(0,1)+0.5*Uniform(2,3)") == pytest.approx(log(2), rel=1e-12)
    # Cauchy: log((2 s)^2 + m^2) - log 4 s at equal scales, ((s + t)^2 + m^2) / (4 s t) otherwise
    assert value("kl", "StudentT(1)", "StudentT(1,1,2)") == pytest.approx(log((9 + 1) / 8), rel=1e-9)
    assert value("pearson", "StudentT(1)", "StudentT(1,1,1)") == pytest.approx(0.5, rel=1e-9)
    assert value("total-variation", "Uniform(0,1)", "Uniform(0.25,1.25)") == pytest.approx(0.25, rel=1e-12)
    assert value("hellinger", "Uniform(0,1)", "Uniform(5,6)") == pytest.approx(2.0, rel=1e-12)


def test_w1_between_kinds() -> None:
    def value(p: str, q: str) -> float:
        return w1(Mixture.parse(p), Mixture.parse(q)).value

    assert value("Uniform(0,1)", "Uniform(0,3)") == pytest.approx(1.0, rel=1e-12)
    assert value("Uniform(-1,1)", "0.5*Uniform(-1,0)+0.5*Uniform(0,1)") == pytest.approx(0.0, abs=1e-15)
    assert value("Laplace(0,1)", "Laplace(0,3)") == pytest.approx(2.0, rel=1e-9)
    assert value("StudentT(3)", "StudentT(3,2.5)") == pytest.approx(2.5, rel=1e-9)
    assert value("StudentT(1)", "StudentT(1,2.5)") == pytest.approx(2.5, rel=1e-9)  # no mean, but one shape
    assert value("StudentT(1)", "StudentT(1,0,2)") == inf
    assert value("StudentT(0.5)", "StudentT(0.5,3)") == pytest.approx(3.0, rel=1e-6)
    assert value("0.5*StudentT(1)+0.5*N(0,1)", "StudentT(1)") == inf
    # E|X| of Student's t with df = 1.5, by its closed form
    mean = 2 * 1.5**0.5 / (0.5 * pi**0.5) * exp(_log_gamma(1.25) - _log_gamma(0.75))
    narrow = value("StudentT(1.5)", "StudentT(1.5,0,3)")
    assert narrow == pytest.approx(2.0 * mean, rel=1e-6)


def _log_gamma(x: float) -> float:
    from math import lgamma

    return lgamma(x)


# --- samples -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["0.3*Laplace(-2,0.5)+0.3*Uniform(0,1)+0.4*StudentT(3,4,0.5)", "StudentT(0.5)", "Uniform(-3,5)"]
)
def test_a_toy_draws_what_its_text_says(text: str) -> None:
    law, of = Mixture.parse(text), toy(Settings.parse({"data": "mixture", "mixture": text}))
    drawn = of.sample(100_000, torch.Generator().manual_seed(0)).numpy()[:, 0].astype(np.float64)
    again = law.sample(100_000, np.random.default_rng(0))
    u = np.linspace(0.02, 0.98, 25)
    at = law.quantile(u)
    for sample in (drawn, again):
        assert np.abs((sample[:, None] <= at).mean(axis=0) - u).max() < 0.006
    assert of.density == law
    assert of.window[0][0] < law.quantile(np.array([0.3]))[0] < of.window[0][1]
