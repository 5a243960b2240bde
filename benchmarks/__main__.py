"""Every timing that one process can take: training steps, images, rejection. ``python -m benchmarks [--json]``."""

import argparse
import json

from benchmarks import images, steps


def main() -> None:
    """Measure, and print what was measured."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument("--json", action="store_true")
    as_json = options.parse_args().json
    games, drawn, accepted = steps.run_bench(), images.run_images(), images.run_rejection()
    result = {**games, "images": drawn, "rejection": accepted}
    print(json.dumps(result, indent=1) if as_json else f"{steps.render(games)}\n{images.render(drawn, accepted)}")


if __name__ == "__main__":
    main()
