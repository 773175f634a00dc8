/** DynamoDB Local, AWS's own emulator, from Maven artifacts. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { execa } from 'execa';
import { PrerequisiteError } from '../../host/host-engine.ts';

const PROJECT = path.join(import.meta.dirname, 'pom.xml');
const SERVER = path.join(import.meta.dirname, 'server.xml');
/** What must come of the project: `<SHA-256>  <file>` by line. */
const CHECKSUMS = path.join(import.meta.dirname, 'jars.sha256');
/** Stands in a folder that is complete; holds the checksums that it was checked against. */
const MARK = 'checked-against';

/**
 * Brings DynamoDB Local into the folder unless it is there.
 * @throws PrerequisiteError without Java 17 or Maven; Error if a file is not the one expected
 */
export async function prepareDynamoDbLocal(folder: string, report: (step: string) => void): Promise<void> {
  await requireJava();
  const expected = readFileSync(CHECKSUMS, 'utf8');
  const mark = path.join(folder, MARK);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === expected) return;

  await requireProgram(
    'mvn',
    'Maven is needed to install DynamoDB Local: apt-get install maven, or brew install maven.',
  );
  report(`installing the Java packages of ${path.relative('', PROJECT)}`);
  rmSync(folder, { recursive: true, force: true });
  const jars = jarFolder(folder);
  const options = ['--quiet', '--batch-mode', '--strict-checksums', '--file', PROJECT];
  await execa('mvn', [
    ...options,
    'dependency:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${jars}`,
  ]);
  const actual = listChecksums(jars);
  if (actual !== expected)
    throw new Error(`${jars} is not what ${CHECKSUMS} says:\n${describeDifference(expected, actual)}`);
  writeFileSync(mark, expected);
}

/**
 * The command of a DynamoDB Local on 127.0.0.1 that keeps all in memory: the program and its arguments.
 * @param folder prepared with prepareDynamoDbLocal
 * @param port a number, or a text to put one in place of later
 * @param temporaryFolder exists; each start leaves a copy of a library there
 */
export function createDynamoDbLocalCommand(
  folder: string,
  port: number | string,
  temporaryFolder: string,
): [string, ...string[]] {
  const jars = jarFolder(folder);
  // The heap is that of LocalStack's own start command; the rest makes it start in half the time.
  const memory = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  // Without the first the virtual machine writes into /tmp.
  const files = ['-XX:-UsePerfData', `-Djava.io.tmpdir=${temporaryFolder}`, `-Djava.library.path=${jars}`];
  const server = ['-cp', path.join(jars, '*'), 'org.eclipse.jetty.xml.XmlConfiguration', `port=${port}`, SERVER];
  return ['java', ...memory, ...files, ...server];
}

function jarFolder(folder: string): string {
  return path.join(folder, 'jars');
}

async function requireJava(): Promise<void> {
  const advice =
    'Java 17 or later is needed for DynamoDB Local: apt-get install openjdk-17-jre-headless, or brew install openjdk@17.';
  const output = await requireProgram('java', advice, '-version');
  const version = /version "(\d+)/.exec(output)?.[1];
  if (Number(version) < 17) throw new PrerequisiteError(`The java on the PATH is version ${version}. ${advice}`);
}

/** @returns what the program says to the argument */
async function requireProgram(program: string, advice: string, argument = '--version'): Promise<string> {
  const { failed, all } = await execa(program, [argument], { reject: false, all: true });
  if (failed) throw new PrerequisiteError(`There is no ${program} on the PATH that runs. ${advice}`);
  return all;
}

function listChecksums(folder: string): string {
  const lines = readdirSync(folder)
    .toSorted()
    .map(
      (file) =>
        `${createHash('sha256')
          .update(readFileSync(path.join(folder, file)))
          .digest('hex')}  ${file}\n`,
    );
  return lines.join('');
}

function describeDifference(expected: string, actual: string): string {
  const [expectedLines, actualLines] = [expected.split('\n'), actual.split('\n')];
  const missing = expectedLines.filter((line) => !actualLines.includes(line)).map((line) => `- ${line}`);
  const unexpected = actualLines.filter((line) => !expectedLines.includes(line)).map((line) => `+ ${line}`);
  return [...missing, ...unexpected].join('\n');
}
