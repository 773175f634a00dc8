"""The errors that Lambda itself answers when an environment fails under a request."""

import json
import signal

from localstack_on_host.runtime_events import Answered, Exited, InitFailed, OutOfMemory, RuntimeEvent, TimedOut

RESPONSE_LIMIT_BYTES = 6_291_556


def describe_timeout(timeout_seconds: float) -> str:
    return f"Task timed out after {timeout_seconds:.2f} seconds"


def to_answer(event: RuntimeEvent, request_id: str, timeout_seconds: float) -> Answered:
    """
    What the caller of the function gets for the event that ended its request (AWS pages "Troubleshoot invocation issues
    in Lambda" and "Lambda quotas").
    """
    match event:
        case Answered(payload=payload) if len(payload) > RESPONSE_LIMIT_BYTES:
            limit = f"Response payload size exceeded maximum allowed payload size ({RESPONSE_LIMIT_BYTES} bytes)."
            return _fault("Function.ResponseSizeTooLarge", limit)
        case Answered():
            return event
        case InitFailed(payload=payload, error_type=error_type):
            return Answered(payload, error_type)
        case TimedOut():
            return _fault("Sandbox.Timedout", f"RequestId: {request_id} Error: {describe_timeout(timeout_seconds)}")
        case OutOfMemory():
            # Only the logs name the reason.
            payload = _describe_exit(request_id, -signal.SIGKILL).payload
            return Answered(payload, "Runtime.OutOfMemory")
        case Exited(exit_code=exit_code):
            return _describe_exit(request_id, exit_code)
    raise ValueError(f"no answer follows from {event}")


def _describe_exit(request_id: str, exit_code: int) -> Answered:
    if exit_code == 0:
        reason = "Runtime exited without providing a reason"
    elif exit_code > 0:
        reason = f"Runtime exited with error: exit status {exit_code}"
    else:
        reason = f"Runtime exited with error: signal: {signal.strsignal(-exit_code).lower()}"
    return _fault("Runtime.ExitError", f"RequestId: {request_id} Error: {reason}")


def _fault(error_type: str, message: str) -> Answered:
    error = {"errorType": error_type, "errorMessage": message}
    return Answered(json.dumps(error, separators=(",", ":")).encode(), error_type)
