"""The log lines that Lambda itself writes about environments and requests."""

import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime

from localstack.services.lambda_.invocation.lambda_models import FunctionVersion

from localstack_on_host.faults import describe_timeout


@dataclass(frozen=True)
class Outcome:
    """How a request or an init phase ended."""

    error_type: str
    """Empty on success."""
    duration_ms: float
    peak_memory_mb: int = 0
    init_duration_ms: float | None = None
    """Set for the first request of an environment."""


class SystemLog:
    """
    Builds the lines of one function, each with its line end: START, END and REPORT with the text format, `platform.*`
    events with JSON (AWS pages "Lambda Telemetry API Event schema reference" and "Log-level filtering").
    """

    def __init__(self, version: FunctionVersion, node_version: str) -> None:
        logging = version.config.logging_config
        self._version = version
        self._runtime_version = f"nodejs:{node_version}"
        self._is_text = logging.get("LogFormat") != "JSON"
        # Then requests that succeed leave no line.
        self._covers_success = self._is_text or logging.get("SystemLogLevel") != "WARN"

    def init_start(self) -> str:
        if self._is_text:
            return f"INIT_START Runtime Version: {self._runtime_version}\n"
        record = {
            **self._init_phase("init"),
            "runtimeVersion": self._runtime_version,
            "functionName": self._version.id.function_name,
            "functionVersion": self._version.id.qualifier,
        }
        return self._event("platform.initStart", record) if self._covers_success else ""

    def init_failed(self, phase: str, outcome: Outcome) -> str:
        """:param phase: `init`, or `invoke` if it failed under a request"""
        status = _describe_status(outcome.error_type)
        if self._is_text:
            return (
                f"INIT_REPORT Init Duration: {outcome.duration_ms:.2f} ms\tPhase: {phase}\t"
                f"Status: {status}\tError Type: {outcome.error_type}\n"
            )
        failure = {"status": status, "errorType": outcome.error_type}
        metrics = {"durationMs": round(outcome.duration_ms, 3)}
        return self._event("platform.initReport", {**self._init_phase(phase), **failure, "metrics": metrics})

    def start(self, request_id: str) -> str:
        version = self._version.id.qualifier
        if self._is_text:
            return f"START RequestId: {request_id} Version: {version}\n"
        record = {"requestId": request_id, "functionArn": self._version.id.unqualified_arn(), "version": version}
        return self._event("platform.start", record) if self._covers_success else ""

    def report(self, request_id: str, outcome: Outcome) -> str:
        if self._is_text:
            return self._report_as_text(request_id, outcome)
        if outcome.error_type == "" and not self._covers_success:
            return ""
        metrics = {
            "durationMs": round(outcome.duration_ms, 3),
            "billedDurationMs": math.ceil(outcome.duration_ms),
            "memorySizeMB": self._version.config.memory_size,
            "maxMemoryUsedMB": outcome.peak_memory_mb,
        }
        if outcome.init_duration_ms is not None:
            metrics["initDurationMs"] = round(outcome.init_duration_ms, 3)
        record = {"requestId": request_id, "metrics": metrics, "status": _describe_status(outcome.error_type)}
        if outcome.error_type != "":
            record["errorType"] = outcome.error_type
        return self._event("platform.report", record)

    def _report_as_text(self, request_id: str, outcome: Outcome) -> str:
        config = self._version.config
        fields = [
            f"REPORT RequestId: {request_id}",
            f"Duration: {outcome.duration_ms:.2f} ms",
            f"Billed Duration: {math.ceil(outcome.duration_ms)} ms",
            f"Memory Size: {config.memory_size} MB",
            f"Max Memory Used: {outcome.peak_memory_mb} MB",
        ]
        if outcome.init_duration_ms is not None:
            fields.append(f"Init Duration: {outcome.init_duration_ms:.2f} ms")
        lines = ""
        if outcome.error_type != "":
            fields.append(f"Status: {_describe_status(outcome.error_type)}")
        if outcome.error_type == "Sandbox.Timedout":
            lines = f"{_now()} {request_id} {describe_timeout(config.timeout)}\n\n"
        elif outcome.error_type != "":
            fields.append(f"Error Type: {outcome.error_type}")
        return f"{lines}END RequestId: {request_id}\n" + "\t".join(fields) + "\n"

    def _event(self, event_type: str, record: dict) -> str:
        return json.dumps({"time": _now(), "type": event_type, "record": record}, separators=(",", ":")) + "\n"

    def _init_phase(self, phase: str) -> dict[str, str]:
        return {"initializationType": "on-demand", "phase": phase}


def _describe_status(error_type: str) -> str:
    if error_type == "":
        return "success"
    return "timeout" if error_type == "Sandbox.Timedout" else "error"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
