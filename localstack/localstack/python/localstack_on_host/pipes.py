"""Pipes from a process."""

import fcntl
import os
from collections.abc import Callable

READ_BYTES = 1 << 20


def create_pipe(lowest: int) -> tuple[int, int]:
    """
    :param lowest: the writing end has no number below, so that it is none of those that the process gets it as
    :return: the reading end, which does not wait, and the writing end
    """
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    writing_high = fcntl.fcntl(writing, fcntl.F_DUPFD_CLOEXEC, lowest)
    os.close(writing)
    return reading, writing_high


def drain(descriptor: int, take: Callable[[bytes], None]) -> bool:
    """Reads what is there. :return: whether the other end is closed"""
    try:
        while data := os.read(descriptor, READ_BYTES):
            take(data)
        return True
    except BlockingIOError:
        return False
