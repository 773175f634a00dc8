/** A request that cannot be taken, with everything that is wrong with it. */

/** One thing that is wrong. `location` leads to the place, for example `['body', 'text']`. */
export interface Problem {
  readonly location: readonly string[];
  readonly message: string;
  readonly type: string;
}

/** Raised at the edge, before anything is written. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly statusCode: number;
  readonly problems: readonly Problem[];

  constructor(statusCode: number, problems: readonly Problem[]) {
    super(problems.map(({ location, message }) => `${location.join('.')}: ${message}`).join('; '));
    this.statusCode = statusCode;
    this.problems = problems;
  }
}
