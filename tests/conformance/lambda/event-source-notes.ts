/** Reads what the consumer of the probe app has noted about the messages of a case. */
import type { SQSRecord } from 'aws-lambda';
import type { Engine } from '../conformance-case.ts';
import { readNotes } from '../read-notes.ts';

/**
 * Waits until a number of records was noted.
 * @param name of the case, as its messages give it
 * @returns the records of each event, in the order of the events
 */
export async function readRecords(engine: Engine, name: string, recordCount: number): Promise<SQSRecord[][]> {
  return parse(await readNotes(engine, name, (notes) => parse(notes).flat().length >= recordCount));
}

function parse(notes: readonly string[]): SQSRecord[][] {
  return notes.map((records) => JSON.parse(records));
}
