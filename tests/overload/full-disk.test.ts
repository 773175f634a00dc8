/** An engine whose disk is full for a while. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { connectTo } from '../support/chat-database.ts';
import { listChildProcesses } from '../support/child-processes.ts';
import { DeployedStack } from '../support/deployed-stack.ts';
import { EngineProcess } from '../support/engine-process.ts';
import { ALL_ANSWERED, sendNormalLoad } from './normal-load.ts';
import { readPeakMemoryMb, readStoredMessages } from './overloaded-engine.ts';
import { listDiskKinds, type SmallDisk } from './small-disk.ts';
import { SteadySenders } from './steady-senders.ts';

const WATCHED_SECONDS = 3;
/** Of Linux: the unit of the times in /proc. */
const TICKS_PER_SECOND = 100;

const discarded: { discard(): unknown }[] = [];
afterEach(async () => {
  for (const each of discarded.splice(0).toReversed()) await each.discard();
});

async function start(disk: SmallDisk): Promise<EngineProcess> {
  const engine = await EngineProcess.start({ dataFolder: disk.folder });
  discarded.push(engine);
  return engine;
}

/** Writes more than fits what is left of the disk, so that a part of it may be written. */
async function writeLargeItem(awsEndpoint: string, table: string): Promise<void> {
  const Item = { pk: { S: 'full disk' }, sk: { S: 'large item' }, text: { S: 'a'.repeat(300_000) } };
  await connectTo(awsEndpoint).send(new PutItemCommand({ TableName: table, Item }));
}

/** Processor time of a process and of those that it started, also of those that have ended. */
function readProcessorSeconds(processId: number): number {
  const ticks = [processId, ...listChildProcesses(processId)].flatMap((id) => {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    const own = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return own.slice(11, 15).map(Number);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND;
}

test.each(listDiskKinds())(
  '$name: sends get 503, nothing acknowledged is lost, and with space it works again',
  async (kind) => {
    const disk = kind.make();
    discarded.push(disk);
    const engine = await start(disk);
    const { apiUrls, awsEndpoint } = engine.describe();
    const url = apiUrls[0]!;
    const before = await sendNormalLoad(url);
    const senders = new SteadySenders(url);
    // Its failure, if any, is the test's already.
    discarded.push({ discard: () => senders.stop().catch(() => undefined) });
    await senders.acknowledge(200);

    const table = await new DeployedStack(awsEndpoint).findChatTable();
    disk.fill(engine.processId);
    await expect(writeLargeItem(awsEndpoint, table)).rejects.toMatchObject({ $metadata: {} });
    await senders.refuse(40);
    const acknowledgedAtFull = senders.acknowledged.length;
    await senders.refuse(40);
    expect(senders.acknowledged.length).toBe(acknowledgedAtFull);
    const processorSeconds = readProcessorSeconds(engine.processId);
    await sleep(WATCHED_SECONDS * 1000);
    const usedSeconds = readProcessorSeconds(engine.processId) - processorSeconds;

    disk.free(engine.processId);
    await senders.acknowledge(200);
    await senders.stop();
    const after = await sendNormalLoad(url);
    const peakMb = readPeakMemoryMb(engine.processId);
    console.log(
      `${senders.refusedCount} times 503, ${usedSeconds.toFixed(1)} s of processor in ${WATCHED_SECONDS} s while full, ` +
        `${peakMb} MB, ${before.perSecond}/s before, ${after.perSecond}/s after`,
    );
    expect(senders.unexpected).toEqual([]);
    expect(after.statuses).toEqual(ALL_ANSWERED);
    expect(usedSeconds).toBeLessThan(WATCHED_SECONDS / 2);
    expect(peakMb).toBeLessThan(600);
    await engine.end('SIGTERM');

    // From the disk, not from what the engine has in memory.
    const next = await start(disk);
    const { messages } = await readStoredMessages(next.describe().awsEndpoint);
    expect(senders.acknowledged.map(([id]) => [id, messages[id - 1]?.text])).toEqual(senders.acknowledged);
    expect((await sendNormalLoad(next.describe().apiUrls[0]!)).statuses).toEqual(ALL_ANSWERED);
  },
);
