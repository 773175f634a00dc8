/** Divides the samples of a profile among stages. */
import type { FindSource } from './bundled-sources.ts';
import type { CallFrame, CpuProfile } from './inspector.ts';
import { OTHER, type StageRule } from './stages.ts';

/** Microseconds of samples in each stage. */
export type StageTimes = Map<string, number>;

/** Neither is work of the program. */
const NO_WORK = new Set(['(idle)', '(program)', '(root)']);

/**
 * A sample belongs to the stage of the function that ran; where that is of none, as Node.js's own in C++, to the stage of
 * the nearest function that called it.
 */
export function countSamples(
  profile: CpuProfile,
  rules: readonly StageRule[],
  findSource: FindSource,
  times: StageTimes,
): void {
  const parents = new Map(profile.nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const stages = new Map<number, string>();
  const stageOf = (id: number): string => {
    const known = stages.get(id);
    if (known !== undefined) return known;
    const parent = parents.get(id);
    const stage = findStage(frames.get(id)!, rules, findSource) ?? (parent === undefined ? OTHER : stageOf(parent));
    stages.set(id, stage);
    return stage;
  };
  for (const [index, id] of profile.samples.entries()) {
    if (NO_WORK.has(frames.get(id)!.functionName)) continue;
    const stage = stageOf(id);
    times.set(stage, (times.get(stage) ?? 0) + profile.timeDeltas[index]!);
  }
}

function findStage(frame: CallFrame, rules: readonly StageRule[], findSource: FindSource): string | undefined {
  const file = frame.url === '' ? frame.functionName : (findSource(frame) ?? frame.url);
  return rules.find(([, files]) => files.test(file))?.[0];
}
