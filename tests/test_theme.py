"""The theme's promises, recomputed: contrast after WCAG 2, distances in OKLab for four kinds of eyes."""

import json
import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from gan_playground.page import theme
from gan_playground.page.theme import COLOURS, MAP_EASE, Mode, critic_map, gradio_variables

MODES: tuple[Mode, ...] = ("light", "dark")

# Machado, Oliveira, Fernandes (2009), table 1, severity 1, on linear RGB.
EYES = {
    "none": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}


def rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255


def linear(srgb: np.ndarray) -> np.ndarray:
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def contrast(first: np.ndarray, second: np.ndarray) -> float:
    light = sorted(float(linear(colour) @ (0.2126, 0.7152, 0.0722)) for colour in (first, second))
    return (light[1] + 0.05) / (light[0] + 0.05)


def oklab(colour: np.ndarray) -> np.ndarray:
    """Ottosson's OKLab of linear RGB."""
    lms = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return lab @ np.cbrt(lms @ colour)


def seen(colour: str, eye: str) -> np.ndarray:
    return oklab(np.clip(EYES[eye] @ linear(rgb(colour)), 0, 1))


def field_colours(mode: Mode) -> list[np.ndarray]:
    """The critic's map as it is drawn: the middle mixed towards each end."""
    ends = [rgb(COLOURS[mode][name]) for name in ("map-generated", "map-real")]
    middle = rgb(COLOURS[mode]["map-undecided"])
    return [middle + (end - middle) * t**MAP_EASE for end in ends for t in np.linspace(0, 1, 33)]


def test_both_modes_have_the_same_tokens_in_six_digits():
    assert COLOURS["light"].keys() == COLOURS["dark"].keys()
    for mode in MODES:
        for colour in COLOURS[mode].values():
            assert len(colour) == 7
            assert colour[0] == "#"
            assert colour.upper() == colour
            int(colour[1:], 16)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("text", ["ink", "ink2", "ink3", "real", "generated", "critic"])
def test_text_reads_on_paper_and_page(mode, text):
    colour = rgb(COLOURS[mode][text])
    assert contrast(colour, rgb(COLOURS[mode]["paper"])) >= 5.2 - 0.05
    assert contrast(colour, rgb(COLOURS[mode]["page"])) >= 4.8 - 0.05


@pytest.mark.parametrize("mode", MODES)
def test_a_warning_reads_on_its_ground_and_chrome_on_ink(mode):
    colours = COLOURS[mode]
    assert contrast(rgb(colours["warn-ink"]), rgb(colours["warn-ground"])) >= 7
    assert contrast(rgb(colours["paper"]), rgb(colours["ink"])) >= 7
    assert contrast(rgb(colours["ink2"]), rgb(colours["sunk"])) >= 4.5


@pytest.mark.parametrize(("mode", "least"), [("light", 3.5), ("dark", 3.1)])
@pytest.mark.parametrize("mark", ["real", "generated", "critic"])
def test_marks_stand_out_on_every_colour_of_the_field(mode, least, mark):
    colour = rgb(COLOURS[mode][mark])
    assert min(contrast(colour, ground) for ground in field_colours(mode)) >= least - 0.05


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("mode", "least"), [("light", 13), ("dark", 12)])
def test_actors_differ_for_every_eye(mode, least, eye):
    actors = [seen(COLOURS[mode][name], eye) for name in ("real", "generated", "critic", "ink")]
    nearest = min(float(np.linalg.norm(a - b)) for a, b in combinations(actors, 2))
    assert 100 * nearest >= least - 0.5


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("mode", MODES)
def test_the_ends_of_the_field_differ_for_every_eye(mode, eye):
    ends = [seen(COLOURS[mode][name], eye) for name in ("map-generated", "map-real")]
    assert 100 * float(np.linalg.norm(ends[0] - ends[1])) >= 9.7


def test_sheets_and_scripts_name_no_colour_and_only_variables_that_exist():
    web = Path(theme.__file__).parent.parent / "web"
    texts = {sheet.name: sheet.read_text(encoding="utf-8") for sheet in [*web.rglob("*.css"), *web.rglob("*.js")]}
    assert len(texts) > 10
    tokens = set(re.findall(r"--([\w-]+):", theme.variables()))
    assert tokens >= COLOURS["light"].keys()
    # Lengths and shares that a script or a sheet sets for itself.
    set_there = re.compile(r'(?:setProperty\("|[;{"\s])--([\w-]+)["\s]*[:,]')
    own = {name for text in texts.values() for name in set_there.findall(text)}
    colour = re.compile(r"#(?!FFFFFF|000000)[0-9a-fA-F]{3,8}\b(?=[;\s,)\"'])|\brgba?\(\s*\d|\bhsla?\(")
    for name, text in texts.items():
        assert not colour.findall(text), name  # pure white and black are masks, not paint
        assert set(re.findall(r"var\(--([\w-]+)", text)) <= tokens | own, name


def test_gradios_own_colours_are_tokens():
    fills = [value for value in gradio_variables().values() if value.startswith("var(")]
    assert len(fills) > 40
    assert all(value.removeprefix("var(--").removesuffix(")") in COLOURS["light"] for value in fills)


# --- the map that the browser makes of the tokens ------------------------------------------------

GOLDEN = Path(__file__).parent / "web" / "golden" / "critic_map.json"
SHOWN = np.arange(0, 256, 5)
"""The colours of the browser's table, from -1 to 1, that are compared."""


def described(mode: Mode) -> dict:
    tokens = [COLOURS[mode][f"map-{name}"] for name in ("generated", "undecided", "real")]
    colours = critic_map(mode, (SHOWN - 127.5) / 127.5)
    return {"tokens": tokens, "ease": MAP_EASE, "shown": SHOWN.tolist(), "colours": colours.round(3).tolist()}


@pytest.mark.parametrize("mode", MODES)
def test_the_map_is_the_one_the_browser_is_tested_with(mode):
    assert json.loads(GOLDEN.read_text(encoding="utf-8"))[mode] == described(mode)


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps({mode: described(mode) for mode in MODES}) + "\n", encoding="utf-8")
