"""A Node.js process that runs AWS's runtime client with one function."""

import contextlib
import json
import os
import queue
import selectors
import signal
import threading
import time

import psutil

from localstack_on_host.log_buffer import LogBuffer
from localstack_on_host.orphan_guard import ORPHAN_GUARD
from localstack_on_host.pipes import create_pipes, drain
from localstack_on_host.runtime_api import RuntimeApi, RuntimeRequest
from localstack_on_host.runtime_command import (
    LOGS_DESCRIPTOR,
    RuntimeDescriptors,
    RuntimeProcessOptions,
    spawn_runtime,
)
from localstack_on_host.runtime_events import Answered, Exited, OutOfMemory, Ready, RuntimeEvent, Stopped, TimedOut

MEMORY_CHECK_SECONDS = 0.1
# How long a killed process may take to be gone.
END_LIMIT_SECONDS = 5
BYTES_PER_MB = 1 << 20
# What V8 says before it aborts.
HEAP_EXHAUSTED = b"JavaScript heap out of memory"


class RuntimeProcess:
    """
    Starts at once. Results come by a pipe, as they must be out when the client's call returns; the client reads
    invocations by HTTP. Whatever the process has written before it answers is in the log before the answer is known.
    """

    def __init__(self, options: RuntimeProcessOptions, log: LogBuffer) -> None:
        self._memory_limit = options.memory_mb * BYTES_PER_MB
        self._log = log
        self._events: queue.SimpleQueue[RuntimeEvent] = queue.SimpleQueue()
        self._result = bytearray()
        self._is_heap_exhausted = False
        self.peak_memory = 0
        self._is_ready = False
        self._ended = threading.Event()
        self._start(options)

    def wait_until_ready(self, deadline: float) -> RuntimeEvent:
        """
        :param deadline: by the clock `time.monotonic`
        :return: Ready, or what happened instead
        """
        event = Ready() if self._is_ready else self._wait_for_event(deadline)
        self._is_ready = isinstance(event, Ready) and not self._ended.is_set()
        # It may have ended after it had asked for a request.
        return event if self._is_ready or not isinstance(event, Ready) else self._wait_for_event(deadline)

    def process(self, request: RuntimeRequest, deadline: float) -> RuntimeEvent:
        """
        To be called when it is ready.

        :return: Answered, or what happened instead
        """
        self._is_ready = False
        self._api.send(request)
        # It asks for the next request as soon as it has answered, by another way.
        while isinstance(event := self._wait_for_event(deadline), Ready):
            self._is_ready = True
        return event

    def stop(self) -> None:
        """
        Ends it and what it has started, except what has a session or a group of its own by now. Who waits for an event
        gets one.
        """
        self._events.put(Stopped())
        self._kill()
        self._ended.wait(END_LIMIT_SECONDS)

    def _start(self, options: RuntimeProcessOptions) -> None:
        """If it fails, nothing is left of it."""
        with contextlib.ExitStack() as on_failure:
            self._api = RuntimeApi(self._events)
            on_failure.callback(self._api.close)
            with create_pipes(3, lowest=LOGS_DESCRIPTOR + 1) as (output, logs, results):
                descriptors = RuntimeDescriptors(output.writing_end, logs.writing_end, results.writing_end)
                self._process_id = spawn_runtime(options, self._api.address, descriptors)
                on_failure.callback(self._end)
                self._measured = psutil.Process(self._process_id)
                ORPHAN_GUARD.watch(self._process_id)
                # Results last: the log of an invocation was written before its result.
                sources = (
                    (output.reading_end, self._add_output),
                    (logs.reading_end, self._log.add_frames),
                    (results.reading_end, self._add_result),
                )
                arguments = (sources, results.reading_end)
                threading.Thread(target=self._read, args=arguments, name="lambda-runtime-output", daemon=True).start()
            on_failure.pop_all()

    def _wait_for_event(self, deadline: float) -> RuntimeEvent:
        while True:
            self.peak_memory = max(self.peak_memory, self._measure_memory())
            if self.peak_memory > self._memory_limit:
                return OutOfMemory()
            remaining_seconds = deadline - time.monotonic()
            if remaining_seconds <= 0:
                return TimedOut()
            try:
                event = self._events.get(timeout=min(remaining_seconds, MEMORY_CHECK_SECONDS))
            except queue.Empty:
                continue
            self.peak_memory = max(self.peak_memory, self._measure_memory())
            return event

    def _read(self, sources, results: int) -> None:
        """Reads until the process has closed its end of the results pipe, which nothing but its end does."""
        with selectors.DefaultSelector() as selector:
            for descriptor, _ in sources:
                selector.register(descriptor, selectors.EVENT_READ)
            while results in selector.get_map():
                selector.select()
                for descriptor, take in sources:
                    if drain(descriptor, take) and descriptor in selector.get_map():
                        selector.unregister(descriptor)
        exit_code = self._end()
        for descriptor, take in sources:
            drain(descriptor, take)
            os.close(descriptor)
        self._events.put(self._describe_end(exit_code))
        self._api.close()

    def _end(self) -> int:
        """:return: its exit code, or the negative number of the signal that ended it"""
        # Before it is gone for good, as its id may then be another's.
        self._kill()
        ORPHAN_GUARD.forget(self._process_id)
        _, status = os.waitpid(self._process_id, 0)
        self._ended.set()
        return os.waitstatus_to_exitcode(status)

    def _describe_end(self, exit_code: int) -> RuntimeEvent:
        return OutOfMemory() if self._is_heap_exhausted and exit_code == -signal.SIGABRT else Exited(exit_code)

    def _kill(self) -> None:
        if not self._ended.is_set():
            # On macOS the group of a process that has ended and was not waited for may not be killed.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process_id, signal.SIGKILL)

    def _measure_memory(self) -> int:
        try:
            return self._measured.memory_info().rss
        except psutil.Error:
            return 0

    def _add_output(self, data: bytes) -> None:
        self._is_heap_exhausted = self._is_heap_exhausted or HEAP_EXHAUSTED in data
        self._log.add(data)

    def _add_result(self, data: bytes) -> None:
        self._result += data
        if not data.endswith(b"\n"):
            return
        line = bytes(self._result)
        self._result.clear()
        try:
            self._events.put(_read_result(line))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            # The function itself has written to the pipe: nothing that comes after can be trusted to be a result.
            self._kill()


def _read_result(line: bytes) -> Answered:
    result = json.loads(line)
    payload = result["body"].encode()
    return Answered(payload, json.loads(payload)["errorType"] if result["isError"] else "")
