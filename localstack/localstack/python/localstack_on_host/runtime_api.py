"""The part of the Lambda Runtime API that is used by HTTP (AWS page "Using the Lambda runtime API")."""

import json
import queue
import sys
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer

from localstack_on_host.runtime_events import Answered, InitFailed, Ready, RuntimeEvent

ERROR_TYPE_HEADER = "Lambda-Runtime-Function-Error-Type"


@dataclass(frozen=True)
class RuntimeRequest:
    """An invocation as the runtime gets it."""

    request_id: str
    function_arn: str
    trace_id: str
    deadline_ms: int
    """When it must be answered, in milliseconds since 1970."""
    payload: str


class RuntimeApi:
    """Serves one runtime, at an address of 127.0.0.1 of its own, until it is closed."""

    def __init__(self, events: "queue.SimpleQueue[RuntimeEvent]") -> None:
        self._requests: queue.SimpleQueue[RuntimeRequest | None] = queue.SimpleQueue()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.events = events
        self._server.requests = self._requests
        threading.Thread(target=self._server.serve_forever, name="lambda-runtime-api", daemon=True).start()

    @property
    def address(self) -> str:
        host, port = self._server.server_address[:2]
        return f"{host}:{port}"

    def send(self, request: RuntimeRequest) -> None:
        """Hands it to the runtime as soon as that asks for one."""
        self._requests.put(request)

    def close(self) -> None:
        self._requests.put(None)
        self._server.shutdown()
        self._server.server_close()


class _Server(HTTPServer):
    """Serves one connection at a time; the runtime never has two."""

    events: "queue.SimpleQueue[RuntimeEvent]"
    requests: "queue.SimpleQueue[RuntimeRequest | None]"

    def handle_error(self, request, client_address) -> None:
        # The runtime may end at any time.
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Next invocation."""
        self.server.events.put(Ready())
        request = self.server.requests.get()
        if request is None:
            self.close_connection = True
            return
        headers = {
            "Lambda-Runtime-Aws-Request-Id": request.request_id,
            "Lambda-Runtime-Deadline-Ms": str(request.deadline_ms),
            "Lambda-Runtime-Invoked-Function-Arn": request.function_arn,
            "Lambda-Runtime-Trace-Id": request.trace_id,
        }
        self._respond(200, headers, request.payload.encode())

    def do_POST(self) -> None:
        """Initialization error. Anything else posted is a streamed response: all others come by the results pipe."""
        if self.path == "/2018-06-01/runtime/init/error":
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.events.put(InitFailed(body, self.headers.get(ERROR_TYPE_HEADER, "Runtime.Unknown")))
        else:
            message = "Response streaming is not supported by this executor"
            error = {"errorType": "Runtime.InvalidStreamingOperation", "errorMessage": message}
            self.server.events.put(Answered(json.dumps(error).encode(), error["errorType"]))
            self.close_connection = True
        self._respond(202, {}, b"{}")

    def _respond(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args) -> None:
        """Nothing is logged: what goes through here is not for logs."""
