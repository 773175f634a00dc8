"""What a function finds in its environment."""

from .environment_case import EnvironmentCase, is_running


class FunctionsSurroundings(EnvironmentCase):
    def test_the_code_is_the_working_directory(self):
        environment = self.start(
            "export const handler = async () => [process.cwd() === process.env.LAMBDA_TASK_ROOT, process.argv.length];"
        )
        self.assertEqual([True, 2], environment.invoke().payload)

    def test_a_commonjs_module_exports_a_handler(self):
        environment = self.start(
            "exports.handler = async (event) => ({ event, name: require('node:path').basename(__filename) });",
            file="index.cjs",
        )
        self.assertEqual({"event": {"a": 1}, "name": "index.cjs"}, environment.invoke({"a": 1}).payload)

    def test_variables_of_the_function_are_set_and_those_of_the_executor_are_gone(self):
        environment = self.start(
            "export const handler = async () => [process.env.COLOUR, process.env.AWS_EXECUTION_ENV, "
            "process.env._LAMBDA_TELEMETRY_LOG_FD ?? null, process.env.LAMBDA_NODE ?? null];",
            environment={"COLOUR": "blue"},
        )
        self.assertEqual(["blue", "AWS_Lambda_nodejs24.x", None, None], environment.invoke().payload)

    def test_the_heap_is_limited_by_the_memory_of_the_function(self):
        environment = self.start(
            "import v8 from 'node:v8'; export const handler = async () => v8.getHeapStatistics().heap_size_limit;",
            memory_size=512,
        )
        limit_mb = environment.invoke().payload / 2**20
        self.assertTrue(400 < limit_mb < 560, limit_mb)

    def test_processes_that_the_function_starts_do_not_get_the_pipes_of_the_runtime(self):
        environment = self.start(
            """
            import { spawnSync } from 'node:child_process';
            export const handler = async () => {
              const list = (processId) => spawnSync('ls', ['-l', `/proc/${processId}/fd`], { encoding: 'utf8' }).stdout;
              const pipes = (text) => text.match(/ [34] -> pipe:/g);
              return { own: pipes(list(process.pid)), child: pipes(list('self')) };
            };
            """
        )
        descriptors = environment.invoke().payload
        self.assertEqual({"own": [" 3 -> pipe:", " 4 -> pipe:"], "child": None}, descriptors)

    def test_the_deadline_is_that_of_the_timeout(self):
        environment = self.start(
            "export const handler = async (event, context) => context.getRemainingTimeInMillis();", timeout=60
        )
        self.assertTrue(50_000 < environment.invoke().payload <= 60_000)

    def test_events_and_answers_of_5_mb_arrive_whole(self):
        environment = self.start("export const handler = async ({ text }) => ({ text });", memory_size=512)
        text = "ü" * 2_500_000
        self.assertEqual({"text": text}, environment.invoke({"text": text}).payload)

    def test_a_stopped_environment_leaves_no_process(self):
        environment = self.start(
            """
            import { spawn } from 'node:child_process';
            export const handler = async () => [process.pid, spawn('sleep', ['600']).pid];
            """
        )
        process_ids = environment.invoke().payload
        self.assertEqual([True, True], [is_running(process_id) for process_id in process_ids])
        environment.executor.stop()
        self.assertEqual("cancelled", environment.describe_invocation())
        self.assertEqual([False, False], [is_running(process_id) for process_id in process_ids])
