/** A Lambda service with functions in a temporary folder, for tests. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LambdaService, type FunctionSettings, type InvokeResult, type LambdaMode } from './lambda-service.ts';

export interface TemporaryServiceOptions {
  mode?: LambdaMode;
  maxEnvironments?: number;
  concurrencyPerEnvironment?: number;
}

/** Holds a service and the folder with the code and the logs of its functions. */
export class TemporaryService {
  readonly folder = mkdtempSync(join(tmpdir(), 'lambda-'));
  readonly service: LambdaService;

  constructor({ mode = 'managed', maxEnvironments = 2, concurrencyPerEnvironment = 64 }: TemporaryServiceOptions = {}) {
    this.service = new LambdaService({
      mode,
      maxEnvironments,
      concurrencyPerEnvironment,
      logFolder: join(this.folder, 'logs'),
      region: 'eu-central-1',
      accountId: '000000000000',
    });
  }

  /** Writes files into a new code folder and returns its path. */
  writeCode(name: string, files: Record<string, string>): string {
    const codeFolder = join(this.folder, name);
    mkdirSync(codeFolder, { recursive: true });
    for (const [file, content] of Object.entries(files)) writeFileSync(join(codeFolder, file), content);
    return codeFolder;
  }

  /** Adds the function `test` whose `index.mjs` is `code`. */
  addFunction(code: string, overrides: Partial<FunctionSettings> = {}): void {
    this.service.createFunction({
      functionName: 'test',
      functionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:test',
      handler: 'index.handler',
      codeFolder: this.writeCode('code', { 'index.mjs': code }),
      environment: {},
      timeoutMs: 5_000,
      memoryMb: 128,
      logging: { format: 'JSON', applicationLevel: 'INFO', systemLevel: 'WARN', logGroup: '/aws/lambda/test' },
      runtime: 'nodejs24.x',
      ...overrides,
    });
  }

  async invoke(event: unknown): Promise<InvokeResult> {
    return await this.service.invoke('test', JSON.stringify(event));
  }

  /** Invokes and returns the parsed payload, whatever it is. */
  async call(event: unknown) {
    return JSON.parse((await this.invoke(event)).payload);
  }

  /** Stops the service and returns the lines of the function's log. */
  async stopAndReadLog(): Promise<string[]> {
    await this.service.stop();
    const text = readFileSync(join(this.folder, 'logs', 'test.log'), 'utf8');
    return text.split('\n').slice(0, -1);
  }

  async remove(): Promise<void> {
    await this.service.stop();
    rmSync(this.folder, { recursive: true });
  }
}
