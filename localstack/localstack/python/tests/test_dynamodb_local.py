"""How long DynamoDB Local is watched. A command of the system stands in for it."""

import json
import os
import threading
import unittest
from unittest import mock

from localstack.services.dynamodb.server import DynamodbServer

from localstack_on_host.dynamodb_local import replace_download
from localstack_on_host.orphan_guard import ORPHAN_GUARD

END_LIMIT_SECONDS = 10


class Watching(unittest.TestCase):
    def test_ends_when_the_command_has_ended(self):
        replace_download()
        forgotten = []
        is_forgotten = threading.Event()

        def forget(process_id: int) -> None:
            forgotten.append(process_id)
            is_forgotten.set()

        command = {"DYNAMODB_LOCAL_COMMAND": json.dumps(["sleep", "60"])}
        with mock.patch.dict(os.environ, command), mock.patch.object(ORPHAN_GUARD, "forget", forget):
            process = DynamodbServer().do_start_thread().process
            self.assertEqual([], forgotten)
            process.kill()
            self.assertTrue(is_forgotten.wait(END_LIMIT_SECONDS))
        self.assertEqual([process.pid], forgotten)
        ORPHAN_GUARD.forget(process.pid)
