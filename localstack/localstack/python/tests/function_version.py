"""Makes functions for the tests: a folder of code, and LocalStack's description of it."""

import tempfile
from pathlib import Path

from localstack.aws.api.lambda_ import Architecture, LoggingConfig, PackageType, Runtime, State, TracingMode
from localstack.services.lambda_.invocation.lambda_models import (
    FunctionVersion,
    HotReloadingCode,
    LambdaEphemeralStorage,
    VersionFunctionConfiguration,
    VersionIdentifier,
    VersionState,
)


def create_function_version(
    files: dict[str, str],
    handler: str = "index.handler",
    timeout: int = 3,
    memory_size: int = 128,
    environment: dict[str, str] | None = None,
    logging_config: LoggingConfig | None = None,
    runtime: str = Runtime.nodejs24_x,
) -> FunctionVersion:
    folder = Path(tempfile.mkdtemp())
    for name, text in files.items():
        (folder / name).write_text(text)
    return FunctionVersion(
        id=VersionIdentifier("probe", "$LATEST", "us-east-1", "000000000000"),
        config=VersionFunctionConfiguration(
            description="",
            role="arn:aws:iam::000000000000:role/probe",
            timeout=timeout,
            runtime=runtime,
            memory_size=memory_size,
            handler=handler,
            package_type=PackageType.Zip,
            environment=environment,
            architectures=[Architecture.x86_64],
            internal_revision="1",
            ephemeral_storage=LambdaEphemeralStorage(512),
            snap_start=None,
            tracing_config_mode=TracingMode.PassThrough,
            # Code that stands in a folder as it is.
            code=HotReloadingCode(host_path=str(folder)),
            last_modified="2026-01-01T00:00:00.000+0000",
            state=VersionState(State.Active),
            logging_config=logging_config or {},
        ),
    )
