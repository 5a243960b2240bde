"""A Frame as a Plotly figure, for notebooks: the same stage in the same colours.

``figure(frame)`` is a ``plotly.graph_objects.Figure``; ``description(frame)`` the same as plain lists and
dicts, for whoever draws with another copy of plotly.js. The page itself draws on a canvas.
"""

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from gan_playground.frames import Floats, Frame, Reading
from gan_playground.page.theme import COLOURS, SANS, Mode, critic_map
from gan_playground.words import say
from gan_playground.words.sentences import signed

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

SIDE: Final = 560
"""Height of the figure, and width of a 2-D stage, in pixels."""


def figure(frame: Frame, mode: Mode = "light", lang: str = "en") -> "Figure":
    """The frame's stage as a Plotly figure, in one mode and language.

    >>> from gan_playground import create, observe, recommended
    >>> drawn = figure(observe(create(recommended("fgan-mixture", "kl"), "cpu")), mode="dark")
    >>> [trace.name for trace in drawn.data][:2]
    ['real p', 'generated q']
    """
    from plotly.graph_objects import Figure

    return Figure(description(frame, mode, lang))


def description(frame: Frame, mode: Mode = "light", lang: str = "en") -> dict[str, Any]:
    """The figure as plain data: ``data`` and ``layout`` of plotly.js."""
    colours = COLOURS[mode]
    traces = _line(frame, mode, lang) if len(frame.axes) == 1 else _plane(frame, mode, lang)
    layout: dict[str, Any] = {
        "title": {"text": _title(frame, lang), "x": 0.02, "font": {"size": 15}},
        "font": {"family": ", ".join(SANS), "size": 13, "color": colours["ink"]},
        "paper_bgcolor": colours["paper"],
        "plot_bgcolor": colours["paper"],
        "height": SIDE,
        "margin": {"l": 48, "r": 20, "t": 64, "b": 44},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    }
    ranges = [[float(axis[0]), float(axis[-1])] for axis in frame.axes]
    quiet = {"gridcolor": colours["rule"], "zeroline": False, "linecolor": colours["rule"]}
    if len(frame.axes) == 2:
        layout["width"] = SIDE + 90
        layout["xaxis"] = {**quiet, "range": ranges[0], "constrain": "domain"}
        layout["yaxis"] = {**quiet, "range": ranges[1], "scaleanchor": "x", "constrain": "domain"}
        return {"data": traces, "layout": layout}
    reach = 1.5 * frame.unit.reach
    middle = frame.unit.midpoint
    layout["xaxis"] = {**quiet, "range": ranges[0], "anchor": "y2"}
    layout["yaxis"] = {**quiet, "domain": [0.48, 1.0], "rangemode": "tozero", "title": say("page.density", lang)}
    layout["yaxis2"] = {
        **quiet,
        "domain": [0.0, 0.4],
        "range": [middle - reach, middle + reach],
        "title": f"{say('page.critic_title', lang)} {frame.unit.name}(x)",
    }
    rule = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y2", "y0": middle, "y1": middle}
    layout["shapes"] = [{**rule, "line": {"color": colours["ink"], "width": 1}}]
    return {"data": traces, "layout": layout}


def _title(frame: Frame, lang: str) -> str:
    """The note's statement, and below it step, bound and truth with how sure it is."""
    statement = frame.note.say(lang).replace("**", "")
    parts = [say("page.at_step", lang, step=f"{frame.step:,}")]
    if not np.isnan(frame.bound.value):
        parts.append(f"{say('page.lower_bound', lang)} {_number(frame.bound)}")
    if frame.exact.certainty != "unknown":
        key = "page.reference" if frame.exact.certainty == "approximate" else "page.exact_value"
        parts.append(f"{say(key, lang)} {_number(frame.exact)}")
    return f"{statement}<br><sub>{' · '.join(parts)}</sub>"


def _number(reading: Reading) -> str:
    """A reading as it is read: ≈ before an approximate one, ∞, or exp(…) beyond float64."""
    if reading.certainty == "infinite":
        return "∞"
    sign = "≈ " if reading.certainty == "approximate" else ""
    if np.isinf(reading.value) and not np.isnan(reading.log_value):
        return signed(f"{sign}exp({reading.log_value:.1f})")
    return signed(f"{sign}{reading.value:.3g}")


def _scale(mode: Mode) -> list[tuple[float, str]]:
    """The critic's map as a Plotly colour scale."""
    places = np.linspace(-1, 1, 33)
    return [
        (float((place + 1) / 2), "rgb({:.0f},{:.0f},{:.0f})".format(*colour))
        for place, colour in zip(places, critic_map(mode, places), strict=True)
    ]


def _plane(frame: Frame, mode: Mode, lang: str) -> list[dict[str, Any]]:
    """Field, contours, rings, discs and the bold undecided line."""
    colours, unit = COLOURS[mode], frame.unit
    x, y = (axis.tolist() for axis in frame.axes)
    low, high = unit.midpoint - unit.reach, unit.midpoint + unit.reach
    field = np.asarray(frame.critic, np.float64)
    shown = np.where(np.isfinite(field), field, np.nan)
    ground = {
        "type": "heatmap",
        "x": x,
        "y": y,
        "z": np.clip(shown, low, high).tolist(),
        "zmin": low,
        "zmax": high,
        "zsmooth": "best",
        "colorscale": _scale(mode),
        "colorbar": {
            "title": unit.name,
            "thickness": 12,
            "tickvals": [low, unit.midpoint, high],
            "ticktext": [say("page.looks_generated", lang), say("page.undecided", lang), say("page.looks_real", lang)],
        },
        "hovertemplate": f"{unit.name} %{{z:.3g}}<extra></extra>",
    }
    return [
        ground,
        *(_contour(x, y, shown, level, colours["ink"], 1.0, 0.34) for level in unit.levels(8).tolist()),
        _points(frame.samples.get("real"), say("page.layer_real", lang), "circle-open", colours["real"], 7),
        _points(frame.samples.get("generated"), say("page.layer_generated", lang), "circle", colours["generated"], 6),
        _contour(x, y, shown, unit.midpoint, colours["ink"], 2.2, 0.85),
    ]


def _contour(x: list[float], y: list[float], z: Floats, level: float, ink: str, width: float, alpha: float) -> dict:
    return {
        "type": "contour",
        "x": x,
        "y": y,
        "z": z.tolist(),
        "contours": {"type": "constraint", "operation": "=", "value": level, "showlabels": False},
        "line": {"color": ink, "width": width},
        "opacity": alpha,
        "showlegend": False,
        "showscale": False,
        "hoverinfo": "skip",
    }


def _points(points: Floats | None, name: str, symbol: str, colour: str, size: int) -> dict[str, Any]:
    at = np.empty((0, 2)) if points is None else np.asarray(points)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": at[:, 0].tolist(),
        "y": at[:, 1].tolist(),
        "marker": {"symbol": symbol, "color": colour, "size": size, "line": {"width": 1.7}},
        "hoverinfo": "skip",
    }


def _line(frame: Frame, mode: Mode, lang: str) -> list[dict[str, Any]]:
    """P and q, filled, above; T and T* below."""
    colours = COLOURS[mode]
    curves = [
        (frame.target, say("page.layer_p", lang), colours["real"], "solid", "y", True),
        (frame.generated, say("page.layer_q", lang), colours["generated"], "solid", "y", True),
        (frame.critic, say("page.layer_critic_line", lang), colours["critic"], "solid", "y2", False),
        (frame.optimal_critic, say("page.layer_best_critic", lang), colours["ink"], "7px,4px", "y2", False),
    ]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": frame.axes[0].tolist(),
            "y": np.where(np.isfinite(values), values, np.nan).tolist(),
            "yaxis": axis,
            "line": {"color": colour, "width": 2.4, "dash": dash},
            "fill": "tozeroy" if filled else "none",
        }
        for values, name, colour, dash, axis, filled in curves
        if values is not None
    ]
