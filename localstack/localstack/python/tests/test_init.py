"""What becomes of functions that cannot be loaded, and how they log."""

import json

from localstack.services.lambda_.invocation.runtime_executor import LambdaRuntimeException

from localstack_on_host.node_executor import NodeRuntimeExecutor

from .environment_case import EnvironmentCase
from .function_version import create_function_version


class Loading(EnvironmentCase):
    def test_a_module_that_throws(self):
        result = self.start("console.log('loading'); throw new RangeError('not today');").invoke()
        self.assertEqual(
            ("RangeError", "not today", True),
            (result.payload["errorType"], result.payload["errorMessage"], result.is_error),
        )
        self.assertRegex(
            result.logs,
            r"(?s)^INIT_START Runtime Version: nodejs:24.*\n"
            r"INIT_REPORT Init Duration: [\d.]+ ms\tPhase: init\tStatus: error\tError Type: RangeError\n"
            r".*\nINIT_REPORT Init Duration: [\d.]+ ms\tPhase: invoke\tStatus: error\tError Type: RangeError\n"
            r"START RequestId: request-1 Version: \$LATEST\nEND RequestId: request-1\nREPORT ",
        )
        self.assertEqual(2, result.logs.count("\tloading\n"))

    def test_a_module_that_is_missing(self):
        error = self.start("", handler="nowhere.handler").invoke().payload
        self.assertEqual("Runtime.ImportModuleError", error["errorType"])
        self.assertTrue(
            error["errorMessage"].startswith("Error: Cannot find module 'nowhere'\n"), error["errorMessage"]
        )

    def test_a_handler_that_is_missing(self):
        error = self.start("export const other = 1;").invoke().payload
        self.assertEqual(
            ("Runtime.HandlerNotFound", "index.handler is undefined or not exported"),
            (error["errorType"], error["errorMessage"]),
        )

    def test_process_exit_while_loading(self):
        self.assertEqual(
            {
                "errorType": "Runtime.ExitError",
                "errorMessage": "RequestId: request-1 Error: Runtime exited with error: exit status 4",
            },
            self.start("process.exit(4);").invoke().payload,
        )

    def test_loading_that_never_ends_takes_the_time_of_the_request(self):
        environment = self.start("await new Promise((done) => setTimeout(done, 60_000));", timeout=1)
        self.assertEqual("Sandbox.Timedout", environment.invoke().payload["errorType"])

    def test_a_runtime_that_is_not_there(self):
        version = create_function_version({}, runtime="python3.13")
        with self.assertRaisesRegex(
            LambdaRuntimeException, "the runtime python3.13 is not there without Docker, only nodejs24.x"
        ):
            NodeRuntimeExecutor.prepare_version(version)


class Logs(EnvironmentCase):
    CODE = """
    export const handler = async () => {
      console.debug('hidden?');
      process.stdout.write('raw\\n');
      console.info('two\\nlines');
      process.stderr.write('error output\\n');
    };
    """

    def test_of_the_text_format(self):
        environment = self.start(self.CODE)
        lines = environment.invoke().logs.split("\n")
        self.assertRegex(lines[0], r"^INIT_START Runtime Version: nodejs:24\.\d+\.\d+$")
        self.assertEqual("START RequestId: request-1 Version: $LATEST", lines[1])
        self.assertEqual({"raw", "error output", "lines"}, set(lines) & {"raw", "error output", "lines"})
        self.assertEqual("END RequestId: request-1", lines[-3])
        self.assertRegex(
            lines[-2],
            r"^REPORT RequestId: request-1\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\t"
            r"Max Memory Used: [1-9]\d* MB\tInit Duration: [\d.]+ ms$",
        )
        again = environment.invoke().logs
        self.assertTrue(again.startswith("START RequestId: request-2"))
        self.assertNotIn("Init Duration", again)

    def test_of_the_json_format(self):
        logging = {"LogFormat": "JSON", "ApplicationLogLevel": "INFO", "SystemLogLevel": "INFO"}
        environment = self.start(self.CODE, logging_config=logging, environment={"AWS_LAMBDA_LOG_LEVEL": "Info"})
        records = [json.loads(line) for line in environment.invoke().logs.splitlines() if line.startswith("{")]
        self.assertEqual(
            ["platform.initStart", "platform.start", "INFO", "platform.report"],
            [record.get("type", record.get("level")) for record in records],
        )
        self.assertEqual(("two\nlines", "request-1"), (records[2]["message"], records[2]["requestId"]))
        self.assertEqual("success", records[3]["record"]["status"])

    def test_of_the_json_format_at_the_level_warn(self):
        logging = {"LogFormat": "JSON", "ApplicationLogLevel": "WARN", "SystemLogLevel": "WARN"}
        environment = self.start("export const handler = async () => 1;", logging_config=logging)
        self.assertEqual("", environment.invoke().logs)
