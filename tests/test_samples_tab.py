"""The Samples tab at its door: a strict grammar for its link, words for all it says, whatever the manifest has."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from spoken import spoken

from gan_playground.images.checkpoints import IMAGE_MODELS, Manifest, manifest
from gan_playground.page import theme
from gan_playground.page.tabs import rejection, samples_link
from gan_playground.page.tabs import samples as tab
from gan_playground.page.tabs.samples_link import SORTS, ordered, sets, visit
from gan_playground.parsing import LONGEST
from gan_playground.serving.sample_requests import PATHS
from gan_playground.words import CATALOGUES, Refusal

WEB = Path(theme.__file__).parent.parent / "web"
HANGUL = re.compile(r"[가-힣]")


@pytest.fixture
def thirteen(monkeypatch) -> Manifest:
    """A manifest with a checkpoint of every MNIST recipe; the order in it is nobody's."""
    found = manifest()
    entry = next(iter(found.entries.values()))
    recipes = IMAGE_MODELS["fgan-mnist"].recipes
    entries = {
        name: replace(entry, name=name, recipe={**entry.recipe, "name": name, "objective": recipe.objective})
        for name, recipe in sorted(recipes.items())
    }
    whole = Manifest(entries, found.yardsticks)
    monkeypatch.setattr(samples_link, "manifest", lambda: whole)
    monkeypatch.setattr(tab, "manifest", lambda: whole)
    return whole


# --- the link -----------------------------------------------------------------------------------------------------


def test_a_link_without_values_is_the_tab_as_it_begins(thirteen):
    begins = sets(thirteen)["mnist"].defaults()
    assert visit("") == visit("mnist") == {"data": "mnist", "values": begins}
    assert begins["checkpoints"] == "mnist-kl,mnist-reverse-kl,mnist-gan,mnist-wgan-gp"


def test_every_checkpoint_may_be_named_in_any_number(thirteen):
    names = ordered(thirteen)
    assert names == list(IMAGE_MODELS["fgan-mnist"].recipes)
    for some in (names, names[:1], names[3:5]):
        found = visit(f"mnist?checkpoints={','.join(some)}&seed=7&psi=0.25&sort=-kid&lead={some[-1]}")["values"]
        assert found["checkpoints"].split(",") == some
        assert (found["seed"], found["psi"], found["sort"], found["lead"]) == ("7", "0.25", "-kid", some[-1])


@pytest.mark.usefixtures("thirteen")
@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("pictures", "'pictures'"),
        ("mnist?seed=-5", "'-5'"),
        ("mnist?seed=1.5", "'1.5'"),
        ("mnist?psi=1.01", "'1.01'"),
        ("mnist?psi=nan", "'nan'"),
        ("mnist?path=straight", "'straight'"),
        ("mnist?a=64", "'64'"),
        ("mnist?x=-0.1", "'-0.1'"),
        ("mnist?sort=beauty", "'beauty'"),
        ("mnist?sort=--kid", "'--kid'"),
        ("mnist?checkpoints=", "''"),
        ("mnist?checkpoints=mnist-kl,mnist-kl", "'mnist-kl,mnist-kl'"),
        ("mnist?checkpoints=mnist-alpha", "'mnist-alpha'"),
        ("mnist?checkpoints=mnist-kl&lead=mnist-gan", "'mnist-gan'"),
        ("mnist?seed=1&seed=2", "'seed'"),
        ("mnist?colour=red", "'colour'"),
        ("mnist?seed", "'seed'"),
        ("mnist?" + "x" * LONGEST, str(LONGEST)),
    ],
)
def test_what_is_refused_gets_a_sentence_in_both_languages(address, named):
    refused = visit(address)["refused"]
    assert named in spoken(refused)
    assert HANGUL.search(spoken(refused, "ko"))
    assert "\n" not in spoken(refused)


@pytest.mark.parametrize("address", [None, 3, ["mnist"], {"mnist": 1}])
def test_a_link_is_text(address):
    assert "refused" in visit(address)


# --- what the script is told --------------------------------------------------------------------------------------


def test_the_book_is_plain_and_follows_the_manifest(thirteen):
    told = tab.whole_book()
    json.dumps(told, allow_nan=False)
    assert list(told["checkpoints"]) == ordered(thirteen)
    assert told["curves"].keys() == told["checkpoints"].keys()
    assert set(told["sets"]) == {"mnist"}


def test_a_latent_s_typical_length_is_the_one_that_its_law_draws(thirteen):
    for name, told in tab.whole_book()["checkpoints"].items():
        z = IMAGE_MODELS[thirteen.entries[name].model].latents(4000, torch.Generator().manual_seed(0))
        assert told["typical"] == pytest.approx(float(z.norm(dim=1).square().mean().sqrt()), rel=0.01)


def test_a_curve_is_three_lists_of_one_length(thirteen):
    points = [{"step": 100 * k, "critic_loss": -1 / k, "generator_loss": 1e-9 * k} for k in range(1, 4)]
    entry = replace(thirteen.entries["mnist-kl"], curve=points)
    curve = tab._curve(entry)
    assert curve["step"] == [100, 200, 300]
    for key in ("critic_loss", "generator_loss"):
        assert curve[key] == pytest.approx([point[key] for point in points], rel=1e-4)
    assert tab._curve(replace(entry, curve=[])) == {"step": [], "critic_loss": [], "generator_loss": []}


def test_without_a_manifest_the_page_still_stands(monkeypatch):
    def missing() -> Manifest:
        raise Refusal("checkpoints.manifest_missing", path="manifest.json")

    monkeypatch.setattr(samples_link, "manifest", missing)
    monkeypatch.setattr(tab, "manifest", missing)
    told = tab.whole_book()
    assert told["sets"] == told["checkpoints"] == {}
    assert "manifest.json" in spoken(told["refused"])
    assert visit("")["refused"] == told["refused"]


def test_published_numbers_are_of_objectives_that_are_trained():
    trained = {recipe.objective.partition(":")[0] for recipe in IMAGE_MODELS["fgan-mnist"].recipes.values()}
    for protocol in tab.whole_book()["published"].values():
        assert protocol.keys() <= trained
        assert all(number["mark"] in CATALOGUES["en"] for number in protocol.values())


# --- its words ----------------------------------------------------------------------------------------------------


def test_every_key_that_the_scripts_name_is_a_sentence():
    places = ("imagetab.js", "tabs/samples.js", "tabs/rejection.js", "samples/*.js", "rejection/*.js")
    texts = {script.name: script.read_text(encoding="utf-8") for place in places for script in WEB.glob(place)}
    named = {key for text in texts.values() for key in re.findall(r'"((?:samples|scores|rejection)\.[\w-]+)"', text)}
    columns = re.findall(r'(?:words|unit): "(\w[\w-]*)"', texts["scores.js"])
    recipe = re.findall(r'\["(recipe_\w+)"', texts["lead.js"])
    sampled = re.findall(r'\["(\w+)", \(row', texts["tables.js"])
    assert len(named) > 120
    assert len(columns) > 15
    assert len(recipe) > 7
    assert len(sampled) == 7
    named |= {f"scores.{key}" for key in columns} | {f"samples.{key}" for key in recipe}
    named |= {f"samples.field_{key}" for key in tab.TRAINED} | {f"samples.walk_unit_{path}" for path in PATHS}
    named |= {f"rejection.column_{key}" for key in sampled}
    assert named <= CATALOGUES["en"].keys()


def test_every_choice_and_sampler_has_its_words():
    told = rejection.whole_book()
    choices = {name: values for name, values in told["choices"].items() if name != "path"}
    named = {f"rejection.{word}" for name, values in choices.items() for word in (name, *values)}
    named |= {f"samples.{path}" for path in (*told["choices"]["path"], "path")}
    for sampler, moved in told["samplers"].items():
        named |= {f"rejection.{key}_{sampler}" for key in ("strictness", "strictness_hint", "gamma_is")}
        named |= {f"rejection.{sampler}_is", f"rejection.{moved['option']}_value" if moved else "rejection.no_value"}
    assert named <= CATALOGUES["en"].keys()


def test_the_table_sorts_by_what_the_link_may_say():
    text = (WEB / "samples" / "scores.js").read_text(encoding="utf-8")
    assert {*re.findall(r'key: "([\w-]+)"', text)} | {"name"} == {*SORTS}
