"""A language to test with, made from the English catalogue: accented, about 40 % longer, in ⟦brackets⟧.

What a page says without brackets is in no catalogue, and what overflows here overflows in a real translation.
``python -m gan_playground.words.pseudo FOLDER`` writes it as ``qps.json``, a code that no language has; the page
speaks it, too, where ``GAN_PLAYGROUND_WORDS`` names that folder.
"""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gan_playground.words import FILES

LANGUAGE: Final = "qps"
NAME: Final = "Pseudo"

_KEPT: Final = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|\*\*|`[^`]*`)")
"""What a sentence is filled and marked by: places, the asterisks of its statement, code."""
_ACCENTED: Final = str.maketrans("AEIOUYCDGHJKLNRSTWZaeiouycdghjklnrstwz", "ÅÉÎÖÛÝÇÐĜĤĴĶĻÑŔŠŢŴŽåéîöûýçðĝĥĵķļñŕšţŵž")


def pseudo(sentence: str) -> str:
    """Return a sentence in the language: runs of words in brackets, vowels and n twice; what it is filled by stays."""
    return "".join(part if k % 2 else _run(part) for k, part in enumerate(_KEPT.split(sentence)))


def _run(text: str) -> str:
    if not re.search(r"[^\W\d_]", text):
        return text
    words = text.strip()
    longer = re.sub(r"[aeioun]", lambda vowel: 2 * vowel[0], words).translate(_ACCENTED)
    return text.replace(words, f"⟦{longer}⟧")


def catalogue() -> dict[str, dict[str, str]]:
    """Return the catalogue, in the shape of its file."""
    sections = json.loads(FILES["en"].read_text(encoding="utf-8"))
    sections.pop("particles", None)
    said = {section: {name: pseudo(text) for name, text in names.items()} for section, names in sections.items()}
    said["page"]["own_name"] = pseudo(NAME)
    return said


def write(folder: Path) -> Path:
    """Write the catalogue into a folder; return its file."""
    file = folder / f"{LANGUAGE}.json"
    file.write_text(json.dumps(catalogue(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return file


def main(arguments: Sequence[str]) -> None:
    """Write the catalogue into the folder that is named."""
    (folder,) = arguments
    write(Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
