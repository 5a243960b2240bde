"""The command line over the same engine: ``python -m gan_playground --help``."""

import argparse
import errno
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from gan_playground.knobs import LAW, SEED
from gan_playground.parsing import Choice, Domain, Maybe, Whole, key_values
from gan_playground.recommendations import recommended
from gan_playground.settings import Settings
from gan_playground.words import Refusal, say, wanted
from gan_playground.words.sentences import signed


class _Parser(argparse.ArgumentParser):
    """argparse whose complaints are one sentence, like every other refusal."""

    def error(self, message: str) -> NoReturn:
        raise Refusal("commands.usage", message=message, command=self.prog)


def _print(result: Mapping[str, Any], as_json: bool, text: str) -> None:
    print(json.dumps(result, ensure_ascii=False, allow_nan=False) if as_json else text)


def _rows(values: Mapping[str, Any]) -> str:
    shown = {key: signed(f"{value:.6g}") if isinstance(value, float) else str(value) for key, value in values.items()}
    width = max(map(len, shown))
    return "\n".join(f"{key:<{width}}  {value}" for key, value in shown.items())


def _serve(args: argparse.Namespace) -> None:
    from gan_playground.page.site import main as serve

    serve(device=args.device, runs=args.max_runs)


def _divergence(args: argparse.Namespace) -> None:
    from gan_playground.theory.divergence_table import error_table, exact_table, render, render_errors

    if args.errors:
        judged = error_table(args.p, args.q)
        _print(judged, args.json, render_errors(judged))
    else:
        table = exact_table(args.p, args.q)
        _print(table, args.json, render(table))


def _toy(args: argparse.Namespace) -> None:
    from gan_playground.engine.toy_runs import run_toy

    start = recommended(args.data, args.objective)
    settings = Settings.parse({"seed": args.seed} | key_values(args.set), base=start)
    result = run_toy(settings, args.steps, device=args.device, progress=True)
    _print(result, args.json, _rows(result["metrics"]))


def _sample(args: argparse.Namespace) -> None:
    from gan_playground.images.checkpoints import load
    from gan_playground.images.contact_sheets import sample_grid, save_png

    path = Path(args.out)
    if path.suffix.lower() != ".png":
        raise Refusal("commands.not_png", value=args.out)
    try:
        save_png(sample_grid(load(args.checkpoint), args.n, args.seed), path)
    except OSError as error:
        raise Refusal("commands.cannot_write", value=args.out, reason=error.strerror or "unknown") from None
    print(say("commands.wrote", _language(), path=path, count=args.n))


def _pretrain(args: argparse.Namespace) -> None:
    from gan_playground.images.checkpoints import manifest
    from gan_playground.images.pretrain import pretrain
    from gan_playground.images.score_table import render

    data = None if args.data is None else Path(args.data)
    entry = pretrain(
        args.recipe, data=data, steps=args.steps, resume=args.resume, out=Path(args.out), device=args.device
    )
    if entry is not None:
        print(render({entry.name: entry}, manifest(Path(args.out)).yardsticks, _language()))


def _evaluate(args: argparse.Namespace) -> None:
    from tqdm import tqdm

    from gan_playground.images.checkpoints import manifest
    from gan_playground.images.evaluation import evaluate
    from gan_playground.images.score_table import render

    folder, data = Path(args.folder), None if args.data is None else Path(args.data)
    names = list(manifest(folder).entries) if args.checkpoint == "all" else [args.checkpoint]
    with tqdm(total=len(names), leave=False) as bar:
        found = evaluate(names, data, folder, write=args.write, progress=bar.update)
    scores = {name: entry.scores for name, entry in found.entries.items()}
    told = {"checkpoints": scores, "real": found.yardsticks}
    _print(told, args.json, render(found.entries, found.yardsticks, _language()))


def _calibrate(args: argparse.Namespace) -> None:
    from tqdm import tqdm

    from gan_playground.images.evaluator_training import SCHEDULE, calibrate

    data = None if args.data is None else Path(args.data)
    with tqdm(total=SCHEDULE.steps, unit="step", leave=False) as bar:

        def progress(step: int, loss: float) -> None:
            bar.update(step - bar.n)
            bar.set_postfix(nats=round(loss, 4))

        entry = calibrate(args.checkpoint, data=data, out=Path(args.out), progress=progress)
    figures = entry["figures"]["calibrated"]
    _print(entry, args.json, _rows({key: value for key, value in figures.items() if not isinstance(value, list)}))


def _classifier(args: argparse.Namespace) -> None:
    from tqdm import tqdm

    from gan_playground.images.evaluator_training import RECIPES, train_classifier

    recipe = RECIPES[Choice(RECIPES, "rejection.no_classifier_recipe").parse("name", args.name)]
    data = None if args.data is None else Path(args.data)
    with tqdm(total=1.0, bar_format="{percentage:3.0f}%|{bar}| {elapsed}", leave=False) as bar:

        def progress(done: float) -> None:
            bar.update(done - bar.n)

        entry = train_classifier(recipe, data, Path(args.out), progress)
    _print(entry, args.json, _rows({"accuracy": entry["accuracy"], "seconds": entry["seconds"]}))


def _reject(args: argparse.Namespace) -> None:
    from gan_playground.images.rejection import reject
    from gan_playground.rejection import PERCENTILES, SHARES, Options

    options = Options(
        percentile=PERCENTILES.parse("percentile", args.percentile),
        budget=SHARES.parse("budget", args.budget),
        length=args.length,
        cap="99.9" if args.cap == "99.9" else "max",
    )
    result = reject(args.checkpoint, args.sampler, args.n, options, args.seed, args.ratio, scored=not args.unscored)
    flat = {key: value for key, value in result.items() if not isinstance(value, dict | list)}
    for when in ("before", "after"):
        flat |= {f"{when}: {key}": value for key, value in result.get(when, {}).items() if not isinstance(value, dict)}
        if when in result:
            flat[f"{when}: class distance"] = result[when]["balance"]["distance"]
            flat[f"{when}: its floor"] = result[when]["balance"]["floor"]
    told = "".join(f"\n{say(key, _language())}" for key in result.get("verdict", ()))
    _print(result, args.json, _rows(flat) + told)


def _reproduce(args: argparse.Namespace) -> int:
    from tqdm import tqdm

    from gan_playground.papers import RESULTS, reproduce, result
    from gan_playground.papers.printing import as_json, as_text, listing

    lang = _language()
    if args.list:
        print(listing(RESULTS.values(), lang))
        return 0
    if args.name is None:
        raise Refusal("papers.no_name", names=", ".join(RESULTS))
    names = list(RESULTS) if args.name == "all" else [result(args.name).name]
    page = _figure_file(args.figure, args.name)
    reports = []
    for name in names:
        with tqdm(total=1.0, desc=name, bar_format="{desc} {percentage:3.0f}%|{bar}| {elapsed}", leave=False) as bar:

            def progress(done: float, bar: tqdm = bar) -> None:
                bar.update(done - bar.n)

            reports.append(reproduce(name, args.seeds, progress))
        if not args.json:
            print(as_text(reports[-1], lang), end="\n\n" if name != names[-1] else "\n", flush=True)
    if args.json:
        told = [as_json(report) for report in reports]
        print(json.dumps(told if args.name == "all" else told[0], ensure_ascii=False, allow_nan=False))
    if page is not None:
        from gan_playground.page.paper_pages import html

        if not reports[0].outcome.charts:
            raise Refusal("papers.no_figure", name=names[0], value=args.figure)
        try:
            page.write_text(html(reports[0], lang=lang), encoding="utf-8")
        except OSError as error:
            raise Refusal("commands.cannot_write", value=args.figure, reason=error.strerror or "unknown") from None
    return 0 if all(report.outcome.holds for report in reports) else 1


def _figure_file(name: str | None, of: str) -> Path | None:
    """Where the figure goes, known to be writable before an hour is spent on it."""
    if name is None:
        return None
    if of == "all":
        raise Refusal("papers.no_figure_of_all", value=name)
    if Path(name).suffix.lower() != ".html":
        raise Refusal("papers.not_html", value=name)
    if not Path(name).absolute().parent.is_dir():
        raise Refusal("commands.cannot_write", value=name, reason=os.strerror(errno.ENOENT))
    return Path(name)


def _parser() -> _Parser:
    parser = _Parser(prog="python -m gan_playground", description=say("commands.about", _language()))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: Any, **declared: Domain[Any]) -> _Parser:
        help_text = say(f"commands.{name}", _language())
        sub = commands.add_parser(name, help=help_text, description=help_text)
        sub.set_defaults(run=run, declared=declared)
        return sub

    serve = command("serve", _serve)
    serve.add_argument("--device", default="auto", help="cpu, cuda, or auto")
    serve.add_argument("--max-runs", default="", help="runs at a time; by memory and cores where not given")

    divergence = command("divergence", _divergence, p=LAW, q=LAW)
    divergence.add_argument("--p", required=True, metavar="MIX", help="0.3*N(-1,0.25)+0.7*N(2,1.4)")
    divergence.add_argument("--q", required=True, metavar="MIX", help="Laplace(0,1), Uniform(0,1), StudentT(3,0,1)")
    divergence.add_argument("--errors", action="store_true", help=say("commands.divergence_errors", _language()))
    divergence.add_argument("--json", action="store_true")

    toy = command("toy", _toy, steps=Whole(1, 1_000_000))
    toy.add_argument("--data", default="8-gaussians")
    toy.add_argument("--objective", default=Settings().objective, metavar="NAME(PARAM)[:exact|:practical]")
    toy.add_argument("--steps", default="3000")
    toy.add_argument("--seed", default="0")
    toy.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    toy.add_argument("--device", default="auto", metavar="auto|cpu|cuda")
    toy.add_argument("--json", action="store_true")

    sample = command("sample", _sample, n=Whole(1, 1024), seed=SEED)
    sample.add_argument("checkpoint")
    sample.add_argument("--n", default="64")
    sample.add_argument("--seed", default="0")
    sample.add_argument("--out", default="grid.png", metavar="FILE.png")

    pretrain = command("pretrain", _pretrain, steps=Maybe(Whole(1, 10_000_000)))
    pretrain.add_argument("recipe")
    pretrain.add_argument("--data", default=None, metavar="DIR")
    pretrain.add_argument("--steps", default=None)
    pretrain.add_argument("--resume", action="store_true")
    pretrain.add_argument("--out", default="runs", metavar="DIR")
    pretrain.add_argument("--device", default="auto", metavar="auto|cpu|cuda")

    evaluate = command("evaluate", _evaluate)
    evaluate.add_argument("checkpoint", metavar="CHECKPOINT|all")
    evaluate.add_argument("--data", default=None, metavar="DIR")
    evaluate.add_argument("--folder", default="pretrained", metavar="DIR")
    evaluate.add_argument("--write", action="store_true")
    evaluate.add_argument("--json", action="store_true")

    reproduce = command("reproduce", _reproduce, seeds=Maybe(Whole(1, 20)))
    reproduce.add_argument("name", nargs="?", metavar="NAME|all")
    reproduce.add_argument("--list", action="store_true")
    reproduce.add_argument("--seeds", default=None, metavar="K")
    reproduce.add_argument("--json", action="store_true")
    reproduce.add_argument("--figure", default=None, metavar="FILE.html")

    calibrate = command("calibrate", _calibrate)
    calibrate.add_argument("checkpoint")
    calibrate.add_argument("--data", default=None, metavar="DIR")
    calibrate.add_argument("--out", default="pretrained", metavar="DIR")
    calibrate.add_argument("--json", action="store_true")

    classifier = command("classifier", _classifier)
    classifier.add_argument("name", metavar="mnist|rooms")
    classifier.add_argument("--data", default=None, metavar="DIR")
    classifier.add_argument("--out", default="pretrained", metavar="DIR")
    classifier.add_argument("--json", action="store_true")

    reject = command("reject", _reject, n=Whole(1, 100_000), seed=SEED, length=Whole(2, 10_000))
    reject.add_argument("checkpoint")
    reject.add_argument("--sampler", default="drs", metavar="drs|obrs|exact|mh")
    reject.add_argument("--n", default="5000")
    reject.add_argument("--percentile", default="80", metavar="0-100")
    reject.add_argument("--budget", default="0.5", metavar="1/K")
    reject.add_argument("--length", default="640")
    reject.add_argument("--cap", default="max", choices=("max", "99.9"))
    reject.add_argument("--ratio", default=None, metavar="calibrated|as-trained")
    reject.add_argument("--seed", default="1")
    reject.add_argument("--unscored", action="store_true")
    reject.add_argument("--json", action="store_true")

    return parser


def _language() -> str:
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return wanted(next(filter(None, named), "en")) or "en"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, 1 where a result misses its bar, 2 where the input was refused, 130 on Ctrl-C.

    A refusal is one sentence on stderr.
    """
    try:
        args = _parser().parse_args(arguments)
        for key, domain in args.declared.items():
            setattr(args, key, domain.parse(key, getattr(args, key)))
        return args.run(args) or 0
    except Refusal as refusal:
        print(refusal.say(_language()), file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
