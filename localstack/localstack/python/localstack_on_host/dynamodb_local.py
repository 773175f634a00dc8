"""Makes LocalStack start the DynamoDB Local that was prepared for it, where it would download one and a Java."""

import json
import logging
import os
import subprocess
import threading

from localstack.services.dynamodb.server import DynamodbServer
from localstack.utils.common import TMP_THREADS, ShellCommandThread
from localstack.utils.patch import patch

from localstack_on_host.orphan_guard import ORPHAN_GUARD

LOG = logging.getLogger(__name__)
START_LIMIT_SECONDS = 10


def replace_download() -> None:
    """From now on DynamoDB Local is the command of DYNAMODB_LOCAL_COMMAND: a JSON list with {port} in it."""

    @patch(DynamodbServer.do_start_thread)
    def do_start_thread(_original, self):
        command = json.loads(os.environ["DYNAMODB_LOCAL_COMMAND"])
        # Never started again by itself: all tables would silently be gone.
        thread = ShellCommandThread(
            [part.replace("{port}", str(self.port)) for part in command],
            log_listener=lambda line, **_: LOG.info(line.rstrip()),
            name="dynamodb-local",
        )
        TMP_THREADS.append(thread)
        thread.start()
        if not thread.started.wait(START_LIMIT_SECONDS):
            raise RuntimeError(f"DynamoDB Local could not be started: {command[0]}")
        process = thread.process
        ORPHAN_GUARD.watch(process.pid)
        threading.Thread(target=_forget_when_ended, args=(process,), name="dynamodb-local-end", daemon=True).start()
        return thread


def _forget_when_ended(process: subprocess.Popen) -> None:
    process.wait()
    ORPHAN_GUARD.forget(process.pid)
