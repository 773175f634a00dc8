"""What is left when the runtime of a function cannot be started."""

import os
import threading
import unittest
from dataclasses import replace

from localstack_on_host.log_buffer import LogBuffer
from localstack_on_host.runtime_command import RuntimeProcessOptions
from localstack_on_host.runtime_process import RuntimeProcess

# More than any system gives to the environment of a process.
TOO_LARGE = "x" * (16 << 20)
END_LIMIT_SECONDS = 5


class StartsThatFail(unittest.TestCase):
    OPTIONS = RuntimeProcessOptions(
        environment={},
        memory_mb=128,
        node=os.environ["LAMBDA_NODE"],
        client_folder=os.environ["LAMBDA_RUNTIME_CLIENT_FOLDER"],
        native_client=os.environ["LAMBDA_NATIVE_CLIENT"],
    )

    def assert_fails_and_leaves_nothing(self, options: RuntimeProcessOptions, error: type[OSError]) -> None:
        threads, descriptors = set(threading.enumerate()), set(os.listdir("/dev/fd"))
        for _ in range(3):
            with self.assertRaises(error):
                RuntimeProcess(options, LogBuffer())
        for thread in set(threading.enumerate()) - threads:
            thread.join(END_LIMIT_SECONDS)
        self.assertEqual(set(), set(threading.enumerate()) - threads)
        # The one that reads the list may have another number.
        self.assertLess(len(set(os.listdir("/dev/fd")) - descriptors), 2)

    def test_without_node(self):
        self.assert_fails_and_leaves_nothing(replace(self.OPTIONS, node="/nowhere/node"), FileNotFoundError)

    def test_with_an_environment_that_is_too_large(self):
        self.assert_fails_and_leaves_nothing(replace(self.OPTIONS, environment={"TEXT": TOO_LARGE}), OSError)
