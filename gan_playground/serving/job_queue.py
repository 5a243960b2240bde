"""A desk: slow questions answered in a process of its own, one at a time, and remembered."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from gan_playground.serving.worker_process import WorkerProcess
from gan_playground.words import Refusal


class JobQueue:
    """Answers of a helper process by their keys; ``waiting`` may ask at a time, the last ``kept`` are remembered."""

    def __init__(self, waiting: int, kept: int) -> None:
        self._kept = kept
        self._worker, self._line = WorkerProcess(), threading.BoundedSemaphore(waiting)
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
            answer = self._worker(function, *arguments)
        except ChildProcessError as ended:
            raise Refusal("rejection.busy") from ended
        finally:
            self._line.release()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)
        return answer
