"""Settings: one frozen value that says everything about a run, and reads and writes itself as a URL.

Every knob is declared once, as a field of `Settings`: its kind, range, scale, and whether changing
it is live or restarts the run. `Settings.parse` is the one strict parser; the page, the address
bar, the socket, the API and the command line all pass through it.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final, Literal, Self
from urllib.parse import parse_qsl, urlencode

from gan_playground.data.toys import TOYS_1D, TOYS_2D
from gan_playground.objective_names import ObjectiveName, parse_objective
from gan_playground.parsing import finite, shown
from gan_playground.theory.densities import Mixture
from gan_playground.words import Refusal

Value = str | int | float | bool
Kind = Literal["choice", "integer", "number", "flag", "mixture", "objective"]

ACTIVATIONS: Final = ("relu", "leaky-relu", "elu", "tanh")


# --- knobs ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Knob:
    """One setting as every door sees it.

    ``low`` and ``high`` are inclusive; ``scale`` tells a slider how to lay the range out (``zero-log``:
    logarithmic above ``low``'s first tick, with 0 meaning off); ``restarts`` is True where a change
    begins the run again at step 0.
    """

    key: str
    kind: Kind
    default: Value
    restarts: bool
    group: str
    choices: tuple[Value, ...] = ()
    low: float = -math.inf
    high: float = math.inf
    scale: Literal["linear", "log", "zero-log"] = "linear"

    def parse(self, value: object) -> Value:
        """Return ``value`` as this knob's type.

        Raises:
            Refusal: not a value of this knob; the sentence names the value and what is accepted.

        """
        return _PARSERS[self.kind](self, value)


def _knob(kind: Kind, default: Value, group: str, *, live: bool = False, **more: Any) -> Any:
    metadata = {"knob": dict(kind=kind, default=default, group=group, restarts=not live, **more)}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Change:
    """A live change: from step ``step`` on, knob ``key`` has ``value``."""

    step: int
    key: str
    value: Value

    def __str__(self) -> str:
        return f"{self.step}:{self.key}={_text(self.value)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything about a run: the knobs at step 0, and the live changes with the steps they came at.

    Rates are per update; widths and batch come from short menus so that visitors share shapes.

    >>> Settings.from_query("?data=ring&seed=7").query()
    '?data=ring&seed=7'
    """

    data: str = _knob("choice", "8-gaussians", "data", choices=TOYS_1D + TOYS_2D)
    distance: float = _knob("number", 6.0, "data", low=0.0, high=20.0)
    mixture: str = _knob("mixture", "0.3*N(-1,0.25)+0.7*N(2,1.4)", "data")
    objective: str = _knob("objective", "js:practical", "game", live=True)
    generator_rate: float = _knob("number", 1e-3, "game", live=True, low=1e-6, high=0.1, scale="log")
    critic_rate: float = _knob("number", 2e-3, "game", live=True, low=1e-6, high=0.1, scale="log")
    critic_steps: int = _knob("integer", 1, "game", live=True, low=1, high=10)
    r1: float = _knob("number", 0.0, "penalty", live=True, low=0.0, high=100.0, scale="zero-log")
    r2: float = _knob("number", 0.0, "penalty", live=True, low=0.0, high=100.0, scale="zero-log")
    generator: str = _knob("choice", "mlp", "networks", choices=("mlp", "linear"))
    generator_depth: int = _knob("choice", 2, "networks", choices=(1, 2, 3, 4))
    generator_width: int = _knob("choice", 64, "networks", choices=(16, 32, 64, 128, 256))
    generator_activation: str = _knob("choice", "relu", "networks", choices=ACTIVATIONS)
    batch_norm: bool = _knob("flag", False, "networks")
    critic_depth: int = _knob("choice", 2, "networks", choices=(1, 2, 3, 4))
    critic_width: int = _knob("choice", 64, "networks", choices=(16, 32, 64, 128, 256))
    critic_activation: str = _knob("choice", "leaky-relu", "networks", choices=ACTIVATIONS)
    critic_batch_norm: bool = _knob("flag", False, "networks")
    spectral_norm: bool = _knob("flag", False, "networks")
    fourier: int = _knob("choice", 0, "networks", choices=(0, 16, 32, 64, 128))
    fourier_sigma: float = _knob("number", 2.0, "networks", low=0.1, high=20.0, scale="log")
    optimizer: str = _knob("choice", "adam", "optimiser", choices=("adam", "rmsprop", "sgd"))
    beta1: float = _knob("number", 0.5, "optimiser", live=True, low=0.0, high=0.99)
    beta2: float = _knob("number", 0.9, "optimiser", live=True, low=0.5, high=0.9999)
    decay: int = _knob("integer", 0, "optimiser", live=True, low=0, high=1_000_000)
    gradient_clip: float = _knob("number", 0.0, "optimiser", live=True, low=0.0, high=1000.0, scale="zero-log")
    update: str = _knob("choice", "alternating", "moves", live=True, choices=("alternating", "single-step"))
    batch: int = _knob("choice", 256, "moves", choices=(32, 64, 128, 256, 512, 1024))
    latent: int = _knob("choice", 2, "noise", choices=(1, 2, 4, 8, 16))
    noise: str = _knob("choice", "normal", "noise", choices=("normal", "uniform"))
    instance_noise: float = _knob("number", 0.0, "noise", live=True, low=0.0, high=2.0)
    seed: int = _knob("integer", 0, "run", low=0, high=2**31 - 1)
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
        if len(text) > MAX_QUERY:
            raise Refusal("errors.query_too_long", length=len(text), limit=MAX_QUERY)
        pairs = dict(parse_qsl(text.lstrip("?"), keep_blank_values=True))
        known = {key: value for key, value in pairs.items() if key in KNOBS}
        changes = tuple(_parse_changes(pairs.get("changes", "")))
        settings = replace(cls.parse(known), changes=changes)
        for change in changes:
            settings.at(change.step)
        return settings

    def query(self) -> str:
        """The query string that `from_query` reads back to this value: what differs from the defaults."""
        pairs = {knob.key: _text(value) for knob, value in self.items() if value != knob.default}
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


MAX_QUERY: Final = 3000
MAX_CHANGES: Final = 100

KNOBS: Final[Mapping[str, Knob]] = {
    item.name: Knob(key=item.name, **item.metadata["knob"]) for item in fields(Settings) if "knob" in item.metadata
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


# --- recommended settings ------------------------------------------------------------------------

_BY_OBJECTIVE: Final[Mapping[str, Mapping[str, Value]]] = {
    "kl": {"gradient_clip": 1.0},  # their critics answer with exponentials: without it they fly off on 8 Gaussians
    "jeffrey": {"gradient_clip": 1.0},
    "total-variation": {"r1": 0.1},  # without it the critic saturates, and the generator stays on a mode or two
    "wgan": {"optimizer": "rmsprop", "generator_rate": 5e-4, "critic_rate": 5e-4, "critic_steps": 5},
    "wgan-gp": {"critic_steps": 5, "generator_rate": 1e-3, "critic_rate": 1e-3},
    "wgan-gp-one-sided": {"critic_steps": 5, "generator_rate": 1e-3, "critic_rate": 1e-3},
}
_LINEAR: Final[Mapping[str, Value]] = {
    "generator": "linear",
    "latent": 1,
    "update": "single-step",
    "critic_activation": "tanh",
    "generator_rate": 3e-3,
    "critic_rate": 3e-3,
    "batch": 1024,
    "decay": 4000,
}
_MODES_25: Final[Mapping[str, Value]] = {
    "generator_depth": 3,
    "generator_width": 128,
    "critic_depth": 3,
    "critic_width": 128,
    "critic_activation": "relu",
    "fourier": 64,
    "r1": 0.02,
    "r2": 0.02,
    "decay": 6000,
}


def recommended(data: str, objective: str) -> Settings:
    """The settings this data trains well with under this objective: where the command line starts.

    Raises:
        Refusal: unknown data or objective.

    >>> recommended("25-gaussians", "relativistic").critic_width
    128

    """
    name = parse_objective(objective)
    values: dict[str, Value] = {"data": data, "objective": str(name)}
    if data in TOYS_1D:
        values |= _LINEAR
    if data == "25-gaussians":
        values |= _MODES_25
    return Settings.parse(values | _BY_OBJECTIVE.get(name.name, {}))


# --- parsing one value ---------------------------------------------------------------------------


def parse_key_values(items: Sequence[str]) -> dict[str, str]:
    """Split ``key=value`` items, the form in which the command line names knobs.

    Raises:
        Refusal: an item without ``=``.

    """
    pairs = [item.partition("=") for item in items]
    for key, equals, _ in pairs:
        if not equals:
            raise Refusal("errors.no_equals", value=shown(key))
    return {key.strip(): value.strip() for key, _, value in pairs}


def _known(key: str) -> Knob:
    if key not in KNOBS:
        raise Refusal("errors.knob_unknown", knob=shown(key), value=shown(key), names=", ".join(KNOBS))
    return KNOBS[key]


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return repr(value) if isinstance(value, float) else str(value)


def _parse_choice(knob: Knob, value: object) -> Value:
    wanted = _text(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None
    for choice in knob.choices:
        if wanted == _text(choice):
            return choice
    names = ", ".join(map(str, knob.choices))
    raise Refusal("errors.knob_choice", knob=knob.key, name=knob.key, value=shown(value), names=names)


def _parse_number(knob: Knob, value: object) -> float:
    number = finite(value)
    if number is None or not knob.low <= number <= knob.high:
        raise Refusal(
            "errors.knob_number",
            knob=knob.key,
            name=knob.key,
            value=shown(value),
            low=f"{knob.low:g}",
            high=f"{knob.high:g}",
        )
    return number


def _parse_integer(knob: Knob, value: object) -> int:
    number = finite(value)
    if number is None or number != int(number) or not knob.low <= number <= knob.high:
        raise Refusal(
            "errors.knob_integer",
            knob=knob.key,
            name=knob.key,
            value=shown(value),
            low=f"{knob.low:.0f}",
            high=f"{knob.high:.0f}",
        )
    return int(number)


def _parse_flag(knob: Knob, value: object) -> bool:
    meanings = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}
    meaning = value if isinstance(value, bool) else meanings.get(str(value).lower())
    if meaning is None or isinstance(value, float):
        raise Refusal("errors.knob_flag", knob=knob.key, name=knob.key, value=shown(value))
    return meaning


def _parse_mixture(knob: Knob, value: object) -> str:
    text = value if isinstance(value, str) else shown(value)
    try:
        Mixture.parse(text)
    except Refusal as refusal:
        raise Refusal(refusal.key, knob=knob.key, **refusal.values) from None
    return text.replace(" ", "")


_PARSERS: Final = {
    "choice": _parse_choice,
    "number": _parse_number,
    "integer": _parse_integer,
    "flag": _parse_flag,
    "mixture": _parse_mixture,
    "objective": lambda _, value: str(parse_objective(value)),
}

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
