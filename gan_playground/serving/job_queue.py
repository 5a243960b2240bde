"""A desk: slow questions answered in a process of its own, one at a time, and remembered."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from gan_playground.serving.worker_process import Aside
from gan_playground.words import Refusal


class Desk:
    """Answers of a helper process by their keys; ``waiting`` may ask at a time, the last ``kept`` are remembered."""

    def __init__(self, waiting: int, kept: int) -> None:
        self._kept = kept
        self._aside, self._line = Aside(), threading.BoundedSemaphore(waiting)
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, key: Hashable, function: Callable[..., Any], *arguments: Any) -> Any:
        """Return ``function(*arguments)``, or what it was when the same key was asked before.

        Raises:
            Refusal: too many are waiting, or the process ended during the call.

        """
        with self._lock:
            if key in self._answers:
                return self._answers[key]
        if not self._line.acquire(blocking=False):
            raise Refusal("rejection.busy")
        try:
            answer = self._aside(function, *arguments)
        except ChildProcessError as ended:
            raise Refusal("rejection.busy") from ended
        finally:
            self._line.release()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)
        return answer
