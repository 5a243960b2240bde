"""Two small frames, one in the plane and one on the line, whose every number is a ratio of small whole numbers."""

import numpy as np

from gan_playground.frames import Frame, History, Modes, Reading, Transport, Unit
from gan_playground.settings import Settings
from gan_playground.words import Note


def plane(step: int = 20) -> Frame:
    x, y = np.linspace(-2, 2, 9), np.linspace(-3, 3, 7)
    critic = x[None, :] * y[:, None] / 3 + 40 * (x[None, :] > 1.5)
    critic[0, 0] = np.nan
    density = np.maximum(0, 4 - x[None, :] ** 2) * np.maximum(0, 9 - y[:, None] ** 2) / 128
    points = np.stack([np.arange(-3, 4) / 2, np.arange(7) - 3.0], 1)
    rows = np.arange(0, step + 1, 10.0)
    return Frame(
        settings=Settings(),
        step=step,
        axes=(x, y),
        unit=Unit("T", 0.0, 0.75),
        critic=critic,
        optimal_critic=None,
        target=density,
        generated=None,
        generated_certainty="unknown",
        samples={"real": points, "generated": points / 2, "pull": -points[:3] / 4},
        history=History(
            {"step": rows, "bound": rows / 64, "exact": np.full(len(rows), np.nan)},
            (Transport(10, 1000, 0.5, 0.75, (0.125, 0.25), (0.25, 0.375), None, Reading(0.5, "approximate", 0.125)),),
            (Modes(20, 1000, np.array([500, 250, 0]), 0.75, 0.25, float("nan")),),
        ),
        bound=Reading(0.3125, "approximate", 0.0625),
        exact=Reading(float("inf"), "infinite", why=Note("notes.of_no_area"), step=10),
        note=Note("notes.modes", {"what": Note("notes.of_missing", {"missing": 1, "all": 3}), "why": "왜"}),
        warnings=(Note("notes.momentum_on_clipped_critic"),),
        modes=Modes(step, 7, np.array([4, 1, 0]), 0.625, 0.5, float("nan")),
    )


def line(step: int = 30) -> Frame:
    x = np.linspace(-4, 4, 17)
    rows = np.arange(0, step + 1, 10.0)
    columns = {"step": rows, "bound": rows / 32, "exact": rows / 16, "mu": rows / 8, "sigma": 1 + rows / 8}
    return Frame(
        settings=Settings(data="uniform"),
        step=step,
        axes=(x,),
        unit=Unit("T", 1.0, 0.75),
        critic=x / 4,
        optimal_critic=np.where(np.abs(x) > 3, -np.inf, 1 - x / 8),
        target=(np.abs(x) <= 2) / 4,
        generated=np.maximum(0, 4 - np.abs(x)) / 16,
        generated_certainty="exact",
        samples={"real": x[4:13, None], "generated": x[::2, None] / 2},
        history=History(columns),
        bound=Reading(0.25, "exact", 0.0),
        exact=Reading(float("inf"), "exact", log_value=1225.0),
        note=Note("notes.press_play_line"),
        stopped=Note("notes.press_play_line"),
        best_fit=(0.5, 1.5, 0.125),
        landscape={"mu": x[:3], "sigma": x[-2:], "value": np.array([[1.0, np.inf, 0.5], [0.25, 0.5, 1.0]])},
    )


FRAMES = {"plane": plane, "line": line}
