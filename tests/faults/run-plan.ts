/** Plays one plan on an engine and checks what came of it. */
import { ChatStores } from './chat-stores.ts';
import type { Violation } from './check/violation.ts';
import type { EngineHost } from './engine-host.ts';
import { FaultInjector } from './fault-injector.ts';
import { enrolUsers } from './members/enrol-users.ts';
import { MembersScene } from './members/members-scene.ts';
import type { Fault, Network } from './network.ts';
import { isAnswered } from './persistence.ts';
import type { Plan } from './plan.ts';
import type { Scene } from './scene.ts';
import { waitUntilPublished } from './settle.ts';
import { StreamScene } from './stream/stream-scene.ts';

export interface RunResult {
  readonly violations: readonly Violation[];
  readonly calls: number;
  /** What happened in the chat, and how often. */
  readonly events: Readonly<Record<string, number>>;
  readonly appliedFaults: readonly Fault[];
}

/**
 * The table of chats must be empty, and no environment may know of an earlier one.
 * @throws Error if the engine or a store stays away, or a request is not known to the harness
 */
export async function runPlan(host: EngineHost, plan: Plan): Promise<RunResult> {
  const apiUrl = () => host.apiUrl();
  if (plan.chat === 'open-stream') return playWaves(host, plan.waves, new StreamScene(apiUrl));
  const users = await enrolUsers(host.stores.AWS_ENDPOINT_URL_DYNAMODB);
  return playWaves(host, plan.waves, new MembersScene(apiUrl, users));
}

async function playWaves<Wave extends Network>(
  host: EngineHost,
  waves: readonly Wave[],
  scene: Scene<Wave>,
): Promise<RunResult> {
  const injector = new FaultInjector(host);
  const violations: Violation[] = [];

  host.interpose((exchange) => injector.handle(exchange));
  try {
    for (const wave of waves) {
      injector.begin(wave);
      const isDone = await scene.play(wave);
      injector.requireKnown();
      if (!isDone) violations.push({ message: 'the calls of a wave have no answers in time', calls: [] });
      violations.push(...(await settle(host, scene.chatId)));
      // Later messages would hide that something is stuck.
      if (violations.length > 0) break;
    }
    injector.end();
    if (violations.length === 0) {
      const unanswered = (await scene.repeatAll()).filter((call) => !isAnswered(call));
      if (unanswered.length > 0)
        violations.push({ message: 'calls get no answer though nothing fails any more', calls: unanswered });
      violations.push(...(await settle(host, scene.chatId)));
    }
  } finally {
    host.interpose();
    await host.drain();
  }
  const seen = { publications: injector.publications.all, heads: injector.heads.all };
  const result = await ChatStores.use(host, (stores) => scene.check(stores, seen));
  return {
    violations: [...violations, ...result.violations],
    calls: scene.calls,
    events: result.events,
    appliedFaults: injector.applied,
  };
}

async function settle(host: EngineHost, chatId: string | undefined): Promise<Violation[]> {
  if (chatId === undefined) return [];
  const { seq, published } = await waitUntilPublished(host, chatId);
  return seq === published
    ? []
    : [{ message: `the chat is at rest with ${published} of ${seq} messages published`, calls: [] }];
}
