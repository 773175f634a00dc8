"""What LocalStack finds of this package, by the entry points beside it."""

from localstack.constants import VERSION
from localstack.runtime import hooks
from localstack.services.lambda_.invocation.plugins import RuntimeExecutorPlugin
from localstack.utils.catalog.catalog import AwsCatalogRemoteStatePlugin
from localstack.utils.catalog.common import AwsRemoteCatalog, LocalStackMetadata


class NodeRuntimeExecutorPlugin(RuntimeExecutorPlugin):
    """Runs functions as Node.js processes: LAMBDA_RUNTIME_EXECUTOR=node."""

    name = "node"

    def load(self, *args, **kwargs):
        from localstack_on_host.node_executor import NodeRuntimeExecutor

        return NodeRuntimeExecutor


class NothingFurther:
    """Stands in for the catalogue of what newer and paid releases of LocalStack support, which is downloaded."""

    def get_remote_catalog(self) -> AwsRemoteCatalog:
        return AwsRemoteCatalog(
            schema_version="v1",
            localstack=LocalStackMetadata(version=VERSION),
            services={},
            cloudformation_resources={"community": {}, "pro": {}},
        )


class InstalledCatalogPlugin(AwsCatalogRemoteStatePlugin):
    """
    Says which resource types are supported: those that this installation has a resource provider for. Without a
    catalogue LocalStack refuses all types, or none. It has the name that LocalStack prefers over its own.
    """

    name = "aws-catalog-remote-state-with-license"

    def __init__(self) -> None:
        super().__init__(NothingFurther())


@hooks.on_infra_start()
def use_prepared_dynamodb_local() -> None:
    from localstack_on_host import dynamodb_local

    dynamodb_local.replace_download()
