"""What becomes of functions that fail, and of the request after."""

import threading
import time

from .environment_case import EnvironmentCase

ENDS = """
import { writeSync } from 'node:fs';

const wait = (ms) => new Promise((done) => setTimeout(done, ms));
export const handler = async ({ kind, code, ms, text }) => {
  if (kind === 'results') {
    writeSync(3, text);
    await wait(ms);
  }
  if (kind === 'throw') throw new RangeError('too far');
  if (kind === 'reject') return Promise.reject(new Error('no luck'));
  if (kind === 'exit') process.exit(code);
  if (kind === 'later') {
    setTimeout(() => { throw new Error('later'); }, 1);
    await wait(500);
  }
  if (kind === 'signal') {
    process.kill(process.pid, 'SIGTERM');
    await wait(500);
  }
  if (kind === 'sleep') await wait(ms);
  if (kind === 'block') for (;;);
  if (kind === 'heap') for (const list = []; ; ) list.push(new Array(10_000).fill(list.length));
  if (kind === 'buffers') {
    for (const buffers = []; ; await wait(20)) buffers.push(Buffer.alloc(1 << 24, 1));
  }
  return 'alive';
};
"""

TIMED_OUT = {
    "errorType": "Sandbox.Timedout",
    "errorMessage": "RequestId: request-1 Error: Task timed out after 1.00 seconds",
}


def exit_error(reason: str) -> dict[str, str]:
    return {"errorType": "Runtime.ExitError", "errorMessage": f"RequestId: request-1 Error: {reason}"}


class Failures(EnvironmentCase):
    def assert_fails(self, event: dict, error: dict, **options) -> str:
        """And the next request is served. :return: the logs"""
        environment = self.start(ENDS, **options)
        result = environment.invoke(event)
        payload = {name: value for name, value in result.payload.items() if name != "trace"}
        self.assertEqual((error, True), (payload, result.is_error))
        self.assertEqual("alive", environment.invoke({}).payload)
        return result.logs

    def test_a_thrown_error(self):
        logs = self.assert_fails({"kind": "throw"}, {"errorType": "RangeError", "errorMessage": "too far"})
        self.assertRegex(logs, r"\trequest-1\tERROR\tInvoke Error \t\{\"errorType\":\"RangeError\"")
        self.assertRegex(logs, r"\tStatus: error\tError Type: RangeError\n$")

    def test_a_rejected_promise(self):
        self.assert_fails({"kind": "reject"}, {"errorType": "Error", "errorMessage": "no luck"})

    def test_process_exit_with_0(self):
        self.assert_fails({"kind": "exit", "code": 0}, exit_error("Runtime exited without providing a reason"))

    def test_process_exit_with_a_code(self):
        self.assert_fails({"kind": "exit", "code": 7}, exit_error("Runtime exited with error: exit status 7"))

    def test_an_error_that_nothing_handles(self):
        logs = self.assert_fails({"kind": "later"}, exit_error("Runtime exited with error: exit status 1"))
        self.assertIn("Error: later", logs)

    def test_a_signal(self):
        self.assert_fails({"kind": "signal"}, exit_error("Runtime exited with error: signal: terminated"))

    def test_what_is_no_result_among_the_results(self):
        killed = exit_error("Runtime exited with error: signal: killed")
        for text, ms in (("no JSON\n", 60_000), ("5\n", 60_000), ('{"body":5}\n', 60_000), ("begun", 0)):
            with self.subTest(text):
                self.assert_fails({"kind": "results", "text": text, "ms": ms}, killed, timeout=30)

    def test_a_timeout(self):
        logs = self.assert_fails({"kind": "sleep", "ms": 60_000}, TIMED_OUT, timeout=1)
        self.assertRegex(
            logs,
            r"Z request-1 Task timed out after 1\.00 seconds\n\nEND RequestId: request-1\nREPORT .*"
            r"\tStatus: timeout\n$",
        )

    def test_a_timeout_of_a_busy_loop(self):
        self.assert_fails({"kind": "block"}, TIMED_OUT, timeout=1)

    def test_a_heap_that_is_full(self):
        out_of_memory = exit_error("Runtime exited with error: signal: killed")
        logs = self.assert_fails({"kind": "heap"}, out_of_memory, timeout=30)
        self.assertIn("Error Type: Runtime.OutOfMemory", logs)

    def test_buffers_beyond_the_memory(self):
        self.assert_fails({"kind": "buffers"}, exit_error("Runtime exited with error: signal: killed"), timeout=30)

    def test_an_answer_that_is_too_large(self):
        environment = self.start("export const handler = async () => 'x'.repeat(6_300_000);")
        self.assertEqual(
            {
                "errorType": "Function.ResponseSizeTooLarge",
                "errorMessage": "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
            },
            environment.invoke().payload,
        )

    def test_a_process_that_ends_between_requests(self):
        environment = self.start(
            "export const handler = async () => { setTimeout(() => process.exit(1), 1); return process.pid; };"
        )
        first = environment.invoke().payload
        time.sleep(0.5)
        self.assertNotEqual(first, environment.invoke().payload)

    def test_a_stop_under_a_request(self):
        environment = self.start(ENDS, timeout=60)
        results = []
        request = threading.Thread(target=lambda: results.append(environment.describe_invocation({"kind": "block"})))
        request.start()
        time.sleep(0.3)
        environment.executor.stop()
        request.join(10)
        self.assertEqual(["cancelled"], results)

    def test_twenty_environments_at_a_time(self):
        code = """
        export const handler = async (event) => {
          await new Promise((done) => setTimeout(done, 200));
          return event;
        };
        """
        results = []

        def run(number: int) -> None:
            environment = self.start(code, timeout=30)
            results.extend(environment.invoke(number * 100 + index).payload for index in range(3))

        threads = [threading.Thread(target=run, args=(number,)) for number in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(number * 100 + index for number in range(20) for index in range(3)), sorted(results))
