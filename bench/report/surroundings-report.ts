/** A line about the machine and the versions of a benchmark. */
import { formatCount } from './format.ts';
import type { Surroundings } from './surroundings.ts';

export function renderSurroundings({ startedAt, machine, versions, commit, isModified }: Surroundings): string {
  const { processor, cores, memoryBytes, system } = machine;
  return [
    `${startedAt.slice(0, 10)}, ${cores} cores of ${processor}, ${formatCount(memoryBytes / 1e9)} GB, ${system}`,
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', '),
    commit === undefined ? 'no commit' : `commit ${commit.slice(0, 7)}${isModified ? ' with changes' : ''}`,
  ].join('; ');
}
