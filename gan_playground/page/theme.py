"""The theme: every colour of the product, in light and dark, and the type; nothing else names a colour.

Chrome is ink and paper; colour is data. Blue is real, orange is generated, plum is the critic, and
exact truth is never a hue: it is ink, dashed. ``tests/test_theme.py`` recomputes the contrast and the
colour-blind distances that these values were chosen for.
"""

from collections.abc import Mapping
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

Mode = Literal["light", "dark"]

COLOURS: Final[Mapping[Mode, Mapping[str, str]]] = {
    "light": {
        "page": "#F5F6F8",
        "paper": "#FFFFFF",
        "sunk": "#ECEEF2",
        "rule": "#D8DCE3",
        "ink": "#14181F",
        "ink2": "#47505E",
        "ink3": "#646D7B",
        "real": "#0B5FB8",
        "generated": "#BF420A",
        "critic": "#8A2768",
        "map-generated": "#F9CFB2",
        "map-undecided": "#F8F7F5",
        "map-real": "#B9D7F8",
        "warn-ground": "#FFF1C2",
        "warn-ink": "#5C4100",
    },
    "dark": {
        "page": "#0C0F14",
        "paper": "#14181F",
        "sunk": "#1E242D",
        "rule": "#2F3742",
        "ink": "#F2F4F7",
        "ink2": "#BAC2CE",
        "ink3": "#939DAB",
        "real": "#62B2FF",
        "generated": "#FFA05C",
        "critic": "#F0559F",
        "map-generated": "#66310F",
        "map-undecided": "#1B2028",
        "map-real": "#154274",
        "warn-ground": "#3A2E0A",
        "warn-ink": "#FFD979",
    },
}
"""Six digits each: a canvas parses them by pairs."""

SANS: Final = (
    "IBM Plex Sans",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "Noto Sans KR",
    "NanumGothic",
    "system-ui",
    "sans-serif",
)
MONO: Final = ("IBM Plex Mono", "ui-monospace", "monospace")
WEIGHTS: Final = (400, 700)
"""The only weights whose files, as Gradio bundles them, hold every Latin letter and figure."""

MAP_EASE: Final = 0.8
"""The critic's map mixes middle and end by ``|v / reach| ** MAP_EASE``, cut at 1."""


def critic_map(mode: Mode, places: NDArray[np.floating]) -> NDArray[np.float64]:
    """The critic's colours at ``places`` ``[n]``, (v - midpoint) / reach -> red, green, blue ``[n, 3]``, 0 to 255."""
    colours = COLOURS[mode]
    middle, low, high = (_rgb(colours[f"map-{name}"]) for name in ("undecided", "generated", "real"))
    ends = np.where(places[:, None] < 0, low, high)
    return middle + (ends - middle) * np.minimum(np.abs(places[:, None]), 1) ** MAP_EASE


def _rgb(colour: str) -> NDArray[np.float64]:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], float)


def variables() -> str:
    """The tokens as CSS variables: light on the root, dark below the class Gradio puts on the body."""
    fonts = {"sans": _families(SANS), "mono": _families(MONO)}
    light = {**COLOURS["light"], **fonts, "map-ease": str(MAP_EASE)}
    return _rule(":root", light) + _rule(".dark", COLOURS["dark"])


_ONE_MODE: Final = {"color_accent"}
"""Gradio variables that have no twin for the dark mode."""


def gradio_variables() -> dict[str, str]:
    """Gradio's own theme variables in our tokens, for what is drawn by ordinary components.

    Keyword arguments of ``gr.themes.Base().set``; every colour is a token, so both modes follow.
    """
    tokens = {
        "body_background_fill": "page",
        "body_text_color": "ink",
        "body_text_color_subdued": "ink3",
        "background_fill_primary": "paper",
        "background_fill_secondary": "page",
        "block_background_fill": "paper",
        "block_border_color": "rule",
        "block_label_background_fill": "paper",
        "block_label_text_color": "ink",
        "block_title_text_color": "ink",
        "block_info_text_color": "ink3",
        "border_color_primary": "rule",
        "border_color_accent": "ink",
        "color_accent": "ink",
        "color_accent_soft": "sunk",
        "input_background_fill": "paper",
        "input_border_color": "rule",
        "input_border_color_focus": "ink",
        "input_placeholder_color": "ink3",
        "slider_color": "ink2",
        "checkbox_background_color": "paper",
        "checkbox_background_color_selected": "ink",
        "checkbox_border_color": "rule",
        "checkbox_border_color_selected": "ink",
        "checkbox_label_background_fill": "paper",
        "checkbox_label_background_fill_selected": "paper",
        "checkbox_label_border_color": "rule",
        "checkbox_label_border_color_selected": "ink",
        "checkbox_label_text_color": "ink",
        "checkbox_label_text_color_selected": "ink",
        "button_primary_background_fill": "ink",
        "button_primary_background_fill_hover": "ink2",
        "button_primary_text_color": "paper",
        "button_primary_border_color": "ink",
        "button_secondary_background_fill": "paper",
        "button_secondary_background_fill_hover": "sunk",
        "button_secondary_text_color": "ink",
        "button_secondary_border_color": "rule",
        "table_border_color": "rule",
        "table_even_background_fill": "paper",
        "table_odd_background_fill": "paper",
        "link_text_color": "ink",
        "loader_color": "ink",
        "error_background_fill": "warn-ground",
        "error_text_color": "warn-ink",
        "error_border_color": "warn-ink",
        "error_icon_color": "warn-ink",
    }
    fills = {key: f"var(--{token})" for key, token in tokens.items()}
    both = {f"{key}_dark": value for key, value in fills.items() if key not in _ONE_MODE}
    sizes = {"block_radius": "10px", "input_radius": "8px", "button_large_radius": "8px", "block_shadow": "none"}
    return fills | both | sizes


def _families(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' if " " in name else name for name in names)


def _rule(selector: str, values: Mapping[str, str]) -> str:
    return selector + " {" + " ".join(f"--{key}: {value};" for key, value in values.items()) + "}\n"
