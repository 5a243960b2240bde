"""A rebuilt result as one page that needs nothing else: its charts by Plotly, its numbers below."""

from html import escape
from typing import Any, Final

import numpy as np

from gan_playground.page.theme import COLOURS, MONO, SANS, Mode
from gan_playground.papers import Report
from gan_playground.papers.printing import as_text
from gan_playground.papers.record import Array, Chart, Curve, Surface
from gan_playground.words import say

DASHES: Final = {"solid": "solid", "dashed": "7px,4px", "dotted": "2px,4px", "points": "solid"}
WIDTH, HEIGHT = 560, 420
LEVELS: Final = 24


def html(report: Report, mode: Mode = "light", lang: str = "en") -> str:
    """Return the result as a whole HTML page, plotly.js within it."""
    from plotly.graph_objects import Figure
    from plotly.io import to_html

    colours = COLOURS[mode]
    figures = [
        to_html(Figure(description(chart, mode, lang)), full_html=False, include_plotlyjs=place == 0)
        for place, chart in enumerate(report.outcome.charts)
    ]
    style = (
        f"body{{margin:20px;background:{colours['page']};color:{colours['ink']};font:14px {_faces(SANS)};}}"
        f"main{{display:flex;flex-wrap:wrap;gap:20px}}figure{{margin:0;background:{colours['paper']};"
        f"border:1px solid {colours['rule']};border-radius:10px;padding:8px;max-width:100%;overflow-x:auto}}"
        f"pre{{font:13px {_faces(MONO)};overflow-x:auto}}"
    )
    return (
        f'<!doctype html><html lang="{escape(lang)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(report.result.name)} – GAN Playground</title><style>{style}</style></head><body>"
        f"<h1>{escape(report.result.name)}</h1><main>"
        + "".join(f"<figure>{figure}</figure>" for figure in figures)
        + f"</main><pre>{escape(as_text(report, lang))}</pre></body></html>"
    )


def description(chart: Chart, mode: Mode = "light", lang: str = "en") -> dict[str, Any]:
    """Return one chart as plain data: ``data`` and ``layout`` of plotly.js."""
    colours = COLOURS[mode]
    quiet = {"gridcolor": colours["rule"], "zeroline": False, "linecolor": colours["rule"]}
    layout: dict[str, Any] = {
        "title": {"text": chart.title, "x": 0.02, "font": {"size": 15}},
        "font": {"family": _faces(SANS), "size": 13, "color": colours["ink"]},
        "paper_bgcolor": colours["paper"],
        "plot_bgcolor": colours["paper"],
        "width": WIDTH,
        "height": HEIGHT,
        "margin": {"l": 64, "r": 20, "t": 76, "b": 48},
        "legend": {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0},
        "xaxis": {**quiet, "title": {"text": chart.x}},
        "yaxis": {**quiet, "title": {"text": chart.y}, "type": "log" if chart.log_y else "linear"},
    }
    traces = [_curve(curve, colours[curve.role]) for curve in chart.curves]
    if chart.field is not None:
        traces = [*_field(chart.field, mode, lang), *traces]
        layout["xaxis"] |= {"range": [float(chart.field.x[0]), float(chart.field.x[-1])], "constrain": "domain"}
        layout["yaxis"] |= {
            "range": [float(chart.field.y[0]), float(chart.field.y[-1])],
            "scaleanchor": "x",
            "constrain": "domain",
        }
    return {"data": traces, "layout": layout}


def _curve(curve: Curve, colour: str) -> dict[str, Any]:
    points = curve.style == "points"
    return {
        "type": "scatter",
        "mode": "markers" if points else "lines",
        "name": curve.name,
        "x": np.asarray(curve.x, float).tolist(),
        "y": [value if np.isfinite(value) else None for value in np.asarray(curve.y, float).tolist()],
        "line": {"color": colour, "width": 2.4, "dash": DASHES[curve.style]},
        "marker": {"color": colour, "size": 8},
    }


def _field(field: Surface, mode: Mode, lang: str) -> list[dict[str, Any]]:
    colours = COLOURS[mode]
    low, high = np.nanmin(field.z), np.nanmax(field.z)
    lines = {
        "type": "contour",
        "x": field.x.tolist(),
        "y": field.y.tolist(),
        "z": field.z.tolist(),
        "colorscale": [[0, colours["map-generated"]], [0.5, colours["map-undecided"]], [1, colours["map-real"]]],
        "contours": {"start": float(low), "end": float(high), "size": float(high - low) / LEVELS or 1.0},
        "line": {"color": colours["ink3"], "width": 1},
        "colorbar": {"thickness": 12},
    }
    points = [
        _points(at, say(f"papers.{role}", lang), colours[role], symbol)
        for at, role, symbol in ((field.generated, "generated", "circle"), (field.real, "real", "circle-open"))
        if at is not None
    ]
    return [lines, *points]


def _points(at: Array, name: str, colour: str, symbol: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": at[:, 0].tolist(),
        "y": at[:, 1].tolist(),
        "marker": {"color": colour, "size": 4, "symbol": symbol},
        "hoverinfo": "skip",
    }


def _faces(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" if " " in name else name for name in names)
