/** Everything that the answers say about messages, held against each other and then against the store. */
import type { MessageRow } from '../../shared/contract/open-stream.ts';
import type { Answer } from '../answers/parse-answer.ts';
import type { Violation } from './violations.ts';

interface AnsweredRow {
  /** The row as JSON, and the line of the first answer that has it. */
  readonly json: string;
  readonly line: number;
  /** The line of the answer that says it sent this message. */
  sentLine: number | undefined;
}

export class AnsweredRows {
  readonly #rows = new Map<number, AnsweredRow>();
  #sentCount = 0;

  /** Takes an answer in and says where it contradicts those before. @param line its line in the file */
  add({ rows, sentId }: Answer, line: number): Violation[] {
    const violations: Violation[] = [];
    for (const row of rows) {
      const [id] = row;
      const json = JSON.stringify(row);
      const known = this.#rows.get(id);
      if (known === undefined) this.#rows.set(id, { json, line, sentLine: undefined });
      else if (known.json !== json)
        violations.push({ kind: 'answers disagree', message: `${json}, but line ${known.line} has ${known.json}` });
    }
    const sent = this.#rows.get(sentId);
    if (sent?.sentLine !== undefined)
      violations.push({ kind: 'id answered twice', message: `Message_sent is ${sentId}, as in line ${sent.sentLine}` });
    else if (sent !== undefined) {
      sent.sentLine = line;
      this.#sentCount++;
    }
    return violations;
  }

  /** Distinct messages that the answers show and that were not yet compared. */
  get size(): number {
    return this.#rows.size;
  }

  /** Distinct messages that an answer says it sent. */
  get sentCount(): number {
    return this.#sentCount;
  }

  /** Compares what the answers say about a message with what the store says, and forgets it. */
  compare(stored: MessageRow): Violation[] {
    const [id] = stored;
    const answered = this.#rows.get(id);
    if (answered === undefined) return [];
    this.#rows.delete(id);
    const json = JSON.stringify(stored);
    if (answered.json === json) return [];
    return [{ kind: 'store differs', message: `line ${answered.line} has ${answered.json}, the store ${json}` }];
  }

  /** What is left when every message of the store has been compared. */
  *missing(): Generator<Violation> {
    for (const [id, { json, line, sentLine }] of this.#rows) {
      const role = sentLine === undefined ? `shown in line ${line}` : `sent in line ${sentLine}`;
      yield { kind: 'not in the store', message: `message ${id}, ${role}: ${json}` };
    }
  }
}
