"""The package as a library: the names a notebook needs, their examples, and a wheel that works outside the checkout."""

import doctest
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from websockets.sync.client import connect

import gan_playground
from benchmarks.classroom import served

ROOT = Path(gan_playground.__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel has been installed, with nothing of the checkout in it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True, capture_output=True)
    return target


def command(installed: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, str(installed / "bin" / "gan-playground"), *arguments],
        env={**os.environ, "PYTHONPATH": str(installed), **environment},
        cwd=installed.parent,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_importing_the_package_imports_no_library() -> None:
    program = "import sys, gan_playground; print('torch' in sys.modules, 'numpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("name", gan_playground.__all__)
def test_every_name_has_an_example_that_holds(name: str) -> None:
    offered = getattr(gan_playground, name)
    (example,) = doctest.DocTestFinder(recurse=False).find(offered, name, globs={name: offered})
    assert example.examples, f"{name} has no example"
    assert doctest.DocTestRunner().run(example).failed == 0


def test_the_package_s_own_example_holds() -> None:
    held = doctest.testmod(gan_playground, extraglobs={})
    assert held.attempted > 0
    assert held.failed == 0


def test_the_readme_s_map_is_the_layout() -> None:
    drawn = (ROOT / "README.md").read_text(encoding="utf-8").split("## The house")[1].split("```")[1]
    named = [word.rstrip("/") for line in drawn.splitlines() if line.startswith("  ") for word in line[2:24].split()]
    there = {path.name for path in (ROOT / "gan_playground").iterdir() if not path.name.startswith("__pycache__")}
    assert sorted(named) == sorted(there - {"__init__.py"})
    assert len(there) <= 24


def test_a_name_that_is_not_offered_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = gan_playground.nothing


def test_the_wheel_has_the_scripts_the_styles_and_the_words(installed: Path) -> None:
    tracked = {path.relative_to(ROOT / "gan_playground") for path in (ROOT / "gan_playground").rglob("*.*")}
    data = {path for path in tracked if path.suffix in {".js", ".css", ".json", ".ts"} and path.name != "jsconfig.json"}
    assert data
    assert [path for path in sorted(data) if not (installed / "gan_playground" / path).is_file()] == []


def test_the_installed_command_works_in_any_folder(installed: Path) -> None:
    done = command(installed, "divergence", "--p", "N(0,1)", "--q", "N(1,1)", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["kl"] == pytest.approx(0.5)


def test_weights_are_found_by_the_environment_else_one_sentence_says_how(installed: Path, tmp_path: Path) -> None:
    arguments = ("sample", "mnist-kl", "--n", "4", "--out", str(tmp_path / "grid.png"))
    missing = command(installed, *arguments, GAN_PLAYGROUND_PRETRAINED="")
    assert missing.returncode == 2
    assert missing.stderr.count("\n") == 1
    assert "GAN_PLAYGROUND_PRETRAINED" in missing.stderr
    found = command(installed, *arguments, GAN_PLAYGROUND_PRETRAINED=str(ROOT / "pretrained"))
    assert found.returncode == 0, found.stderr
    assert (tmp_path / "grid.png").stat().st_size > 100


def test_the_installed_page_paints_from_whatever_folder_it_is_started_in(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The checkout's page is started elsewhere too, by every browser test."""
    monkeypatch.setenv("PYTHONPATH", str(installed))
    program = [str(installed / "bin" / "gan-playground"), "serve"]
    with (
        served(command=[sys.executable, *program], folder=tmp_path) as (address, _),
        connect(address.replace("http", "ws", 1) + "/live", max_size=None) as link,
    ):
        with urlopen(f"{address}/playground/page.js") as script:
            assert script.status == 200
        link.send(json.dumps({"hello": {"query": "", "token": "", "lang": "en"}}))
        while not isinstance(picture := link.recv(timeout=300), bytes):
            pass
        assert picture[:4] == b"GPF1"
