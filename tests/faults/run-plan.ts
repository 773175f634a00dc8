/** Plays one plan on an engine and checks what came of it. */
import { ChatStores } from './chat-stores.ts';
import { checkRun } from './check/check-run.ts';
import type { Violation } from './check/violation.ts';
import { Clients } from './clients.ts';
import type { EngineHost } from './engine-host.ts';
import { FaultInjector } from './fault-injector.ts';
import type { Fault, Plan } from './plan.ts';
import type { Call } from './record.ts';
import { waitUntilPublished } from './settle.ts';

export interface RunResult {
  readonly violations: readonly Violation[];
  readonly calls: readonly Call[];
  readonly messages: number;
  /** Messages that left the head. */
  readonly archived: number;
  /** Senders that left the head. */
  readonly evicted: number;
  readonly appliedFaults: readonly Fault[];
}

/**
 * The chat must be empty, and no environment may know of an earlier one.
 * @throws Error if the engine or a store stays away, or a request is not known to the harness
 */
export async function runPlan(host: EngineHost, plan: Plan): Promise<RunResult> {
  const injector = new FaultInjector(host);
  const clients = new Clients(() => host.apiUrl());
  const violations: Violation[] = [];

  host.interpose((exchange) => injector.handle(exchange));
  try {
    for (const wave of plan.waves) {
      injector.begin(wave);
      const isDone = await clients.play(wave);
      injector.requireKnown();
      if (!isDone) violations.push({ message: 'the calls of a wave have no answers in time', calls: [] });
      violations.push(...(await settle(host)));
      // Later messages would hide that something is stuck.
      if (violations.length > 0) break;
    }
    injector.end();
    if (violations.length === 0)
      violations.push(...describeUnanswered(await clients.repeatAll()), ...(await settle(host)));
  } finally {
    host.interpose();
    await host.drain();
  }
  const { calls } = clients.record;
  const chat = await ChatStores.use(host, (stores) => stores.readChat());
  violations.push(...checkRun(chat, calls, injector.publications.all));
  return {
    violations,
    calls,
    messages: chat.messages.length,
    archived: chat.archived,
    appliedFaults: injector.applied,
    evicted: chat.keptCounts.size,
  };
}

async function settle(host: EngineHost): Promise<Violation[]> {
  const { seq, published } = await waitUntilPublished(host);
  return seq === published
    ? []
    : [{ message: `the chat is at rest with ${published} of ${seq} messages published`, calls: [] }];
}

function describeUnanswered(repeats: readonly Call[]): Violation[] {
  const failed = repeats.filter(({ status = 500 }) => status >= 500);
  return failed.length === 0 ? [] : [{ message: 'calls get no answer though nothing fails any more', calls: failed }];
}
