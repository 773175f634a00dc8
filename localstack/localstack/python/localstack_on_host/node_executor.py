"""Runs each execution environment of a function as a Node.js process of this machine."""

import functools
import os
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import CancelledError

from localstack import config
from localstack.aws.api.lambda_ import PackageType
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import LambdaRuntimeException, RuntimeExecutor

from localstack_on_host.faults import to_answer
from localstack_on_host.log_buffer import LogBuffer
from localstack_on_host.runtime_api import RuntimeRequest
from localstack_on_host.runtime_command import RuntimeProcessOptions
from localstack_on_host.runtime_events import Answered, Ready, RuntimeEvent, Stopped
from localstack_on_host.runtime_process import BYTES_PER_MB, RuntimeProcess
from localstack_on_host.system_log import Outcome, SystemLog

# After that the init phase is tried again by the first request (AWS page "Understanding the Lambda execution
# environment lifecycle").
INIT_LIMIT_SECONDS = 10


class NodeRuntimeExecutor(RuntimeExecutor):
    """
    One execution environment. When its process ends, the next request starts another one in it, as on AWS; so a failure
    of the function is never a failure of the executor.
    """

    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id, function_version)
        self._system_log = SystemLog(function_version, _read_node_version().removeprefix("v"))
        self._log = LogBuffer()
        self._folder = ""
        self._environment: dict[str, str] = {}
        self._process: RuntimeProcess | None = None
        self._is_stopped = False
        self._peak_memory_mb = 0
        self._init_duration_ms: float | None = None

    def start(self, env_vars: dict[str, str]) -> None:
        self._folder = tempfile.mkdtemp(prefix="lambda-environment-")
        self._environment = self._create_environment(env_vars)
        started_at = time.monotonic()
        self._write(self._system_log.init_start())
        event = self._initialize("init", started_at + INIT_LIMIT_SECONDS)
        if isinstance(event, Stopped):
            raise CancelledError(f"environment {self.id} was stopped while it started")
        self._init_duration_ms = (time.monotonic() - started_at) * 1000

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        request_id, timeout = payload["invoke-id"], self.function_version.config.timeout
        started_at = time.monotonic()
        event = self._become_ready(started_at + timeout)
        self._write(self._system_log.start(request_id))
        if isinstance(event, Ready):
            event = self._process_request(payload, timeout)
        if isinstance(event, Stopped):
            raise CancelledError(f"environment {self.id} was stopped")
        answer = to_answer(event, request_id, timeout)
        outcome = Outcome(
            answer.error_type,
            duration_ms=(time.monotonic() - started_at) * 1000,
            peak_memory_mb=self._peak_memory_mb,
            init_duration_ms=self._init_duration_ms,
        )
        self._init_duration_ms = None
        self._write(self._system_log.report(request_id, outcome))
        return InvocationResult(request_id, answer.payload, answer.error_type != "", self._log.take())

    def stop(self) -> None:
        self._is_stopped = True
        process = self._process
        if process is not None:
            process.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def get_address(self) -> str:
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        return config.internal_service_url()

    def get_logs(self) -> str:
        return self._log.take()

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Unpacks the code. Refuses what would not run as on AWS, which makes the function's creation fail."""
        settings = function_version.config
        if settings.package_type != PackageType.Zip:
            raise LambdaRuntimeException("functions of container images cannot run without Docker")
        runtime = f"nodejs{_read_node_version().removeprefix('v').partition('.')[0]}.x"
        if settings.runtime != runtime:
            raise LambdaRuntimeException(f"the runtime {settings.runtime} is not there without Docker, only {runtime}")
        if settings.layers:
            raise LambdaRuntimeException("layers are not supported without Docker")
        settings.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """Nothing is the version's own: LocalStack deletes the code when no version has it any more."""

    def _become_ready(self, deadline: float) -> RuntimeEvent:
        """Starts another process if the one there was has ended."""
        if self._process is not None and isinstance(self._wait_until_ready(deadline), Ready):
            return Ready()
        return self._initialize("invoke", deadline)

    def _initialize(self, phase: str, deadline: float) -> RuntimeEvent:
        started_at = time.monotonic()
        self._process = RuntimeProcess(self._process_options, self._log)
        if self._is_stopped:
            self._process.stop()
        event = self._wait_until_ready(deadline)
        if not isinstance(event, Ready | Stopped):
            error_type = to_answer(event, "", INIT_LIMIT_SECONDS).error_type
            outcome = Outcome(error_type, duration_ms=(time.monotonic() - started_at) * 1000)
            self._write(self._system_log.init_failed(phase, outcome))
        return event

    def _wait_until_ready(self, deadline: float) -> RuntimeEvent:
        return self._conclude(self._process.wait_until_ready(deadline))

    def _process_request(self, payload: dict[str, str], timeout: float) -> RuntimeEvent:
        request = RuntimeRequest(
            request_id=payload["invoke-id"],
            function_arn=payload["invoked-function-arn"],
            trace_id=payload["trace-id"],
            deadline_ms=int((time.time() + timeout) * 1000),
            payload=payload["payload"],
        )
        return self._conclude(self._process.process(request, time.monotonic() + timeout))

    def _conclude(self, event: RuntimeEvent) -> RuntimeEvent:
        """Lets go of the process if it will take no more requests."""
        self._peak_memory_mb = self._process.peak_memory // BYTES_PER_MB
        if not isinstance(event, Ready | Answered):
            self._process.stop()
            self._process = None
        return event

    def _write(self, line: str) -> None:
        self._log.add(line.encode())

    @property
    def _process_options(self) -> RuntimeProcessOptions:
        return RuntimeProcessOptions(
            environment=self._environment,
            memory_mb=self.function_version.config.memory_size,
            node=os.environ["LAMBDA_NODE"],
            client_folder=os.environ["LAMBDA_RUNTIME_CLIENT_FOLDER"],
            native_client=os.environ["LAMBDA_NATIVE_CLIENT"],
        )

    def _create_environment(self, env_vars: dict[str, str]) -> dict[str, str]:
        settings = self.function_version.config
        variables = {
            "PATH": os.environ["PATH"],
            "LANG": "en_US.UTF-8",
            "TMPDIR": self._folder,
            "AWS_LAMBDA_LOG_FORMAT": "Text",
            **env_vars,
            "AWS_EXECUTION_ENV": f"AWS_Lambda_{settings.runtime}",
            "LAMBDA_TASK_ROOT": str(settings.code.get_unzipped_code_location()),
            "LAMBDA_RUNTIME_DIR": os.environ["LAMBDA_RUNTIME_CLIENT_FOLDER"],
        }
        return {name: str(value) for name, value in variables.items()}


@functools.cache
def _read_node_version() -> str:
    return subprocess.check_output([os.environ["LAMBDA_NODE"], "--version"], text=True).strip()
