/** A small CDK app in a folder of its own, and the command of an engine run in it. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';

const PROJECT = path.resolve(import.meta.dirname, '../..');

export class EngineWorkspace {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'engine-workspace-'));
  readonly #engine: string;

  /** @param engine one that is prepared in this project: what was installed for it is used again */
  constructor(engine: string) {
    this.#engine = engine;
    cpSync(path.join(import.meta.dirname, 'small-app'), this.folder, { recursive: true });
    symlinkSync(path.join(PROJECT, 'node_modules'), path.join(this.folder, 'node_modules'));
    const installed = path.join(PROJECT, '.engines', engine);
    const own = path.join(this.folder, '.engines', engine);
    mkdirSync(own, { recursive: true });
    for (const name of readdirSync(installed).filter((entry) => entry !== 'state'))
      symlinkSync(path.join(installed, name), path.join(own, name));
    for (const name of ['home', 'tmp']) mkdirSync(path.join(this.folder, name));
    this.answerWith('first');
  }

  get stateFolder(): string {
    return path.join(this.folder, '.engines', this.#engine, 'state');
  }

  /** Changes the function: the API answers with this text after the next deployment. */
  answerWith(text: string): void {
    mkdirSync(path.join(this.folder, 'function'), { recursive: true });
    const code = `export const handler = async () => ({ statusCode: 200, body: ${JSON.stringify(text)} });\n`;
    writeFileSync(path.join(this.folder, 'function/index.mjs'), code);
  }

  /** Starts `npm run <engine> -- ...args` in this folder, with a home and a folder for temporary files of its own. */
  start(...args: string[]) {
    return execa(
      'node',
      ['--disable-warning=ExperimentalWarning', path.join(PROJECT, 'localstack', this.#engine, 'main.ts'), ...args],
      {
        cwd: this.folder,
        preferLocal: true,
        localDir: PROJECT,
        env: { HOME: path.join(this.folder, 'home'), TMPDIR: path.join(this.folder, 'tmp') },
        all: true,
        reject: false,
      },
    );
  }

  /** The same, until it has ended. */
  async run(...args: string[]): Promise<{ exitCode: number | undefined; all: string }> {
    const { exitCode, all } = await this.start(...args);
    return { exitCode, all };
  }

  /** What was left outside the engine's own folder. */
  listStrayFiles(): string[] {
    return ['home', 'tmp'].flatMap((name) =>
      readdirSync(path.join(this.folder, name)).map((file) => `${name}/${file}`),
    );
  }

  async discard(): Promise<void> {
    await this.run('--down');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
