/** Finds a Python interpreter for the engines that are Python programs. */
import { globSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { PrerequisiteError } from './host-engine.ts';

/** What the lock files resolve for: LocalStack's requirements contradict each other on 3.14. */
const VERSIONS = ['3.13', '3.12'];

const PROBE = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2])';

/**
 * The path of a Python 3.12 or 3.13 that can make virtual environments: what the variable PYTHON names, or else the first
 * one on the PATH or among pyenv's.
 * @throws PrerequisiteError that names what was found instead and how to get one
 */
export async function findPython(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  const rejected: string[] = [];
  for (const candidate of listCandidates(environment)) {
    const { failed, stdout, stderr, exitCode } = await execa(candidate, ['-c', PROBE], {
      env: environment,
      extendEnv: false,
      reject: false,
    });
    if (!failed && VERSIONS.includes(stdout)) return candidate;
    if (!failed) rejected.push(`${candidate} is ${stdout}`);
    // A shim of pyenv for a version that is not switched on, or a name that is not there, is no find.
    else if (exitCode === 1)
      rejected.push(`${candidate} has no ${/No module named '(\w+)'/.exec(stderr)?.[1] ?? 'venv'}`);
  }
  throw new PrerequisiteError(
    `Python ${VERSIONS.toReversed().join(' or ')} with venv is needed; found ${rejected.join(', ') || 'none'}.\n` +
      'Install one (apt-get install python3.13 python3.13-venv, brew install python@3.13, pyenv install 3.13),\n' +
      'or set PYTHON to the path of one.',
  );
}

function listCandidates(environment: NodeJS.ProcessEnv): string[] {
  const { PYTHON: chosen, PYENV_ROOT: pyenv = path.join(homedir(), '.pyenv') } = environment;
  if (chosen) return [chosen];
  const ofPyenv = VERSIONS.flatMap((version) => globSync(path.join(pyenv, 'versions', `${version}*`, 'bin/python')));
  return [...VERSIONS.map((version) => `python${version}`), 'python3', 'python', ...ofPyenv];
}
