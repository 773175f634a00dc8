"""A Node.js process that runs AWS's runtime client with one function."""

import contextlib
import json
import os
import queue
import selectors
import signal
import threading
import time
from dataclasses import dataclass

import psutil

from localstack_on_host.log_buffer import LogBuffer
from localstack_on_host.orphan_guard import ORPHAN_GUARD
from localstack_on_host.pipes import create_pipe, drain
from localstack_on_host.runtime_api import RuntimeApi, RuntimeRequest
from localstack_on_host.runtime_events import Answered, Exited, OutOfMemory, Ready, RuntimeEvent, Stopped, TimedOut

MEMORY_CHECK_SECONDS = 0.1
# How long a killed process may take to be gone.
END_LIMIT_SECONDS = 5
BYTES_PER_MB = 1 << 20
# The descriptors that native-client.mjs writes to.
RESULTS_DESCRIPTOR, LOGS_DESCRIPTOR = 3, 4
# What V8 says before it aborts.
HEAP_EXHAUSTED = b"JavaScript heap out of memory"


@dataclass(frozen=True)
class RuntimeProcessOptions:
    environment: dict[str, str]
    memory_mb: int
    node: str
    client_folder: str
    """Where aws-lambda-ric is installed."""
    native_client: str
    """Path of native-client.mjs."""


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
        self._api = RuntimeApi(self._events)
        output, self._output_end = create_pipe(LOGS_DESCRIPTOR + 1)
        logs, self._logs_end = create_pipe(LOGS_DESCRIPTOR + 1)
        results, self._results_end = create_pipe(LOGS_DESCRIPTOR + 1)
        self._process_id = self._spawn(options)
        self._measured = psutil.Process(self._process_id)
        ORPHAN_GUARD.watch(self._process_id)
        for descriptor in (self._output_end, self._logs_end, self._results_end):
            os.close(descriptor)
        # Results last: the log of an invocation was written before its result.
        sources = ((output, self._add_output), (logs, log.add_frames), (results, self._add_result))
        threading.Thread(target=self._read, args=(sources, results), name="lambda-runtime-output", daemon=True).start()

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
        """Ends it with all that it has started; who waits for an event gets one."""
        self._events.put(Stopped())
        self._kill()
        self._ended.wait(END_LIMIT_SECONDS)

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

    def _spawn(self, options: RuntimeProcessOptions) -> int:
        client = os.path.join(options.client_folder, "node_modules", "aws-lambda-ric", "index.mjs")
        arguments = [
            options.node,
            # The shares of the function's memory that AWS gives to the heap.
            f"--max-old-space-size={options.memory_mb * 9 // 10}",
            f"--max-semi-space-size={max(options.memory_mb // 20, 1)}",
            f"--import={options.native_client}",
            client,
        ]
        environment = {
            **options.environment,
            "AWS_LAMBDA_RUNTIME_API": self._api.address,
            # The client then reads invocations with its own JavaScript, not with its native module.
            "AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1": "true",
        }
        # Not subprocess, which cannot give a descriptor another number: Node.js hides the low ones from its children.
        return os.posix_spawn(
            options.node,
            arguments,
            environment,
            setpgroup=0,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_DUP2, self._output_end, 1),
                (os.POSIX_SPAWN_DUP2, self._output_end, 2),
                (os.POSIX_SPAWN_DUP2, self._results_end, RESULTS_DESCRIPTOR),
                (os.POSIX_SPAWN_DUP2, self._logs_end, LOGS_DESCRIPTOR),
            ],
        )

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
        # Before the process is gone for good, as its id may then be another's.
        self._kill()
        _, status = os.waitpid(self._process_id, 0)
        self._ended.set()
        ORPHAN_GUARD.forget(self._process_id)
        for descriptor, take in sources:
            drain(descriptor, take)
            os.close(descriptor)
        self._events.put(self._describe_end(os.waitstatus_to_exitcode(status)))
        self._api.close()

    def _describe_end(self, exit_code: int) -> RuntimeEvent:
        return OutOfMemory() if self._is_heap_exhausted and exit_code == -signal.SIGABRT else Exited(exit_code)

    def _kill(self) -> None:
        if not self._ended.is_set():
            with contextlib.suppress(ProcessLookupError):
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
        result = json.loads(self._result)
        self._result.clear()
        payload = result["body"].encode()
        self._events.put(Answered(payload, json.loads(payload)["errorType"] if result["isError"] else ""))
