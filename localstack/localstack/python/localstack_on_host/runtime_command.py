"""The command that runs AWS's runtime client, and the descriptors that it is started with."""

import os
from dataclasses import dataclass

# The descriptors that native-client.mjs writes to.
RESULTS_DESCRIPTOR, LOGS_DESCRIPTOR = 3, 4


@dataclass(frozen=True)
class RuntimeProcessOptions:
    environment: dict[str, str]
    memory_mb: int
    node: str
    client_folder: str
    """Where aws-lambda-ric is installed."""
    native_client: str
    """Path of native-client.mjs."""


@dataclass(frozen=True)
class RuntimeDescriptors:
    """What the process writes to: each has a number above those that the process gets it as."""

    output: int
    logs: int
    results: int


def spawn_runtime(options: RuntimeProcessOptions, api_address: str, descriptors: RuntimeDescriptors) -> int:
    """
    :param api_address: host and port of the Runtime API
    :return: the id of the process, which leads a group of its own
    :raises OSError: if it cannot be started, such as for an environment that is too large
    """
    arguments = [
        options.node,
        # The shares of the function's memory that AWS gives to the heap.
        f"--max-old-space-size={options.memory_mb * 9 // 10}",
        f"--max-semi-space-size={max(options.memory_mb // 20, 1)}",
        f"--import={options.native_client}",
        os.path.join(options.client_folder, "node_modules", "aws-lambda-ric", "index.mjs"),
    ]
    environment = {
        **options.environment,
        "AWS_LAMBDA_RUNTIME_API": api_address,
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
            (os.POSIX_SPAWN_DUP2, descriptors.output, 1),
            (os.POSIX_SPAWN_DUP2, descriptors.output, 2),
            (os.POSIX_SPAWN_DUP2, descriptors.results, RESULTS_DESCRIPTOR),
            (os.POSIX_SPAWN_DUP2, descriptors.logs, LOGS_DESCRIPTOR),
        ],
    )
