"""An independent referee for distances between mixtures of normals on the line: slow, short, and of one idea.

Every integral is a sum over fixed Gauss-Legendre panels, cut wherever anything can happen: at 81 points of every
bell, around every crossing of two bells, and over every bell of p^(1+a)/q^a. Densities stay logarithms. Two rules on
the same panels, and the rounding of the logarithms, give its own error. It shares no line with the product.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import exp, expm1, inf, log, pi

import numpy as np
from scipy.special import ndtr

EPS = 2.0**-52
LADDER = np.array([0, 1, 2, 4, 8, 16, 28, 40, 60, 90, 135, 200, 300, 450, 700, 1000])
FEW, MANY = (np.polynomial.legendre.leggauss(n) for n in (12, 20))


@dataclass
class Bells:
    """SUM w N(m, s^2) from typed triples; the weights are brought to 1 in exact arithmetic."""

    w: np.ndarray
    m: np.ndarray
    s: np.ndarray

    @classmethod
    def of(cls, triples):
        total = sum(Fraction(w) for w, _, _ in triples)
        return cls(*np.array([(float(Fraction(w) / total), m, s) for w, m, s in triples]).T)

    def log(self, x):
        each = np.log(self.w / self.s)[:, None] - 0.5 * ((x - self.m[:, None]) / self.s[:, None]) ** 2
        top = each.max(0)
        return top + np.log(np.exp(each - top).sum(0)) - 0.5 * log(2 * pi)

    def slope(self, x):
        """|d log p / dx|, at most."""
        z = (x - self.m[:, None]) / self.s[:, None]
        each = np.log(self.w / self.s)[:, None] - 0.5 * z**2
        share = np.exp(each - each.max(0))
        return (share * np.abs(z) / self.s[:, None]).sum(0) / share.sum(0)

    def below(self, x):
        return self.w @ ndtr((x - self.m[:, None]) / self.s[:, None])

    def above(self, x):
        return self.w @ ndtr((self.m[:, None] - x) / self.s[:, None])


def apart(p, q, x):
    """F - G, from whichever side is the smaller, and the size of what was subtracted."""
    left, right = p.below(x) + q.below(x), p.above(x) + q.above(x)
    return np.where(left < right, p.below(x) - q.below(x), q.above(x) - p.above(x)), np.minimum(left, right)


@dataclass
class Found:
    """A value, its logarithm, and how far this referee may be off in either."""

    value: float
    log_value: float
    error: float
    infinite: bool = False


def seen(law, x, k):
    """Whether bell k of the law is within 60 nats of the whole at x: elsewhere nothing that it does is felt."""
    own = np.log(law.w[k] / law.s[k]) - 0.5 * ((x - law.m[k]) / law.s[k]) ** 2 - 0.5 * log(2 * pi)
    return own > law.log(x.ravel()).reshape(x.shape) - 60


def cuts(p, q, orders):
    """Where anything happens: every bell, every crossing of two that are felt, every bell of p^(1+a)/q^a and back."""
    m, s, w = (np.concatenate([a, b]) for a, b in ((p.m, q.m), (p.s, q.s), (p.w, q.w)))
    found = [(m[:, None] + s[:, None] * np.linspace(-40, 40, 81)).ravel()]
    # where bells i and j are equal: a (x - m_i)^2 + b (x - m_i) + c = 0, with a finer look on the scale of the crossing
    i, j = np.triu_indices(len(m), 1)
    gap = m[i] - m[j]
    a = 0.5 / s[j] ** 2 - 0.5 / s[i] ** 2
    b = gap / s[j] ** 2
    c = 0.5 * gap**2 / s[j] ** 2 + np.log(w[i] / s[i]) - np.log(w[j] / s[j])
    for sign in (-1, 1):
        with np.errstate(all="ignore"):
            big = -0.5 * (b + np.where(b >= 0, 1, -1) * np.sqrt(b * b - 4 * a * c))
            root = big / a if sign > 0 else c / big
            width = 1 / np.abs(2 * a * root + b)
            near = (m[i] + root)[:, None] + width[:, None] * np.concatenate([-LADDER[:0:-1], LADDER])
            at, many = (m[i] + root)[:, None], len(p.m)
            felt = np.asarray(np.isfinite(near).all(1), bool)
        for law, own, k in ((p, i < many, i), (q, i >= many, i - many), (p, j < many, j), (q, j >= many, j - many)):
            on = np.flatnonzero(own & felt)
            felt[on] &= seen(law, at[on], k[on][:, None])[:, 0]
        found.append(near[felt].ravel())
    for order in orders:
        for up, down in ((p, q), (q, p)):
            height = (1 + order) / up.s**2 - order / down.s[:, None] ** 2
            middle = ((1 + order) * up.m / up.s**2 - order * (down.m / down.s**2)[:, None]) / height
            bell = height > 0
            of_down, of_up = np.nonzero(bell)
            x = middle[bell, None] + height[bell, None] ** -0.5 * np.linspace(-12, 12, 33)
            found.append(x[seen(up, x, of_up[:, None]) & seen(down, x, of_down[:, None])])
    return np.unique(np.concatenate(found))


def roots(f, x):
    """Where f changes sign between neighbours of x, by halving."""
    y = f(x)
    at = np.flatnonzero(np.sign(y[1:]) * np.sign(y[:-1]) < 0)
    lo, hi, low = x[at], x[at + 1], y[at]
    for _ in range(70):
        middle = 0.5 * (lo + hi)
        same = f(middle) * low > 0
        lo, hi = np.where(same, middle, lo), np.where(same, hi, middle)
    return lo


class Referee:
    """Every distance between two mixtures, by the key of the product's table (families with their parameter)."""

    def __init__(self, p, q, orders=(0.3, 0.5, 1.0)):
        self.p, self.q = p, q
        edges = cuts(p, q, orders)
        left, width = edges[:-1, None], np.diff(edges)[:, None]
        self.rules = []
        for nodes, weights in (FEW, MANY):
            x = (left + width * 0.5 * (1 + nodes)).ravel()
            self.rules.append((x, (width * 0.5 * weights).ravel(), p.log(x), q.log(x)))
        # what is rounded in log p and log q: their own arithmetic, and the position of the node
        self.doubt = np.abs(self.rules[1][2]) + np.abs(self.rules[1][3]) + np.abs(x) * (p.slope(x) + q.slope(x)) + 4

    def plain(self, integrand):
        """INT of an integrand of (log p, log q) that floats can hold."""
        few, value = (float(dx @ integrand(lp, lq)) for _, dx, lp, lq in self.rules)
        _, dx, lp, lq = self.rules[1]
        y = integrand(lp, lq)
        rounding = float(dx @ (np.abs(y) * self.doubt)) * 4 * EPS
        # where p and q nearly agree, what is rounded is the ratio, not the integrand
        rounding += float(dx @ (np.minimum(np.exp(lp), np.exp(lq)) * self.doubt)) * 4 * EPS
        return Found(value, log(value) if value > 0 else -inf, abs(few - value) + rounding)

    def powers(self, a):
        """log INT p^a q^(1-a), and its error."""
        logs, y = [], np.zeros(0)
        for _, dx, lp, lq in self.rules:
            h = a * lp + (1 - a) * lq
            top = h.max()
            y = np.exp(h - top) * dx
            logs.append(float(top + np.log(y.sum())))
        rounding = float(y @ self.doubt / y.sum()) * (1 + abs(a)) * 4 * EPS
        return logs[1], abs(logs[0] - logs[1]) + rounding

    def less_one(self, a, factor):
        """(INT p^a q^(1-a) - 1) * factor, infinite where the widest bells say so."""
        widest_p, widest_q = self.p.s.max(), self.q.s.max()
        if a / widest_p**2 + (1 - a) / widest_q**2 <= 0:
            return Found(inf, inf, 0.0, True)
        log_sum, error = self.powers(a)
        if log_sum > 700:
            return Found(inf, log_sum + log(factor), error)
        value = expm1(log_sum) * factor
        return Found(value, log(value) if value > 0 else -inf, abs(factor) * exp(log_sum) * error)

    def mixed(self, share):
        def integrand(lp, lq):
            lm = np.logaddexp(np.log(share) + lp, np.log1p(-share) + lq)
            return share * np.exp(lp) * (lp - lm) + (1 - share) * np.exp(lq) * (lq - lm)

        return self.plain(integrand)

    def total_variation(self):
        """Half of how far F - G goes up and down: it turns where p = q."""
        turns = roots(lambda t: self.p.log(t) - self.q.log(t), self.rules[1][0])
        steps = np.diff(np.concatenate([[0.0], apart(self.p, self.q, np.sort(turns))[0], [0.0]]))
        value = 0.5 * float(np.abs(steps).sum())
        return Found(value, log(value) if value > 0 else -inf, 4 * EPS * len(steps))

    def w1(self):
        edges = cuts(self.p, self.q, ())
        inside = (edges[:-1, None] + np.diff(edges)[:, None] * np.linspace(0, 1, 8, endpoint=False)).ravel()
        edges = np.unique(np.concatenate([edges, roots(lambda t: apart(self.p, self.q, t)[0], inside)]))
        found, dx, size = [], np.zeros(0), np.zeros(0)
        for nodes, weights in (FEW, MANY):
            width = np.diff(edges)[:, None]
            gap, size = apart(self.p, self.q, (edges[:-1, None] + width * 0.5 * (1 + nodes)).ravel())
            dx = (width * 0.5 * weights).ravel()
            found.append(float(dx @ np.abs(gap)))
        return Found(
            found[1], log(found[1]) if found[1] > 0 else -inf, abs(found[0] - found[1]) + 2 * EPS * float(dx @ size)
        )

    def all(self):
        js = self.mixed(0.5)
        js = Found(2 * js.value, js.log_value + log(2), 2 * js.error)
        kl = self.plain(lambda lp, lq: np.exp(lp) * (lp - lq))
        reverse = self.plain(lambda lp, lq: np.exp(lq) * (lq - lp))
        return {
            "total-variation": self.total_variation(),
            "kl": kl,
            "reverse-kl": reverse,
            "pearson": self.less_one(2.0, 1.0),
            "neyman": self.less_one(-1.0, 1.0),
            "hellinger": self.plain(lambda lp, lq: (np.exp(lp / 2) - np.exp(lq / 2)) ** 2),
            "jeffrey": self.plain(lambda lp, lq: (np.exp(lp) - np.exp(lq)) * (lp - lq)),
            "js": js,
            "weighted-js(0.25)": self.mixed(0.25),
            "weighted-js(0.7)": self.mixed(0.7),
            "gan": self.plain(
                lambda lp, lq: -np.exp(lp) * np.logaddexp(0, lq - lp) - np.exp(lq) * np.logaddexp(0, lp - lq)
            ),
            "alpha(0.5)": self.less_one(0.5, -4.0),
            "alpha(-0.5)": self.less_one(-0.5, 1 / 0.75),
            "alpha(0)": reverse,
            "alpha(0.2)": self.less_one(0.2, -1 / 0.16),
            "alpha(1)": kl,
            "alpha(1.3)": self.less_one(1.3, 1 / 0.39),
            "w1": self.w1(),
        }
