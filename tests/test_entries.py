"""One entry each: a copy of the house gets one entry in one file, and its words; it must then be found everywhere."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted(file.name for file in (ROOT / "gan_playground/words").glob("*.json"))


class House:
    """A copy of the package and its tests, to which entries can be added as an engineer would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("gan_playground", "tests", "benchmarks"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "requirements.txt", "README.md", "app.py"):
            shutil.copy(ROOT / name, folder / name)

    def edit(self, file: str, change: Callable[[str], str]) -> None:
        path = self.folder / file
        before = path.read_text(encoding="utf-8")
        after = change(before)
        assert after != before
        path.write_text(after, encoding="utf-8")

    def say(self, like: str, key: str) -> None:
        """Give ``key`` the words of ``like`` in every catalogue."""
        for name in CATALOGUES:
            self.edit(
                f"gan_playground/words/{name}",
                lambda text: re.sub(
                    rf'^( *)"{re.escape(like)}((?:_\w+)?)": (".*?"),?$',
                    lambda line: f'{line[0].rstrip(",")},\n{line[1]}"{key}{line[2]}": {line[3]},',
                    text,
                    flags=re.MULTILINE,
                ),
            )

    def run(self, *arguments: str) -> str:
        environment = {
            **os.environ,
            "PYTHONPATH": str(self.folder),
            "GAN_PLAYGROUND_PRETRAINED": str(ROOT / "pretrained"),
        }
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    def laws(self, file: str, key: str) -> int:
        """Run the laws of a family on its new member; how many there are."""
        told = self.run("-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", file, "-k", key)
        found = re.search(r"(\d+) passed", told) or re.search(r"^(\.+) +\[100%\]", told, re.MULTILINE)
        assert found is not None, told
        return int(found[1]) if found[1].isdigit() else len(found[1])


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "house")


def test_a_divergence_is_one_entry(house: House) -> None:
    def another(text: str) -> str:
        (entry,) = re.findall(r'    Divergence\(\n        key="kl",\n.*?\n    \),\n', text, re.DOTALL)
        return text.replace(entry, entry + entry.replace('key="kl"', 'key="kl-again"'))

    house.edit("gan_playground/theory/divergences/members.py", another)
    house.say("objective.kl", "objective.kl-again")
    house.run(
        "-c",
        """
from gan_playground.page.controls import declaration
from gan_playground.page.panels import family
from gan_playground.settings import Settings
from gan_playground.theory.densities import normal
from gan_playground.theory.divergence_table import exact_table
from gan_playground.theory.shifted_laws import SHIFTED_LAWS
assert "kl-again" in str(declaration()), "menu"
assert Settings.from_query("?objective=kl-again").query() == "?objective=kl-again", "link"
assert abs(exact_table(normal(0.0, 1.0), normal(1.0, 1.0))["kl-again"] - 0.5) < 1e-9, "table"
assert "kl-again" in SHIFTED_LAWS["gaussians"].distances, "shifted laws"
from gan_playground import create, advance, observe
run = create(Settings.from_query("?objective=kl-again&data=fgan-mixture&generator=linear&latent=1"), "cpu")
advance([run], 3)
assert observe(run).exact.certainty == "exact", "a run, with its exact value"
""",
    )
    told = house.run("-m", "gan_playground", "divergence", "--p", "N(0,1)", "--q", "N(1,1)")
    assert re.search(r"^kl-again +0\.5", told, re.MULTILINE)
    # test_divergences_float32 states each member's maps a second time, in many digits, and has to be told of a new one
    assert house.laws("tests/laws/test_divergences.py", "kl-again") >= 10


def test_a_toy_is_one_entry(house: House) -> None:
    def another(text: str) -> str:
        builder = (
            "def _ring_again(distance: float, mixture: str) -> Toy:\n"
            "    from dataclasses import replace\n\n"
            '    return replace(_ring(distance, mixture), key="ring-again")\n\n\n'
        )
        at = text.index("TOYS: Final")
        entry = '    "ring": ToyRecord(2, _ring),\n'
        return text[:at] + builder + text[at:].replace(entry, entry + '    "ring-again": ToyRecord(2, _ring_again),\n')

    house.edit("gan_playground/data/toys.py", another)
    house.say("data.ring", "data.ring-again")
    house.run(
        "-c",
        """
from gan_playground import advance, create, observe, recommended
from gan_playground.page.controls import declaration
from gan_playground.settings import Settings
assert "ring-again" in str(declaration()), "menu"
assert Settings.from_query("?data=ring-again").query() == "?data=ring-again", "link"
run = create(recommended("ring-again", "js"), "cpu")
advance([run], 3)
assert observe(run).settings.data == "ring-again", "a run"
""",
    )
    told = house.run("-m", "gan_playground", "toy", "--data", "ring-again", "--steps", "3", "--json")
    assert '"w2_floor"' in told
    assert house.laws("tests/laws/test_toys.py", "ring-again") >= 4


def test_a_paper_s_result_is_one_module_and_its_name_in_the_list(house: House) -> None:
    papers = "gan_playground/papers"
    module = (house.folder / papers / "em_boxes.py").read_text(encoding="utf-8")
    (house.folder / papers / "em_again.py").write_text(module.replace('name="em-boxes"', 'name="em-again"'), "utf-8")
    house.edit(
        f"{papers}/__init__.py", lambda text: re.sub(r"^( +)em_boxes,", r"\1em_boxes,\n\1em_again,", text, flags=re.M)
    )
    assert "em-again" in house.run("-m", "gan_playground", "reproduce", "--list")
    assert "em-again" in house.run("-m", "gan_playground", "reproduce", "em-again")
    program = "from gan_playground.page.panels import results; print(results.PANEL.book())"
    assert "em-again" in house.run("-c", program)


def test_an_image_recipe_is_one_entry(house: House) -> None:
    house.edit(
        "gan_playground/images/models/fgan_mnist.py",
        lambda text: text.replace(
            "MODEL: Final", 'RECIPES = (*RECIPES, replace(RECIPES[0], name="mnist-again"))\nMODEL: Final'
        ),
    )
    program = "from gan_playground.images.pretrain import recipe_named; print(recipe_named('mnist-again').name)"
    assert house.run("-c", program).strip() == "mnist-again"
