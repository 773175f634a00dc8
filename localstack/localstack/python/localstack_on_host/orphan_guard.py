"""
Ends the processes that LocalStack has started when LocalStack itself ends, however that comes about. A process of its
own that knows of LocalStack's end by the end of its input, as not even SIGKILL prevents that. It uses the standard
library alone, to start quickly.
"""

import contextlib
import os
import signal
import subprocess
import sys
import threading


class OrphanGuard:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watched: set[int] = set()
        self._process: subprocess.Popen | None = None

    def watch(self, process_id: int) -> None:
        """The process, with its group if it leads one, ends with LocalStack from now on."""
        with self._lock:
            self._watched.add(process_id)
            if not self._tell(f"+{process_id}\n"):
                self._start()

    def forget(self, process_id: int) -> None:
        """To be called when the process has ended, as its id may soon be another's. Never fails."""
        with self._lock:
            self._watched.discard(process_id)
            self._tell(f"-{process_id}\n")

    def _start(self) -> None:
        """Starts the guard, which may have ended before."""
        # In a session of its own, so that what ends LocalStack's group leaves it. Without a buffer, which would keep
        # what a guard that has ended does not take.
        command = [sys.executable, "-I", "-S", __file__]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, bufsize=0, start_new_session=True)
        self._tell("".join(f"+{process_id}\n" for process_id in self._watched))

    def _tell(self, lines: str) -> bool:
        """:return: whether there is a guard that can read them"""
        if self._process is None or self._process.poll() is not None:
            return False
        try:
            self._process.stdin.write(lines.encode())
        except BrokenPipeError:
            return False
        return True


ORPHAN_GUARD = OrphanGuard()


def guard_until_input_ends() -> None:
    process_ids = set()
    for line in sys.stdin:
        change = process_ids.add if line.startswith("+") else process_ids.discard
        change(int(line[1:]))
    for process_id in process_ids:
        for kill in (os.killpg, os.kill):
            # One that may not be killed must not save the others.
            with contextlib.suppress(OSError):
                kill(process_id, signal.SIGKILL)


if __name__ == "__main__":
    guard_until_input_ends()
