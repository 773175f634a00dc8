/** Everything that the answers say about messages, held against each other and then against the store. */
import type { MessageRow } from '../../shared/contract/open-stream.ts';
import type { Answer } from '../answers/parse-answer.ts';
import type { Violation } from './violations.ts';

interface AnsweredRow {
  /** The row as JSON, and the place of the first answer that has it. */
  readonly json: string;
  readonly place: string;
  /** The place of the answer that says it sent this message. */
  sentPlace: string | undefined;
}

export class AnsweredRows {
  readonly #rows = new Map<number, AnsweredRow>();
  #sentCount = 0;

  /** Takes an answer in and says where it contradicts those before. @param place where it stands in the file, such as `line 2` */
  add({ rows, sentId }: Answer, place: string): Violation[] {
    const violations: Violation[] = [];
    for (const row of rows) {
      const [id] = row;
      const json = JSON.stringify(row);
      const known = this.#rows.get(id);
      if (known === undefined) this.#rows.set(id, { json, place, sentPlace: undefined });
      else if (known.json !== json)
        violations.push({ kind: 'answers disagree', message: `${json}, but ${known.place} has ${known.json}` });
    }
    const sent = this.#rows.get(sentId);
    if (sent?.sentPlace !== undefined)
      violations.push({ kind: 'id answered twice', message: `Message_sent is ${sentId}, as in ${sent.sentPlace}` });
    else if (sent !== undefined) {
      sent.sentPlace = place;
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
    return [{ kind: 'store differs', message: `${answered.place} has ${answered.json}, the store ${json}` }];
  }

  /** What is left when every message of the store has been compared. */
  *missing(): Generator<Violation> {
    for (const [id, { json, place, sentPlace }] of this.#rows) {
      const role = sentPlace === undefined ? `shown in ${place}` : `sent in ${sentPlace}`;
      yield { kind: 'not in the store', message: `message ${id}, ${role}: ${json}` };
    }
  }
}
