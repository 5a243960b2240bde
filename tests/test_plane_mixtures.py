"""Laws typed in the plane: their grammar, and their divergences against closed forms and against the line."""

from math import exp, inf, log

import numpy as np
import pytest

from gan_playground.theory.densities import Mixture
from gan_playground.theory.densities.plane_mixture import PlaneMixture
from gan_playground.theory.divergence_table import error_table, plane_values
from gan_playground.theory.divergences import DIVERGENCES, KEYS, divergence
from gan_playground.theory.f_divergence import divergence_between
from gan_playground.theory.plane_divergence import plane_divergence_between
from gan_playground.words import Refusal

TYPED = "0.5*N((0,0),0.3)+0.5*N((2,1),((1,.2),(.2,1)))"


def test_fault_3_a_mixture_in_the_plane_is_read() -> None:
    law = PlaneMixture.parse(TYPED)
    np.testing.assert_allclose(law.weights, [0.5, 0.5])
    np.testing.assert_allclose(law.means, [[0, 0], [2, 1]])
    np.testing.assert_allclose(law.covariances, [[[0.09, 0], [0, 0.09]], [[1, 0.2], [0.2, 1]]])
    other = PlaneMixture.parse(" 1/2 n((0,0),3/10) 0.5 × N((2,1),((1,.2),(.2,1)))")
    np.testing.assert_array_equal(other.covariances, law.covariances)
    drawn = law.sample(200_000, np.random.default_rng(0))
    np.testing.assert_allclose(drawn.mean(axis=0), [1.0, 0.5], atol=0.01)
    t = np.linspace(-8.0, 10.0, 601)
    grid = np.stack(np.meshgrid(t, t), axis=-1)
    assert np.exp(law.log_density(grid)).sum() * (t[1] - t[0]) ** 2 == pytest.approx(1.0, rel=1e-9)


REFUSED = {
    "0.5*N((0,0),0.3)+0.4*N((2,1),1)": "0.9",
    "0.5*N((0,0),0.3)+0.5*N((2,1),-1)": "-1 in",
    "N((0,0),((1,2),(2,1)))": "((1,2),(2,1))",
    "N((0,0),((1,.2),(.3,1)))": "(.3,1)",
    "0.5*N((0,0),0.3)+0.5*N((2),1)": "0.5*N((2)",
    "0.5*N((0,0),0.3)+0.5*N(2,1)": "0.5*N(2,1)",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_refusal_names_the_part(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        PlaneMixture.parse(text)
    assert REFUSED[text] in str(refused.value)
    assert refused.value.say("ko") != str(refused.value)


def test_closed_forms_of_bells_in_the_plane() -> None:
    p, q = PlaneMixture.parse("N((0.3,-1),((1,.4),(.4,.7)))"), PlaneMixture.parse("N((1,0),((1.5,-.2),(-.2,1.1)))")
    gap, a, b = q.means[0] - p.means[0], p.covariances[0], q.covariances[0]
    det = np.linalg.det

    def kl(a: np.ndarray, b: np.ndarray) -> float:
        inverse = np.linalg.inv(b)
        return 0.5 * float(np.trace(inverse @ a) + gap @ inverse @ gap - 2 + log(det(b) / det(a)))

    middle = (a + b) / 2
    affinity = (det(a) * det(b)) ** 0.25 / det(middle) ** 0.5 * exp(-gap @ np.linalg.inv(middle) @ gap / 8)
    # INT p^2/q = |B| / (|A|^(1/2) |2B - A|^(1/2))^... by completing the square with precision 2 A^-1 - B^-1
    one, other = np.linalg.inv(a), np.linalg.inv(b)
    joint = 2 * one - other
    linear = 2 * one @ p.means[0] - other @ q.means[0]
    constant = (
        linear @ np.linalg.solve(joint, linear) - 2 * p.means[0] @ one @ p.means[0] + q.means[0] @ other @ q.means[0]
    )
    pearson = det(b) ** 0.5 / (det(a) * det(joint) ** 0.5) * exp(constant / 2) - 1
    right = {"kl": kl(a, b), "reverse-kl": kl(b, a), "jeffrey": kl(a, b) + kl(b, a), "hellinger": 2 - 2 * affinity}
    right |= {"pearson": pearson, "alpha": 4 - 4 * affinity}
    for key, value in right.items():
        found = plane_divergence_between(divergence(key), p, q)
        assert found.value == pytest.approx(value, rel=1e-6), key
        assert abs(found.value - value) <= found.error * value, key


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("turn", [0.0, 0.6])
def test_beside_one_common_bell_the_plane_is_the_line(key: str, turn: float) -> None:
    """P x N and Q x N are as far apart as P and Q, and stay so turned."""

    def crossed(triples: list[tuple[float, float, float]]) -> PlaneMixture:
        c, s = np.cos(turn), np.sin(turn)
        axes = np.array([[c, -s], [s, c]])
        w, m, sd = np.array(triples).T
        return PlaneMixture(
            w, np.stack([m, 0 * m], axis=1) @ axes.T, np.array([axes @ np.diag([v * v, 0.49]) @ axes.T for v in sd])
        )

    one, other = [(0.4, -2.0, 0.7), (0.6, 1.0, 0.5)], [(0.5, -1.0, 0.9), (0.5, 2.0, 0.8)]
    typed = ["+".join(f"{w}*N({m},{s})" for w, m, s in law) for law in (one, other)]
    line = divergence_between(divergence(key), Mixture.parse(typed[0]), Mixture.parse(typed[1]))
    found = plane_divergence_between(divergence(key), crossed(one), crossed(other))
    assert found.infinite == line.infinite
    if not line.infinite:
        assert found.value == pytest.approx(line.value, rel=2e-6)
        assert abs(found.value - line.value) <= found.error * abs(found.value) + 1e-12


def test_infinite_where_a_direction_says_so() -> None:
    wide, flat = PlaneMixture.parse("N((0,0),1)"), PlaneMixture.parse("N((0,0),((4,0),(0,.3)))")
    assert plane_divergence_between(divergence("pearson"), wide, flat).infinite  # .3 < 1/2 across
    assert plane_divergence_between(divergence("neyman"), wide, flat).infinite  # 4 > 2 along
    assert not plane_divergence_between(divergence("kl"), wide, flat).infinite
    found = plane_values(wide, wide)
    for key, member in DIVERGENCES.items():
        assert found[key].value == pytest.approx(member.at_one, abs=1e-12)


def test_both_laws_stand_on_the_line_or_both_in_the_plane() -> None:
    with pytest.raises(Refusal):
        error_table(Mixture.parse("N(0,1)"), PlaneMixture.parse("N((0,0),1)"))
    told = error_table(PlaneMixture.parse(TYPED), PlaneMixture.parse("N((1,0),1.5)"))
    assert told["kl"]["certainty"] == "approximate"
    assert told["neyman"]["value"] == "inf"
    assert "w1" not in told
    assert isinstance(told["kl"]["error"], float)
    assert 0.0 < told["kl"]["error"] < 1e-6 < inf
