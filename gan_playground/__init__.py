"""GAN Playground: settings go in, frames come out.

What a notebook needs is offered here by name; each is imported when it is first asked for, so that
``import gan_playground`` costs nothing.

>>> import gan_playground as gp
>>> run = gp.create(gp.recommended("fgan-mixture", "js"))
>>> gp.advance([run], 20)
>>> frame = gp.observe(run)
>>> frame.step
20
>>> gp.figure(frame).layout.title.text is not None
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from gan_playground.engine.engine import advance as advance
    from gan_playground.engine.measurements import create as create
    from gan_playground.engine.measurements import observe as observe
    from gan_playground.engine.toy_runs import run_toy as run_toy
    from gan_playground.frames import Frame as Frame
    from gan_playground.images.checkpoints import load as load
    from gan_playground.page.figures import figure as figure
    from gan_playground.recommendations import recommended as recommended
    from gan_playground.settings import Settings as Settings
    from gan_playground.theory.densities import Mixture as Mixture
    from gan_playground.theory.divergences import divergence as divergence
    from gan_playground.theory.f_divergence import divergence_between as divergence_between
    from gan_playground.theory.wasserstein import w1 as w1
    from gan_playground.words import Refusal as Refusal

_HOME: Final = {
    "Frame": "frames",
    "Mixture": "theory.densities",
    "Refusal": "words",
    "Settings": "settings",
    "advance": "engine.engine",
    "create": "engine.measurements",
    "divergence": "theory.divergences",
    "divergence_between": "theory.f_divergence",
    "figure": "page.figures",
    "load": "images.checkpoints",
    "observe": "engine.measurements",
    "recommended": "recommendations",
    "run_toy": "engine.toy_runs",
    "w1": "theory.wasserstein",
}

__all__ = sorted(_HOME)  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'gan_playground' has no attribute {name!r}")
    value = getattr(import_module(f"gan_playground.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
