"""What can become of a runtime process while something is expected of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ready:
    """It asks for an invocation."""


@dataclass(frozen=True)
class InitFailed:
    """It could not load the function."""

    payload: bytes
    error_type: str


@dataclass(frozen=True)
class Answered:
    """It has answered an invocation."""

    payload: bytes
    error_type: str
    """Empty on success."""


@dataclass(frozen=True)
class Exited:
    """It has ended by itself."""

    exit_code: int
    """The negative number of the signal if one ended it."""


@dataclass(frozen=True)
class OutOfMemory:
    """It uses more memory than the function has, or has ended for want of it."""


@dataclass(frozen=True)
class TimedOut:
    """Nothing has become of it in time."""


@dataclass(frozen=True)
class Stopped:
    """It was stopped from outside."""


RuntimeEvent = Ready | InitFailed | Answered | Exited | OutOfMemory | TimedOut | Stopped
