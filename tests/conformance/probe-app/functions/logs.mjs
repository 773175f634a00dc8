// Logs what the event names.
const LOGS = {
  levels: () => {
    for (const level of ['trace', 'debug', 'log', 'info', 'warn', 'error', 'fatal']) console[level](level);
  },
  formats: () => console.log('%s is %d, %j %o', 'one', 1, { a: 1 }, [2], 'and more'),
  object: () => console.log({ text: 'a', list: [1, { deep: { deeper: {} } }] }),
  values: () => {
    console.log();
    console.log(undefined);
    console.log(null);
    console.log(0n);
    console.log('');
  },
  lines: () => console.log('first\nsecond\n\tthird'),
  streams: () => {
    process.stdout.write('plain output\n');
    process.stderr.write('plain error\n');
  },
  error: () => console.error(new TypeError('wrong')),
  errorWithText: () => console.error('failed:', new TypeError('wrong')),
  errorInObject: () => console.error({ reason: Object.assign(new TypeError('wrong'), { code: 'E_CODE' }) }),
  json: () => console.log('{"already":"json"}'),
  cycle: () => {
    const cycle = { name: 'round' };
    cycle.self = cycle;
    console.log(cycle);
  },
  many: () => {
    for (let index = 0; index < 200; index++) console.log(`line ${index} ${'.'.repeat(40)}`);
  },
};

export const handler = async ({ kind }) => LOGS[kind]();
