"""Pipes from a process."""

import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

READ_BYTES = 1 << 20


@dataclass(frozen=True)
class Pipe:
    reading_end: int
    """Reading does not wait."""
    writing_end: int


@contextlib.contextmanager
def create_pipes(count: int, lowest: int) -> Iterator[list[Pipe]]:
    """
    Pipes for a process that is started within: then the writing ends are closed, and the reading ends too if it failed.

    :param lowest: the writing ends have no number below, so that none is one of those that the process gets them as
    """
    with contextlib.ExitStack() as reading_ends, contextlib.ExitStack() as writing_ends:
        pipes = []
        for _ in range(count):
            reading_end, low = os.pipe()
            reading_ends.callback(os.close, reading_end)
            try:
                writing_end = fcntl.fcntl(low, fcntl.F_DUPFD_CLOEXEC, lowest)
            finally:
                os.close(low)
            writing_ends.callback(os.close, writing_end)
            os.set_blocking(reading_end, False)
            pipes.append(Pipe(reading_end, writing_end))
        yield pipes
        reading_ends.pop_all()


def drain(descriptor: int, take: Callable[[bytes], None]) -> bool:
    """Reads what is there. :return: whether the other end is closed"""
    try:
        while data := os.read(descriptor, READ_BYTES):
            take(data)
        return True
    except BlockingIOError:
        return False
