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
        self._process: subprocess.Popen | None = None

    def watch(self, process_id: int) -> None:
        """The process, with its group if it leads one, ends with LocalStack from now on."""
        self._send(f"+{process_id}\n")

    def forget(self, process_id: int) -> None:
        """To be called when the process has ended, as its id may soon be another's."""
        self._send(f"-{process_id}\n")

    def _send(self, line: str) -> None:
        with self._lock:
            if self._process is None:
                # In a session of its own, so that what ends LocalStack's group leaves it.
                command = [sys.executable, "-I", "-S", __file__]
                self._process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True, start_new_session=True)
            self._process.stdin.write(line)
            self._process.stdin.flush()


ORPHAN_GUARD = OrphanGuard()


def guard_until_input_ends() -> None:
    process_ids = set()
    for line in sys.stdin:
        change = process_ids.add if line.startswith("+") else process_ids.discard
        change(int(line[1:]))
    for process_id in process_ids:
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                kill(process_id, signal.SIGKILL)


if __name__ == "__main__":
    guard_until_input_ends()
