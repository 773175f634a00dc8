"""What becomes of processes that are watched when the process that watches them is killed."""

import json
import subprocess
import sys
import time
import unittest

from .environment_case import is_running

# Stands in for LocalStack: watches and forgets what it is told, and kills its guard.
WATCHER = """
import json
import sys
import psutil
from localstack_on_host.orphan_guard import OrphanGuard

guard = OrphanGuard()
for line in sys.stdin:
    action, *process_ids = json.loads(line)
    if action == "kill guard":
        for process in psutil.Process().children():
            process.kill()
            psutil.wait_procs([process])
    else:
        getattr(guard, action)(*process_ids)
    print("done", flush=True)
"""
END_LIMIT_SECONDS = 10


class GuardedProcesses(unittest.TestCase):
    def setUp(self):
        pipe = subprocess.PIPE
        self.watcher = subprocess.Popen([sys.executable, "-c", WATCHER], stdin=pipe, stdout=pipe, text=True)
        self.addCleanup(self.kill_watcher)

    def tell(self, *action: object) -> None:
        self.watcher.stdin.write(f"{json.dumps(action)}\n")
        self.watcher.stdin.flush()
        self.assertEqual("done\n", self.watcher.stdout.readline())

    def kill_watcher(self) -> None:
        self.watcher.kill()
        self.watcher.communicate()

    def start(self, *command: str, **options) -> subprocess.Popen:
        process = subprocess.Popen(command, **options)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def start_sleep(self) -> subprocess.Popen:
        return self.start("sleep", "60")

    def assert_ends(self, *processes: subprocess.Popen) -> None:
        for process in processes:
            self.assertEqual(-9, process.wait(END_LIMIT_SECONDS))

    def test_they_end_with_their_groups(self):
        alone = self.start_sleep()
        script = "sleep 60 & echo $!; wait"
        leader = self.start("sh", "-c", script, stdout=subprocess.PIPE, text=True, start_new_session=True)
        member = int(leader.stdout.readline())
        self.tell("watch", alone.pid)
        self.tell("watch", leader.pid)
        self.kill_watcher()
        self.assert_ends(alone, leader)
        leader.stdout.close()
        end_at = time.monotonic() + END_LIMIT_SECONDS
        while is_running(member) and time.monotonic() < end_at:
            time.sleep(0.05)
        self.assertFalse(is_running(member))

    def test_one_that_was_forgotten_stays(self):
        forgotten, watched = self.start_sleep(), self.start_sleep()
        for process in (forgotten, watched):
            self.tell("watch", process.pid)
        self.tell("forget", forgotten.pid)
        self.kill_watcher()
        self.assert_ends(watched)
        self.assertTrue(is_running(forgotten.pid))

    def test_one_that_has_ended_already_does_not_keep_the_others(self):
        ended = self.start("true")
        ended.wait()
        watched = [self.start_sleep() for _ in range(3)]
        for process in (ended, *watched):
            self.tell("watch", process.pid)
        self.kill_watcher()
        self.assert_ends(*watched)

    def test_a_guard_that_has_ended_is_started_again_and_knows_all(self):
        before, forgotten, after = (self.start_sleep() for _ in range(3))
        for process in (before, forgotten):
            self.tell("watch", process.pid)
        self.tell("kill guard")
        self.tell("forget", forgotten.pid)
        self.tell("watch", after.pid)
        self.kill_watcher()
        self.assert_ends(before, after)
        self.assertTrue(is_running(forgotten.pid))
