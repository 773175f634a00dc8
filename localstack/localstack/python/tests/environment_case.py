"""Runs functions in execution environments as LocalStack does, without LocalStack."""

import json
import unittest
from concurrent.futures import CancelledError
from dataclasses import dataclass

from localstack_on_host.node_executor import NodeRuntimeExecutor

from .function_version import create_function_version


@dataclass(frozen=True)
class Result:
    payload: object
    is_error: bool
    logs: str


class Environment:
    def __init__(self, code: str, file: str = "index.mjs", **settings) -> None:
        files = settings.pop("files", {})
        version = create_function_version({file: code, **files}, **settings)
        self.executor = NodeRuntimeExecutor("0123456789abcdef", version)
        self._invocations = 0
        config = version.config
        self._variables = {
            "AWS_LAMBDA_FUNCTION_NAME": version.id.function_name,
            "AWS_LAMBDA_FUNCTION_VERSION": version.id.qualifier,
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": config.memory_size,
            "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/probe",
            "AWS_LAMBDA_LOG_STREAM_NAME": "stream",
            "LAMBDA_TASK_ROOT": "/var/task",
            "_HANDLER": config.handler,
            **({"AWS_LAMBDA_LOG_FORMAT": "JSON"} if config.logging_config.get("LogFormat") == "JSON" else {}),
            **(config.environment or {}),
        }

    def start(self) -> "Environment":
        self.executor.start(self._variables)
        return self

    def invoke(self, event: object = None) -> Result:
        self._invocations += 1
        result = self.executor.invoke(
            {
                "invoke-id": f"request-{self._invocations}",
                "invoked-function-arn": "arn:aws:lambda:us-east-1:000000000000:function:probe",
                "payload": json.dumps(event),
                "trace-id": "Root=1-0-0",
            }
        )
        return Result(json.loads(result.payload), result.is_error, result.logs)

    def describe_invocation(self, event: object = None) -> object:
        """The answer, or `cancelled`."""
        try:
            return self.invoke(event).payload
        except CancelledError:
            return "cancelled"


class EnvironmentCase(unittest.TestCase):
    def start(self, code: str, **options) -> Environment:
        environment = Environment(code, **options)
        self.addCleanup(environment.executor.stop)
        return environment.start()


def is_running(process_id: int) -> bool:
    try:
        with open(f"/proc/{process_id}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
