/** What the tables and pictures say of each kind of comparison. */
import { type Scenario } from '../scenario.ts';
import type { CompareResults } from './results.ts';
import type { CellSummary } from './summarize-cells.ts';

export interface ComparedTexts {
  readonly title: string;
  readonly notes: string;
  /** Of a table's rows that have the same number of chats, and keys or none. */
  readonly describe: (scenario: Scenario) => string;
  /** What is counted, by the second. */
  readonly unit: string;
  /** One of it. */
  readonly thing: string;
  readonly storeNotes: string;
  /** What the bars of the picture count. */
  readonly bars: { readonly title: string; readonly read: (summary: CellSummary) => number };
}

const MEASURED = `The systems are measured one after another in each round; a number is the median of the rounds, the spread goes from the
slowest to the fastest round. CPU µs is the processor time of all processes of a system for one`;
const MEMORY = `MB their memory;
the generator, which runs on the same machine, counts on its own.`;
const DURABILITY = `With async commit (\`synchronous_commit = off\`) a message outlives the
process, not the power, as with the messenger's store on this machine: these rows have the same durability. With sync commit
it outlives the power too.`;
const LESS = `It does less than the messenger: its ids come from an identity column, which may leave gaps,
and a message may become visible after one with a greater id.`;
const STORE = `Counted in passes of their own that are not timed. For the messenger: requests of its functions to DynamoDB, which may carry
many messages or items each. For the plain server: rows of its tables.`;
const RATES = { title: 'Messages per second', read: ({ rate }: CellSummary): number => rate };

export const COMPARED: Readonly<Record<CompareResults['command'], ComparedTexts>> = {
  compare: {
    title: 'The messenger beside a plain server',
    notes: `${MEASURED} message, ${MEMORY} Each system starts empty for each number of chats and
keeps what it stores.

The plain server is Fastify with PostgreSQL behind it, reached by a Unix socket. A send is one call of one SQL function, or a
transaction of single statements from Node.js. ${DURABILITY} ${LESS}`,
    describe: describeSends,
    unit: 'messages/s',
    thing: 'message',
    storeNotes: STORE,
    bars: RATES,
  },
  members: {
    title: 'Messages of members beside a plain server',
    notes: `${MEASURED} message, ${MEMORY} A hundred people send, each in a
session of their own, to chats that they are members of: one of all, or groups of ten at least. Limits on requests are off.

The plain server is Fastify with PostgreSQL behind it, reached by a Unix socket. For each message it checks the session (the
token's hash, its expiry, its end), the membership and the idempotency key, stores the message and reads the last ten: in one
call of one SQL function, or in a transaction of single statements from Node.js. ${DURABILITY}
${LESS}`,
    describe: describeSends,
    unit: 'messages/s',
    thing: 'message',
    storeNotes: STORE,
    bars: RATES,
  },
  chats: {
    title: 'Lists of chats beside a plain server',
    notes: `${MEASURED} list, ${MEMORY} One person asks for the whole
list, in a session: half of the chats are direct, half of them groups of ten; each has twenty messages, of which all, fifteen,
ten or none are read.

The plain server is Fastify with PostgreSQL behind it, reached by a Unix socket. One SQL function checks the session, counts
what is unread in each chat, looks for its newest message and answers the finished JSON.`,
    describe: ({ chats }) => `A list of ${chats} chats`,
    unit: 'lists/s',
    thing: 'list',
    storeNotes: STORE,
    bars: { title: 'Microseconds until the answer, half of them at most', read: ({ p50Ms }) => p50Ms * 1_000 },
  },
};

function describeSends({ chats, keys }: Scenario): string {
  return `${chats === 1 ? 'One chat' : `${chats} chats`}, ${keys === 'none' ? 'no keys' : 'an idempotency key with each message'}`;
}
