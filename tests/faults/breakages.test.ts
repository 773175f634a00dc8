/** The harness finds what is broken on purpose. The same seeds hold on the app as it is: seeds.test.ts. */
import { expect, test } from 'vitest';
import { type Breakage, BREAKAGES } from './breakages.ts';
import { prepareApp } from './prepare-app.ts';
import { SeedRunner } from './seed-runner.ts';
import { planOf } from './seeds.ts';

const LAST_SEED = 50;

/** Only plans of the kind of chat that is broken can find it. */
async function findViolation({ chat, changes }: Breakage): Promise<{ seed: number; message: string } | undefined> {
  const runner = await SeedRunner.start(changes);
  try {
    for (let seed = 1; seed <= LAST_SEED; seed++) {
      const plan = planOf(seed);
      if (plan.chat !== chat) continue;
      const [first] = (await runner.run(plan)).violations;
      if (first !== undefined) return { seed, message: first.message };
    }
    return undefined;
  } finally {
    await runner.stop();
  }
}

test.each(Object.entries(BREAKAGES))('within fifty seeds: %s', async (name, breakage) => {
  const found = await findViolation(breakage);
  expect(found).toBeDefined();
  console.log(`${name}: found by seed ${found?.seed}: ${found?.message}`);
});

test('a change of text that is not in the source is refused', async () => {
  const change = { file: 'shared/domain/make-room.ts', find: 'no such text', replace: '' };
  await expect(prepareApp([change])).rejects.toThrow('shared/domain/make-room.ts has 0 times the text');
});
