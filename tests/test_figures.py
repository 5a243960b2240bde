"""A frame as a Plotly figure: what is in the frame is in the figure, and plotly accepts it."""

from dataclasses import replace

import numpy as np
import pytest
from plotly.graph_objects import Figure
from small_frames import FRAMES, line, plane

from gan_playground.page.figures import description, figure


@pytest.mark.parametrize("name", FRAMES)
@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_plotly_accepts_every_frame_in_every_mode(name, mode, lang):
    drawn = figure(FRAMES[name](), mode, lang)
    assert isinstance(drawn, Figure)
    assert drawn.to_json()


def test_the_plane_shows_both_samples_and_the_field_cut_at_the_maps_ends():
    frame = plane()
    data = {trace.get("name", trace["type"]): trace for trace in description(frame)["data"]}
    for name in ("real", "generated"):
        np.testing.assert_allclose(np.stack([data[name]["x"], data[name]["y"]], 1), frame.samples[name])
    field = np.array(data["heatmap"]["z"])
    assert np.nanmin(field) >= -frame.unit.reach
    assert np.nanmax(field) == pytest.approx(frame.unit.reach)
    assert np.isnan(field[0, 0])


def test_the_line_shows_what_is_known_and_leaves_out_what_is_not():
    names = [trace["name"] for trace in description(line())["data"]]
    assert names == ["real p", "generated q", "critic", "best critic T*"]
    unknown = replace(line(), generated=None, optimal_critic=None)
    assert [trace["name"] for trace in description(unknown)["data"]] == ["real p", "critic"]


def test_the_title_says_how_sure_each_number_is():
    title = description(plane())["layout"]["title"]["text"]
    assert "≈ 0.312" in title
    assert "exact ∞" in title
    assert "exp(1225.0)" in description(line())["layout"]["title"]["text"]
    assert "판별자의 하한" in description(line(), lang="ko")["layout"]["title"]["text"]
