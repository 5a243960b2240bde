"""How many lines of the page's scripts its tests run: ``python -m benchmarks.script_coverage DIR [LEAST]``.

DIR holds what V8 counted, as node writes it (``NODE_V8_COVERAGE=DIR``) and as the browser tests do where
``SCRIPT_COVERAGE=DIR`` is set. A line of code counts as run where its first character was, in any of them; blank
lines, comments and what is vendored are no lines. Exits with 1 where less than LEAST per cent are run.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

WEB = Path(__file__).resolve().parent.parent / "gan_playground" / "web"


def scripts() -> list[Path]:
    """The page's own scripts."""
    return sorted(path for path in WEB.rglob("*.js") if "vendor" not in path.parts)


def code_lines(text: str) -> dict[int, int]:
    """Line numbers of code, each with the place of its first character in UTF-16 units, as V8 counts."""
    found, at, inside = {}, 0, False
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        code = line.lstrip()
        began = inside
        if not inside and code.startswith("/*"):
            inside = True
        closed = inside and "*/" in code
        rest = code.split("*/", 1)[1].strip() if closed else ""
        inside = inside and not closed
        comment = (began or code.startswith("/*")) and not rest
        if code and not comment and not code.startswith("//"):
            found[number] = at + len(line) - len(code)
        at += len(line.encode("utf-16-le")) // 2
    return found


def was_run(functions: list[dict[str, Any]], length: int) -> bytearray:
    """Whether each character was run: of the ranges around it, the innermost says."""
    ranges = [piece for function in functions for piece in function["ranges"]]
    ran = bytearray(length)
    for piece in sorted(ranges, key=lambda piece: (piece["startOffset"], -piece["endOffset"])):
        start, end = piece["startOffset"], min(piece["endOffset"], length)
        ran[start:end] = bytes([piece["count"] > 0]) * (end - start)
    return ran


def lines_run(folder: Path) -> dict[Path, set[int]]:
    """The lines of each script that were run."""
    texts = {path: path.read_text(encoding="utf-8") for path in scripts()}
    code = {path: code_lines(text) for path, text in texts.items()}
    ran: dict[Path, set[int]] = defaultdict(set)
    for report in folder.glob("*.json"):
        for script in json.loads(report.read_text(encoding="utf-8"))["result"]:
            path = Path(unquote(urlparse(script["url"]).path))
            if path in texts:
                counted = was_run(script["functions"], len(texts[path].encode("utf-16-le")) // 2)
                ran[path] |= {number for number, at in code[path].items() if counted[at]}
    return {path: ran[path] for path in texts}


def main(folder: Path, least: float) -> int:
    """Print each script's share and that of all together; 1 where it is below ``least`` per cent."""
    ran, lines = lines_run(folder), 0
    for path, numbers in ran.items():
        of = len(code_lines(path.read_text(encoding="utf-8")))
        lines += of
        print(f"{len(numbers) / of:6.1%} of {of:4d}  {path.relative_to(WEB)}")
    share = sum(map(len, ran.values())) / lines
    print(f"{share:6.1%} of {lines} lines of the page's scripts are run")
    return int(share < least / 100)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 0.0))
