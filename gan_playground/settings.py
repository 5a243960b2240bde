"""Settings: one frozen value that says everything about a run, and reads and writes itself as a URL.

Every knob is declared once, as a field of `Settings`: the values it takes, its default and scale, and whether changing
it is live or restarts the run. The page, the address bar, the socket, the API and the command line all read it by
that declaration.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Self
from urllib.parse import parse_qsl, urlencode

from gan_playground.data.toys import TOYS_1D, TOYS_2D
from gan_playground.knobs import MIXTURE_TEXT, OBJECTIVE_TEXT, SEED, Knob, Scale, Value, written
from gan_playground.objective_names import ObjectiveName, parse_objective
from gan_playground.parsing import Choice, Domain, Flag, Real, Text, Whole, shown
from gan_playground.words import Refusal

ACTIVATION: Final = Choice(("relu", "leaky-relu", "elu", "tanh"))
DEPTH: Final = Choice((1, 2, 3, 4))
WIDTH: Final = Choice((16, 32, 64, 128, 256))
RATE: Final = Real(1e-6, 0.1)
PENALTY: Final = Real(0.0, 100.0)
MAX_QUERY: Final = 3000
MAX_CHANGES: Final = 100


def _knob(domain: Domain[Value], default: Value, group: str, *, live: bool = False, scale: Scale = "linear") -> Any:
    return field(default=default, metadata={"knob": (domain, default, group, not live, scale)})


@dataclass(frozen=True, slots=True)
class Change:
    """A live change: from step ``step`` on, knob ``key`` has ``value``."""

    step: int
    key: str
    value: Value

    def __str__(self) -> str:
        return f"{self.step}:{self.key}={written(self.value)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything about a run: the knobs at step 0, and the live changes with the steps they came at.

    Rates are per update; widths and batch come from short menus so that visitors share shapes.

    >>> Settings.from_query("?data=ring&seed=7").query()
    '?data=ring&seed=7'
    """

    data: str = _knob(Choice(TOYS_1D + TOYS_2D), "8-gaussians", "data")
    distance: float = _knob(Real(0.0, 20.0), 6.0, "data")
    mixture: str = _knob(MIXTURE_TEXT, "0.3*N(-1,0.25)+0.7*N(2,1.4)", "data")
    objective: str = _knob(OBJECTIVE_TEXT, "js:practical", "game", live=True)
    generator_rate: float = _knob(RATE, 1e-3, "game", live=True, scale="log")
    critic_rate: float = _knob(RATE, 2e-3, "game", live=True, scale="log")
    critic_steps: int = _knob(Whole(1, 10), 1, "game", live=True)
    r1: float = _knob(PENALTY, 0.0, "penalty", live=True, scale="zero-log")
    r2: float = _knob(PENALTY, 0.0, "penalty", live=True, scale="zero-log")
    generator: str = _knob(Choice(("mlp", "linear")), "mlp", "networks")
    generator_depth: int = _knob(DEPTH, 2, "networks")
    generator_width: int = _knob(WIDTH, 64, "networks")
    generator_activation: str = _knob(ACTIVATION, "relu", "networks")
    batch_norm: bool = _knob(Flag(), False, "networks")
    critic_depth: int = _knob(DEPTH, 2, "networks")
    critic_width: int = _knob(WIDTH, 64, "networks")
    critic_activation: str = _knob(ACTIVATION, "leaky-relu", "networks")
    critic_batch_norm: bool = _knob(Flag(), False, "networks")
    spectral_norm: bool = _knob(Flag(), False, "networks")
    fourier: int = _knob(Choice((0, 16, 32, 64, 128)), 0, "networks")
    fourier_sigma: float = _knob(Real(0.1, 20.0), 2.0, "networks", scale="log")
    optimizer: str = _knob(Choice(("adam", "rmsprop", "sgd")), "adam", "optimiser")
    beta1: float = _knob(Real(0.0, 0.99), 0.5, "optimiser", live=True)
    beta2: float = _knob(Real(0.5, 0.9999), 0.9, "optimiser", live=True)
    decay: int = _knob(Whole(0, 1_000_000), 0, "optimiser", live=True)
    gradient_clip: float = _knob(Real(0.0, 1000.0), 0.0, "optimiser", live=True, scale="zero-log")
    update: str = _knob(Choice(("alternating", "single-step")), "alternating", "moves", live=True)
    batch: int = _knob(Choice((32, 64, 128, 256, 512, 1024)), 256, "moves")
    latent: int = _knob(Choice((1, 2, 4, 8, 16)), 2, "noise")
    noise: str = _knob(Choice(("normal", "uniform")), "normal", "noise")
    instance_noise: float = _knob(Real(0.0, 2.0), 0.0, "noise", live=True)
    seed: int = _knob(SEED, 0, "run")
    changes: tuple[Change, ...] = ()

    @classmethod
    def parse(cls, values: Mapping[str, object], base: Self | None = None) -> Self:
        """Return ``base`` (the defaults if None) with ``values`` parsed over it.

        Raises:
            Refusal: an unknown key, a value its knob does not accept, or a combination that cannot
                train (see `check`); nothing is changed then.

        """
        parsed: dict[str, Any] = {key: _known(key).parse(value) for key, value in values.items()}
        settings = replace(base or cls(), **parsed)
        check(settings)
        return settings

    @classmethod
    def from_query(cls, text: str) -> Self:
        """Read a URL's query string, ``?`` or not: knobs as ``key=value``, live changes as ``changes``.

        Raises:
            Refusal: as `parse`; also a change that names no live knob, or steps out of order.

        """
        pairs = dict(parse_qsl(_QUERY.parse("link", text).lstrip("?"), keep_blank_values=True))
        known = {key: value for key, value in pairs.items() if key in KNOBS}
        changes = tuple(_parse_changes(pairs.get("changes", "")))
        settings = replace(cls.parse(known), changes=changes)
        for change in changes:
            settings.at(change.step)
        return settings

    def query(self) -> str:
        """The query string that `from_query` reads back to this value: what differs from the defaults."""
        pairs = {knob.key: written(value) for knob, value in self.items() if value != knob.default}
        if self.changes:
            pairs["changes"] = ",".join(map(str, self.changes))
        return "?" + urlencode(pairs, safe=":,()*=") if pairs else ""

    def at(self, step: int) -> Self:
        """The settings in force at ``step``: every change up to and including it applied.

        Raises:
            Refusal: a change leads to a combination that cannot train.

        """
        due = {change.key: change.value for change in self.changes if change.step <= step}
        settings = replace(self, **due)
        check(settings)
        return settings

    def items(self) -> Iterator[tuple[Knob, Value]]:
        """Every knob with its value, in the order of declaration."""
        return ((knob, getattr(self, key)) for key, knob in KNOBS.items())

    @property
    def dim(self) -> int:
        """Dimension of the data, 1 or 2."""
        return 1 if self.data in TOYS_1D else 2

    @property
    def objective_name(self) -> ObjectiveName:
        """The objective, parsed."""
        return parse_objective(self.objective)


KNOBS: Final[Mapping[str, Knob]] = {
    item.name: Knob(item.name, *item.metadata["knob"]) for item in fields(Settings) if "knob" in item.metadata
}
"""Every knob by its key, in the order of declaration."""

LIVE: Final = frozenset(key for key, knob in KNOBS.items() if not knob.restarts)
"""Keys of the knobs that change while a run plays."""


# --- what is known to break ----------------------------------------------------------------------


def check(settings: Settings) -> None:
    """Refuse a combination that cannot train as named.

    Raises:
        Refusal: batch normalisation in a critic that is penalised per sample (the penalty of one
            sample would depend on the others; Gulrajani et al. 2017, section 4).

    """
    penalised = settings.r1 > 0 or settings.r2 > 0 or settings.objective_name.name.startswith("wgan-gp")
    if settings.critic_batch_norm and penalised:
        raise Refusal("errors.batch_norm_in_penalised_critic", knob="critic_batch_norm")


def warnings(settings: Settings) -> tuple[str, ...]:
    """Keys of the sentences that warn of what trains badly but is allowed.

    Momentum on a clipped critic is unstable (Arjovsky et al. 2017, section 4). A single step makes
    one critic move per generator move, whatever ``critic_steps`` says.
    """
    clipped = settings.objective_name.name == "wgan"
    momentum = settings.optimizer == "adam" and settings.beta1 > 0
    found = {
        "notes.momentum_on_clipped_critic": clipped and momentum,
        "notes.single_step_has_one_critic_step": settings.update == "single-step" and settings.critic_steps > 1,
    }
    return tuple(key for key, holds in found.items() if holds)


# --- reading a link ------------------------------------------------------------------------------

_QUERY: Final = Text(MAX_QUERY, too_long="errors.query_too_long")
_CHANGE = re.compile(r"(?P<step>\d{1,9}):(?P<key>[a-z0-9_]+)=(?P<value>[^,]+)")


def _parse_changes(text: str) -> Iterator[Change]:
    items = [item for item in text.split(",") if item]
    if len(items) > MAX_CHANGES:
        raise Refusal("errors.too_many_changes", count=len(items), limit=MAX_CHANGES)
    last = 0
    for item in items:
        match = _CHANGE.fullmatch(item)
        if match is None or match["key"] not in LIVE or int(match["step"]) < last:
            raise Refusal("errors.change", value=shown(item), names=", ".join(sorted(LIVE)))
        last = int(match["step"])
        yield Change(last, match["key"], KNOBS[match["key"]].parse(match["value"]))


def _known(key: str) -> Knob:
    if key not in KNOBS:
        raise Refusal("errors.knob_unknown", knob=shown(key), value=shown(key), names=", ".join(KNOBS))
    return KNOBS[key]
