"""The functions that programs may call: named, bounded, and through the same strict parser as every other door."""

import base64
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from gan_playground.knobs import MIXTURE, SEED
from gan_playground.page.gradio_import import api
from gan_playground.page.gradio_import import gradio as gr
from gan_playground.parsing import Choice, Whole, key_values, shown
from gan_playground.recommendations import recommended
from gan_playground.settings import MAX_QUERY, Settings
from gan_playground.words import LANGUAGES, Refusal

STEPS: Final = Whole(1, 5000)
IMAGES: Final = Whole(1, 256)

Trainer = Callable[[Settings, int], dict[str, Any]]
"""Makes so many steps of one run, and returns what it measured."""


@contextmanager
def _in_a_sentence() -> Iterator[None]:
    """Let a refusal out as its sentence, in both languages, without a traceback."""
    try:
        yield
    except Refusal as refusal:
        said = "\n".join(refusal.say(lang) for lang in LANGUAGES)
        raise gr.Error(said, duration=10, print_exception=False) from None


def divergence(p: str, q: str) -> dict[str, float | str]:
    """Every exact divergence between two laws on the line, by its key, with jsd and w1.

    p and q are mixtures, typed as 0.3*N(-1,0.25)+0.7*N(2,1.4): weights, then N(mean,sd), Laplace(centre,scale),
    Uniform(low,high) or StudentT(df,centre,scale). A value that is
    infinite is the string "inf", one beyond floating point is written by its logarithm.
    """
    from gan_playground.theory.divergence_table import exact_table

    with _in_a_sentence():
        return dict(exact_table(MIXTURE.parse("p", p), MIXTURE.parse("q", q)))


def sample(checkpoint: str = "mnist-kl", n: int = 64, seed: int = 0) -> dict[str, Any]:
    """A sheet of images drawn from a trained generator: n up to 256, the same for the same seed, as a base64 PNG."""
    from gan_playground.images.contact_sheets import png, sample_grid

    with _in_a_sentence():
        count, drawn = IMAGES.parse("n", n), SEED.parse("seed", seed)
        sheet = png(sample_grid(_checkpoint(checkpoint), count, drawn))
    return {"checkpoint": checkpoint, "n": count, "seed": drawn, "png": base64.b64encode(sheet).decode()}


def _checkpoint(name: object) -> Any:
    """The checkpoint of this name, and no other path."""
    from gan_playground.images.checkpoints import manifest, shelf

    return shelf(Choice(sorted(manifest().entries)).parse("checkpoint", name))


def _pairs(settings: object) -> dict[str, str]:
    """``key=value&key=value`` as pairs; a leading ``?`` is let through."""
    text = settings if isinstance(settings, str) else shown(settings)
    return key_values(text.lstrip("?")[:MAX_QUERY].split("&")) if text else {}


def toy(train: Trainer) -> Callable[..., dict[str, Any]]:
    """The function that trains on a toy, by way of ``train``."""

    def toy(
        data: str = "8-gaussians",
        objective: str = "js:practical",
        steps: int = 1000,
        seed: int = 0,
        settings: str = "",
    ) -> dict[str, Any]:
        """Train one run on a toy, and measure it: modes, high_quality, kl_modes, sd_ratio, w2, seconds, steps_per_s.

        It starts from the toy's recommended settings for the objective, named as name(param)[:exact|:practical];
        settings changes knobs as a query string does ("critic_rate=0.001&r1=0.1"). Up to 5,000 steps.
        """
        with _in_a_sentence():
            made = Settings.parse(_pairs(settings) | {"seed": seed}, base=recommended(data, objective))
            return train(made, STEPS.parse("steps", steps))

    return toy


def offer(train: Trainer) -> None:
    """Offer the functions on the page that is being built; one of each runs at a time."""
    for function in (divergence, toy(train), sample):
        api(function, api_name=function.__name__, concurrency_limit=1)
