"""A helper process, for work that would hold the interpreter's lock against the stepping thread.

One process runs one call at a time. It is started by the first call, again after it has died, and ends with its owner:
its input ends then. Functions, arguments and results travel as pickles between our own two processes alone.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

ENDED: Final = (EOFError, OSError, pickle.UnpicklingError)
"""What reading or writing raises when the other side is no longer there."""

PACKAGE: Final = str(Path(__file__).resolve().parents[2])
"""Where this package is imported from: our own process may have been started from any folder."""


class WorkerProcess:
    """Calls functions in a process of its own; to be called by one thread at a time (others wait).

    ``nice`` is how far it stands back for the processes that viewers wait for, where the system knows priorities.
    """

    def __init__(self, nice: int = 0) -> None:
        self.nice = nice
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def __call__(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Return ``function(*arguments)``; the function must be importable by its name.

        Where no process is to be had the call is made here.

        Raises:
            ChildProcessError: the process died of the call; and whatever the function raises.

        """
        with self._turn:
            try:
                process = self.start()
            except OSError:
                return function(*arguments)
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL))
                process.stdin.flush()
                succeeded, result = pickle.load(process.stdout)
            except ENDED as ended:
                self.close()
                raise ChildProcessError(f"the helper process ended during {function.__qualname__}") from ended
        if not succeeded:
            raise result
        return result

    def start(self) -> "subprocess.Popen[bytes]":
        """Have the process ready, or on its way."""
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-m", __name__, str(self.nice)]
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join([PACKAGE, os.environ.get("PYTHONPATH", "")])}
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        return self._process

    def close(self) -> None:
        """End the process; the next call starts another."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def attend(calls: BinaryIO, results: BinaryIO) -> None:
    """Answer calls until their stream ends."""
    while True:
        try:
            function, arguments = pickle.load(calls)
        except ENDED:
            return
        try:
            answer = True, function(*arguments)
        except Exception as error:
            answer = False, error
        results.write(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        results.flush()


def main() -> None:
    """Stand back, leave Ctrl-C to the owner, and attend to what comes in."""
    if hasattr(os, "nice"):
        os.nice(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    results = sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not get between the pickles
    attend(sys.stdin.buffer, results)


if __name__ == "__main__":
    main()
