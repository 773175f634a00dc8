/** The command line of the benchmark. */
import { LIMITS } from '../shared/domain/chat-head.ts';
import { readArguments, readWholeNumber } from '../tools/command-line/read-options.ts';
import { ToolError } from '../tools/command-line/run-tool.ts';
import { type Keys, KEYS, type SystemName, SYSTEM_NAMES, SYSTEMS } from './scenario.ts';

export const COMMANDS = ['compare', 'members', 'chats', 'logins', 'history', 'soak', 'live', 'profile'] as const;

export type Command = (typeof COMMANDS)[number];

export interface BenchOptions {
  readonly command: Command;
  readonly measuredMs: number;
  readonly warmUpMs: number;
  readonly rounds: number;
  readonly connections: readonly number[];
  readonly chats: readonly number[];
  readonly keys: readonly Keys[];
  readonly systems: readonly SystemName[];
  /** People who log in at once (logins). */
  readonly logins: number;
  /** Messages of history (history). */
  readonly messages: number;
  /** Length of the load (soak), of a load on a group (live). */
  readonly minutes: number;
  /** Messages a second in all chats together (live). */
  readonly rates: readonly number[];
  /** Members of the group (live). */
  readonly members: number;
  /** Sockets that are open and do nothing (live). */
  readonly sockets: number;
  /** Folder for the results. */
  readonly out: string;
}

export const BENCH_HELP = `Puts this messenger beside a plain server that does the same job: Fastify and PostgreSQL.

Usage: npm run bench -- [compare | members | chats | logins | history | soak | live | profile] [options]

  compare    tables of rates, latencies, processor time and memory, the systems in turn (the default; about 20 minutes)
  members    the same for members who send, each in a session, to chats of their own
  chats      the same for one person's list of many chats
  logins     many people who log in at once, and what that does to those who send
  history    the rate on an empty table and on one that holds many messages, in turn
  soak       a long load: the rate and the memory over time
  live       messages that reach open sockets: how soon, and what sockets cost that do nothing (about 15 minutes)
  profile    the processor time of a message, stage by stage; takes port 9229 for an inspector

  --seconds N         measured time of each cell; soak: length of a step  [3; logins: 5; soak, profile: 10; live: 20]
  --warm-up N         time before it that is not measured, in seconds  [1; chats: 4; live: 3]
  --rounds N          how often each cell is measured; not with soak, profile  [3]
  --connections N,... clients that each wait for their answers
                      [1,20,100; members, soak: 100; chats: 1,10; logins: 20; profile: 20,100]
  --chats N,...       compare: 1 for the open stream, more for that many chats in turn; members: chats of a hundred
                      people; chats: length of the list; logins: the first; live: of two people, the first
                      [1,100; chats: 200; logins: 1; live: 500]
  --keys KIND,...     Idempotency-Key of the requests: none, each (logins, history, soak, live: the first)
                      [none,each; members, logins, live: each]
  --systems NAME,...  [all; chats: managed,function-off; logins, history, soak, live, profile: managed]
${SYSTEM_NAMES.map((name) => `                        ${name.padEnd(16)}${SYSTEMS[name]}`).join('\n')}
  --logins N          people who log in at once (logins)  [1000]
  --messages N        messages of history (history)  [1000000]
  --minutes N         length of the load (soak), of a load on the group (live)  [10; live: 1]
  --rates N,...       messages a second in all chats together (live)  [100,250,500]
  --members N         members of the group (live)  [256]
  --sockets N         sockets that are open and do nothing (live)  [5000]
  --quick             about 2 minutes: compare: --seconds 1 --rounds 1 --connections 1,100 --keys none
                      members, chats: --seconds 1 --rounds 1, logins: --seconds 1 --rounds 1 --logins 100
                      history: --seconds 2 --rounds 1 --messages 100000, soak: --minutes 1
                      live: --seconds 5 --warm-up 1 --rounds 1 --minutes 0.25 --sockets 1000
                      profile: --seconds 2 --connections 100 --keys none
  --out FOLDER        where the results go: Markdown, JSON and a picture  [.bench]
  --save              the same as --out docs/performance
  --help

Tables go to stdout, progress to stderr. Ctrl-C ends everything that was started; data are deleted in any case.

Exit code: 0 if all went well, 1 if a cell had errors or lost messages, 2 if it could not be measured.`;

const DEFAULTS = {
  compare: { systems: SYSTEM_NAMES.join(), keys: KEYS.join() },
  members: { connections: '100', systems: SYSTEM_NAMES.join(), keys: 'each' },
  chats: { connections: '1,10', systems: 'managed,function-off', keys: 'none', chats: '200', 'warm-up': '4' },
  logins: { connections: '20', systems: 'managed', keys: 'each', chats: '1', seconds: '5' },
  history: { systems: 'managed', keys: 'none' },
  soak: { connections: '100', systems: 'managed', keys: 'none', seconds: '10' },
  live: { systems: 'managed', keys: 'each', chats: '500', seconds: '20', 'warm-up': '3', minutes: '1' },
  profile: { connections: '20,100', systems: 'managed', keys: 'none,each', seconds: '10' },
};
const ALWAYS = {
  seconds: '3',
  'warm-up': '1',
  rounds: '3',
  connections: '1,20,100',
  chats: '1,100',
  logins: '1000',
  messages: '1000000',
  minutes: '10',
  rates: '100,250,500',
  members: '256',
  sockets: '5000',
};
const QUICK = {
  compare: { seconds: '1', rounds: '1', connections: '1,100', keys: 'none' },
  members: { seconds: '1', rounds: '1' },
  chats: { seconds: '1', rounds: '1' },
  logins: { seconds: '1', rounds: '1', logins: '100' },
  history: { seconds: '2', rounds: '1', messages: '100000' },
  soak: { minutes: '1' },
  live: { seconds: '5', 'warm-up': '1', rounds: '1', minutes: '0.25', sockets: '1000' },
  profile: { seconds: '2', connections: '100', keys: 'none' },
};

/** @returns undefined if only help is wanted */
export function readBenchOptions(args: string[]): BenchOptions | undefined {
  const text = { type: 'string' } as const;
  const { values, positionals } = readArguments({
    args,
    allowPositionals: true,
    options: {
      seconds: text,
      'warm-up': text,
      rounds: text,
      connections: text,
      chats: text,
      keys: text,
      systems: text,
      logins: text,
      messages: text,
      minutes: text,
      rates: text,
      members: text,
      sockets: text,
      quick: { type: 'boolean', default: false },
      out: text,
      save: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const command = readCommand(positionals);
  const defaults = {
    ...ALWAYS,
    ...DEFAULTS[command],
    ...(values.quick && QUICK[command]),
  };
  const given = { ...defaults, ...values };
  const { connections, chats, systems, seconds, rounds, logins, messages, minutes, keys, rates, members, sockets } =
    given;
  if (values.save && values.out !== undefined) throw new ToolError('--save and --out exclude each other');
  return {
    command,
    measuredMs: readWholeNumber('seconds', seconds, 1, 3_600) * 1_000,
    warmUpMs: readWholeNumber('warm-up', given['warm-up'], 0, 3_600) * 1_000,
    rounds: readWholeNumber('rounds', rounds, 1, 100),
    connections: readNumbers('connections', connections, 10_000),
    chats: readNumbers('chats', chats, 10_000),
    keys: readNames('keys', keys, KEYS),
    systems: readNames('systems', systems, SYSTEM_NAMES),
    logins: readWholeNumber('logins', logins, 1, 100_000),
    messages: readWholeNumber('messages', messages, 1, 100_000_000),
    minutes: readMinutes(minutes),
    rates: readNumbers('rates', rates, 10_000),
    members: readWholeNumber('members', members, 2, LIMITS.members),
    sockets: readWholeNumber('sockets', sockets, 1, 100_000),
    out: values.save ? 'docs/performance' : (values.out ?? '.bench'),
  };
}

function readCommand([given = 'compare', ...others]: string[]): Command {
  const command = COMMANDS.find((name) => name === given);
  if (command === undefined || others.length > 0)
    throw new ToolError(`got "${[given, ...others].join(' ')}"; it takes one of ${COMMANDS.join(', ')}\nSee --help.`);
  return command;
}

function readMinutes(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (value > 0) return value;
  throw new ToolError(`--minutes: got "${text}"; it takes a number greater than 0, such as 10 or 0.5`);
}

function readNumbers(option: string, text: string, maximum: number): number[] {
  return [...new Set(text.split(',').map((part) => readWholeNumber(option, part.trim(), 1, maximum)))];
}

function readNames<T extends string>(option: string, text: string, names: readonly T[]): T[] {
  const chosen = text.split(',').map((part) => {
    const name = names.find((known) => known === part.trim());
    if (name === undefined) throw new ToolError(`--${option}: got "${text}"; it takes any of ${names.join(',')}`);
    return name;
  });
  return [...new Set(chosen)];
}
