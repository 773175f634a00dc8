/** MiniStack: a Python package that needs nothing else; it runs functions with the `node` on its PATH. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { HostEngine, Launch, LaunchOptions } from '../host/host-engine.ts';
import { preparePythonEnvironment } from '../host/python-environment.ts';

export const miniStack: HostEngine = {
  name: 'ministack',
  title: 'MiniStack 1.5',
  healthPath: '/_ministack/health',

  async prepare(folder, report) {
    const lockFile = path.join(import.meta.dirname, 'requirements.txt');
    await preparePythonEnvironment({ folder: path.join(folder, 'python'), lockFile, report });
  },

  createLaunch({ folder, stateFolder, port }: LaunchOptions): Launch {
    return {
      file: path.join(folder, 'python/bin/ministack'),
      args: [],
      environment: {
        PATH: [path.dirname(process.execPath), process.env['PATH']].join(path.delimiter),
        HOME: stateFolder,
        TMPDIR: stateFolder,
        BIND_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        // As many execution environments may be at work at the same time; further requests wait.
        MINISTACK_WORKER_THREADS: String(4 * availableParallelism()),
        // These would listen on every interface.
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
        // Goes into the URLs of queues.
        MINISTACK_HOST: '127.0.0.1',
      },
    };
  },
};
