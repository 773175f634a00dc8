/**
 * Installs the packages if they are not there as package-lock.json says. Plain JavaScript without packages: it is what
 * runs first on a machine with nothing but Node.js and npm, and it costs a later command next to nothing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const PROJECT = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '..');
const OLDEST_NODE = 20;

/** What the lock file wants and what npm says it has installed, by path. */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(path.join(PROJECT, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function isInstalled() {
  const wanted = readPackages('package-lock.json');
  const installed = readPackages('node_modules/.package-lock.json');
  if (wanted === undefined || installed === undefined) return false;
  // Optional packages are those for other systems: npm leaves them out.
  return Object.entries(wanted).every(
    ([name, { version, optional }]) => name === '' || optional || installed[name]?.version === version,
  );
}

if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
  console.error(`Node.js ${OLDEST_NODE} or newer is needed to begin with; this is ${process.version}.`);
  process.exit(1);
}
if (!isInstalled()) {
  console.log('Installing the packages that package-lock.json names (once; about a minute) ...');
  const { status } = spawnSync('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: PROJECT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci failed; see above.');
    process.exit(status ?? 1);
  }
}
