import json
import math
import subprocess
import sys

import pytest

from gan_playground.__main__ import main
from gan_playground.theory.divergences import DIVERGENCES, FAMILIES


def run(capsys, *arguments):
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_divergence_prints_every_divergence_by_its_bare_key(capsys):
    code, out, _ = run(capsys, "divergence", "--p", "N(0,1)", "--q", "N(1,1)", "--json")
    assert code == 0
    table = json.loads(out)
    assert {*DIVERGENCES, *FAMILIES, "jsd", "w1"} <= table.keys()
    assert table["kl"] == pytest.approx(0.5, rel=1e-6)
    assert table["pearson"] == pytest.approx(math.e - 1, rel=1e-6)
    assert table["w1"] == pytest.approx(1, rel=1e-6)
    assert table["js"] == pytest.approx(2 * table["jsd"], rel=1e-9)


def test_divergence_says_inf_where_the_integral_diverges(capsys):
    _, out, _ = run(capsys, "divergence", "--p", "N(0,1)", "--q", "N(0,0.5)", "--json")
    table = json.loads(out)
    assert table["pearson"] == "inf"
    assert math.isfinite(table["kl"])


def test_divergence_prints_a_value_beyond_float64_by_its_logarithm(capsys):
    _, out, _ = run(capsys, "divergence", "--p", "N(0,1)", "--q", "N(35,1)", "--json")
    assert json.loads(out)["pearson"] == "exp(1225.0)"


def test_divergence_says_how_sure_each_value_is(capsys):
    laws = ["--p", "0.5*N(0,1)+0.5*N(35,1)", "--q", "Laplace(0,0.01)"]
    _, out, _ = run(capsys, "divergence", *laws, "--errors", "--json")
    table = json.loads(out)
    assert {*DIVERGENCES, *FAMILIES, "jsd", "w1"} <= table.keys()
    assert all(row.keys() == {"value", "certainty", "error"} for row in table.values())
    assert table["neyman"] == {"value": "inf", "certainty": "infinite", "error": 0.0}
    assert table["pearson"]["value"].startswith("exp(")
    for key in ("kl", "js", "w1", "gan"):
        assert table[key]["certainty"] == "exact"
        assert 0 < table[key]["error"] < 1e-8 * abs(table[key]["value"])
    _, lines, _ = run(capsys, "divergence", *laws, "--errors")
    assert [line.split()[0] for line in lines.splitlines()] == list(table)
    assert "±" in lines
    assert "infinite" in lines


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["divergence", "--p", "0.5*N(0,1)", "--q", "N(0,1)"], "0.5"),
        (["divergence", "--p", "N(0,-1)", "--q", "N(0,1)"], "-1"),
        (["divergence", "--p", "N(0,nan)", "--q", "N(0,1)"], "nan"),
        (["divergence", "--p", "cauchy", "--q", "N(0,1)"], "cauchy"),
        (["toy", "--data", "24-gaussians"], "24-gaussians"),
        (["toy", "--objective", "klx"], "klx"),
        (["toy", "--steps", "-3"], "-3"),
        (["toy", "--seed", "1.5"], "1.5"),
        (["toy", "--set", "critic_rate"], "critic_rate"),
        (["toy", "--set", "critic_rate=nan"], "nan"),
        (["toy", "--set", "colour=red"], "colour"),
        (["toy", "--device", "tpu"], "tpu"),
        (["sample", "no-such-checkpoint"], "no-such-checkpoint"),
        (["sample", "mnist-kl", "--n", "many"], "many"),
        (["sample", "mnist-kl", "--out", "grid.gif"], "grid.gif"),
        (["sample", "mnist-kl", "--out", "no/such/folder/grid.png"], "no/such/folder/grid.png"),
        (["evaluate", "no-such-checkpoint"], "no-such-checkpoint"),
        (["evaluate", "mnist-kl", "--data", "no/such/folder"], "no/such/folder"),
        (["evaluate", "all", "--folder", "no/such/folder"], "no/such/folder"),
        (["pretrain", "no-such-recipe"], "no-such-recipe"),
        (["pretrain", "mnist-kl", "--data", "no/such/folder"], "no/such/folder"),
        (["fly"], "fly"),
        (["toy", "--wings"], "wings"),
        ([], "COMMAND"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_bad_input_gets_one_sentence_and_exit_code_2(capsys, arguments, named):
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1
    assert named in err
    assert err.rstrip().endswith(".")


def test_bad_input_leaves_no_traceback_in_a_real_process():
    command = [sys.executable, "-m", "gan_playground", "toy", "--data", "24-gaussians"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "24-gaussians" in done.stderr


def test_toy_prints_its_metrics(capsys):
    code, out, _ = run(capsys, "toy", "--data", "8-gaussians", "--objective", "gan", "--steps", "20", "--json")
    assert code == 0
    metrics = json.loads(out)["metrics"]
    assert {"modes", "high_quality", "kl_modes", "sd_ratio", "w2", "seconds", "steps_per_s"} <= metrics.keys()
    assert 0 <= metrics["modes"] <= 8
    assert 0 <= metrics["high_quality"] <= 1
    assert metrics["w2"] > 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--data", "two-moons"),
        ("--data", "ring", "--set", "latent=1"),
        ("--data", "ring", "--set", "noise=uniform"),
        ("--data", "fgan-mixture", "--objective", "kl"),
        ("--data", "fgan-mixture", "--set", "generator=mlp", "--set", "latent=2"),
    ],
)
def test_toy_tells_every_divergence_of_the_trained_model_and_both_distances(capsys, arguments):
    code, out, _ = run(capsys, "toy", *arguments, "--steps", "20", "--json")
    assert code == 0
    told = json.loads(out)
    assert list(told["divergences"]) == list(DIVERGENCES)
    unknown = "latent=2" in arguments
    for key, one in told["divergences"].items():
        at_one = DIVERGENCES[key].at_one
        assert one["certainty"] in ("exact", "approximate", "infinite", "unknown")
        assert (one["certainty"] == "infinite") == (one["value"] == "inf")
        assert (one["certainty"] == "unknown") == (one["value"] is None)
        assert not unknown or one["value"] is None
        if one["certainty"] in ("exact", "approximate"):
            assert one["value"] >= at_one
            assert 0.0 <= one["error"] < 1.0 + one["value"] - at_one
        else:
            assert one["error"] is None
    bounded = told["divergences"]["js"]["value"]
    assert unknown == (bounded is None)
    for order in ("w1", "w2"):
        low, high = told["metrics"][f"{order}_floor"]
        assert 0.0 < low <= high
        assert told["metrics"][order] > 0.0
    assert told["metrics"]["w1"] <= told["metrics"]["w2"]


def test_toy_runs_what_is_set(capsys):
    arguments = ["--set", "critic_rate=0.004", "--set", "batch=64", "--steps", "2", "--json"]
    code, out, _ = run(capsys, "toy", *arguments)
    assert code == 0
    assert "critic_rate=0.004" in json.loads(out)["query"]


def test_toy_without_modes_has_null_scores(capsys):
    _, out, _ = run(capsys, "toy", "--data", "swiss-roll", "--steps", "2", "--json")
    assert json.loads(out)["metrics"]["modes"] is None


def test_sample_writes_the_same_sheet_for_the_same_seed(capsys, tmp_path):
    sheets = []
    for name in ("a.png", "b.png"):
        code, _, err = run(capsys, "sample", "mnist-kl", "--n", "16", "--seed", "5", "--out", str(tmp_path / name))
        assert (code, err) == (0, "")
        sheets.append((tmp_path / name).read_bytes())
    assert sheets[0] == sheets[1]
    assert sheets[0].startswith(b"\x89PNG")
