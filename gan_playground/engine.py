"""The real engine, bound to what a run asks of it: stacked lanes, and the looks at them."""

import torch

from gan_playground.lane import Lane
from gan_playground.lanes import advance, cohort, single_update
from gan_playground.observe.frame import observe
from gan_playground.observe.measuring import create
from gan_playground.observe.still import still
from gan_playground.observe.surveying import keep, survey
from gan_playground.runs import Engine
from gan_playground.settings import Settings
from gan_playground.surveys import Survey


def stacked_lanes(device: str = "auto") -> Engine[Lane]:
    """Lanes stepped together on ``device``: cpu, cuda, or auto for CUDA where there is one."""

    def make(settings: Settings) -> Lane:
        return create(settings, device)

    def prepare() -> None:
        """Leave the other cores to others, and go once through what a first visitor would wait for.

        Two threads inside an operation collapse when the cores are shared.
        """
        torch.set_num_threads(1)
        lanes = [make(Settings(seed=seed)) for seed in range(2)]
        advance(lanes, 2)
        observe(lanes[0])

    def prepare_surveys() -> None:
        """Measure what a first visitor would wait longest for: the noise floor of the data that opens."""
        torch.set_num_threads(1)
        survey(still(make(Settings())))

    return Engine(
        create=make,
        advance=advance,
        cohort=cohort,
        update=single_update,
        observe=observe,
        prepare=prepare,
        survey=Survey(snapshot=still, measure=survey, keep=keep, prepare=prepare_surveys),
    )
