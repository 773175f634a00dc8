/** All the ways in which a process is asked to stop, also without a word. */

const PARENT_CHECK_MS = 500;

/**
 * Calls back once: for Ctrl-C, SIGTERM, SIGHUP, and when the process that started this one is gone (npm, or a program
 * that holds an IPC channel), so that nothing is left behind when that one is killed. A second signal ends at once.
 */
export function onStopRequest(stop: (reason: string) => void): void {
  let isStopping = false;
  const request = (reason: string): void => {
    if (isStopping) return;
    isStopping = true;
    clearInterval(parentCheck);
    stop(reason);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      request(`got ${signal}`);
    });
  process.once('disconnect', () => request('the parent process has closed its channel'));

  const parent = process.ppid;
  const startedByNpm = process.env['npm_lifecycle_event'] !== undefined;
  const parentCheck = setInterval(() => {
    if (startedByNpm && process.ppid !== parent) request('npm has ended');
  }, PARENT_CHECK_MS).unref();
}
