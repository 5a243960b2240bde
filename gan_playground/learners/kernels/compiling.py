"""How the loops are compiled, and where what was compiled is kept.

numba looks only at a function's own file to tell whether its cache is stale; here functions call each other across
files. So the cache's folder is named after the text of all of them.
"""

import os
from collections.abc import Callable
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Any, Final, TypeVar, cast

import numba
import numpy as np
import threadpoolctl
from numba.core import config

F = TypeVar("F", bound=Callable[..., Any])

LEARNERS: Final = Path(__file__).parent.parent


def _kept_in() -> Path | None:
    """The folder for what is compiled, None where none can be written."""
    text = blake2b(digest_size=8)
    for file in sorted(LEARNERS.rglob("*.py")):
        text.update(file.read_bytes())
    home = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(home) / "gan-playground" / text.hexdigest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


import_module("scipy.linalg.cython_blas")  # what numba multiplies by, loaded before it is told its threads
threadpoolctl.threadpool_limits(1, "blas")  # threads take runs: a product split in two would wait for its halves

KEPT_IN: Final = _kept_in()
if KEPT_IN is not None:
    config.CACHE_DIR = str(KEPT_IN)  # type: ignore[attr-defined]


def compiled(function: F) -> F:
    """Compile a function at its first call with each kind of argument; it runs without the interpreter's lock."""
    return _compiled(function, {"contract"})


def summing(function: F) -> F:
    """Compile a function whose sums may be taken in any order, which is the same one every time on one machine."""
    return _compiled(function, {"contract", "reassoc"})


def whole(number: int) -> int:
    """Return a constant to give to compiled functions: a number written as such makes a variant of each of them."""
    return cast(int, np.int64(number))


def _compiled(function: F, liberties: set[str]) -> F:
    njit: Any = numba.njit
    kept = KEPT_IN is not None
    return njit(nogil=True, cache=kept, error_model="numpy", fastmath=liberties, no_cfunc_wrapper=True)(function)
