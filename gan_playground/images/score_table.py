"""Scores as a terminal shows them: ours, real images by the same code, and the papers' figures with their marks."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from gan_playground.images.checkpoints import Entry
from gan_playground.metrics.parzen import FGAN_SAMPLES, GAN_2014_SAMPLES
from gan_playground.objective_names import parse_objective
from gan_playground.papers.printing import columns
from gan_playground.papers.record import Mark
from gan_playground.words import say
from gan_playground.words.sentences import signed

Scores = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A published log-likelihood in nats with its standard error, and how sure it is."""

    nats: float
    error: float
    mark: Mark

    def __str__(self) -> str:
        """The figure as its paper prints it."""
        return signed(f"{self.nats:g} ± {self.error:g}")


GAN_2014: Final = Figure(225, 2, "notes")
"""Goodfellow et al. 2014, table 1, adversarial nets."""

FGAN: Final[Mapping[str, Figure]] = {
    "kl": Figure(416, 5.62, "remembered"),
    "reverse-kl": Figure(319, 8.36, "remembered"),
    "pearson": Figure(429, 5.53, "remembered"),
    "neyman": Figure(300, 8.33, "remembered"),
    "hellinger": Figure(-708, 18.1, "remembered"),
    "jeffrey": Figure(-2101, 29.9, "remembered"),
    "js": Figure(367, 8.19, "remembered"),
    "gan": Figure(305, 8.97, "remembered"),
}
"""Nowozin et al. 2016, table 2, by objective: no scale is stated on which 16,384 real images reach such numbers."""

DROPPED: Final = 0.2
"""A class is dropped below this share of what real images have of it."""


def published(objective: str) -> dict[str, Figure]:
    """Return the published figures for a checkpoint of this objective, by protocol."""
    name = parse_objective(objective).name
    return {"gan-2014": GAN_2014} | ({"f-gan": FGAN[name]} if name in FGAN else {})


def dropped(scores: Scores, real: Scores) -> list[int]:
    """Return the classes that a checkpoint all but leaves out."""
    pairs = zip(scores["classes"]["shares"], real["classes"]["shares"], strict=True)
    return [digit for digit, (ours, theirs) in enumerate(pairs) if ours < DROPPED * theirs]


def render(entries: Mapping[str, Entry], yardsticks: Mapping[str, Scores], lang: str = "en") -> str:
    """Return one checkpoint's scores a line each, or those of many in a table for every data set."""
    if len(entries) == 1:
        (entry,) = entries.values()
        return _one(entry, yardsticks[entry.data], lang)
    kinds = dict.fromkeys(entry.data for entry in entries.values())
    tables = (
        _many([entry for entry in entries.values() if entry.data == kind], yardsticks[kind], lang) for kind in kinds
    )
    return "\n\n".join(tables)


def _one(entry: Entry, real: Scores, lang: str) -> str:
    name, score = entry.name, say("commands.score", lang)
    from_data, paper, source = (say(f"commands.score_{key}", lang) for key in ("real", "published", "source"))
    figures, beside = published(entry.recipe["objective"]), _beside(entry.scores, real)
    rows = [
        {
            score: say(f"commands.score_{key}", lang),
            name: value,
            from_data: beside.get(key, ""),
            paper: str(figures.get(key, "")),
            source: _source(key, figures[key], lang) if key in figures else "",
        }
        for key, value in _cells(entry.scores).items()
    ]
    shares = [
        {say("commands.score_shares", lang): title}
        | {str(c): f"{s:.3f}" for c, s in enumerate(of["classes"]["shares"])}
        for title, of in ((name, entry.scores), (from_data, real))
        if "classes" in of
    ]
    return "\n\n".join(filter(None, (columns(rows), columns(shares), _notes([entry], real, lang))))


def _many(entries: Sequence[Entry], real: Scores, lang: str) -> str:
    """A line each, and below them real images and, where there are likelihoods, the adversarial nets of 2014."""
    who, from_data, paper = (say(f"commands.score_{key}", lang) for key in ("checkpoint", "real", "published"))
    first = entries[0].scores
    lines = [(entry.name, _cells(entry.scores), published(entry.recipe["objective"])) for entry in entries]
    if real:
        lines.append((from_data, _beside(first, real), {}))
    if "gan-2014" in real:
        lines.append((paper, {"gan-2014": str(GAN_2014)}, {}))
    rows = []
    for name, cells, figures in lines:
        row = {who: name}
        for key in _cells(first):
            row[say(f"commands.score_{key}", lang)] = cells.get(key, "")
            if key == "f-gan":
                row[paper] = str(figures.get(key, ""))
        rows.append(row)
    return "\n\n".join((columns(rows), _notes(entries, real, lang)))


def _source(key: str, figure: Figure, lang: str) -> str:
    mark = say(f"papers.mark_{figure.mark}", lang)
    return say("commands.score_other_scale", lang, mark=mark) if key == "f-gan" else mark


def _beside(scores: Scores, real: Scores) -> dict[str, str]:
    """The cells of real images: the yardstick's, and what stands in the scores themselves."""
    kept = {"nearest": f"{scores['nearest']['real']:.2f}"} if "nearest" in scores else {}
    return _cells(real) | kept


def _cells(scores: Scores) -> dict[str, str]:
    cells = {
        key: signed(f"{scores[key]['nats']:.2f} ± {scores[key]['error']:.2f}")
        for key in ("gan-2014", "f-gan")
        if key in scores
    }
    if features := scores.get("features"):
        cells["frechet"] = f"{features['frechet']:.2f}"
        cells["kid"] = signed(f"{features['kid']:.1f} ± {features['kid_error']:.1f}")
        cells |= {key: f"{features[key]:.3f}" for key in ("precision", "recall")}
    if classes := scores.get("classes"):
        cells |= {key: f"{classes[key]:.3f}" for key in ("entropy", "least")}
    if near := scores.get("nearest"):
        cells["nearest"] = f"{statistics.median(near['distances']):.2f}"
    if gap := scores.get("gap"):
        cells["gap"] = f"{gap['rank']:.3f}"
    return cells


def _notes(entries: Sequence[Entry], real: Scores, lang: str) -> str:
    """Which classes are missing, and what the numbers are."""
    notes = []
    if "classes" in real:
        missing = {entry.name: dropped(entry.scores, real) for entry in entries}
        notes += [
            say("commands.score_dropped", lang, name=name, classes=", ".join(map(str, classes)))
            for name, classes in missing.items()
            if classes
        ]
    if "gan-2014" in real:
        tests = real["features"]["samples"]
        notes.append(say("commands.score_about_kde", lang, tests=tests, few=GAN_2014_SAMPLES, many=FGAN_SAMPLES))
    if "features" in real:
        named = {key: real["features"][key] for key in ("samples", "split", "extractor")}
        notes.append(say("commands.score_about_features", lang, **named))
    if shown := entries[0].scores.get("nearest"):
        notes.append(say("commands.score_about_nearest", lang, samples=shown["samples"], seed=shown["seed"]))
    notes.append(say("commands.score_about_gap", lang))
    if real:
        notes.append(say("commands.score_about_real", lang))
    if "gan-2014" in real:
        notes.append(say("commands.score_about_published", lang, gan=GAN_2014))
    return "\n".join(notes)
