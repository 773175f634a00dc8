// The errors of a template: what is wrong or not emulated, and where.

/** One part of a template cannot be resolved; `path` is where it stands, such as `Resources.Queue.Properties.Name`. */
export class TemplateError extends Error {
  constructor(path: string, problem: string) {
    super(`${path}: ${problem}`);
    this.name = 'TemplateError';
  }
}

/** One thing that the engine would have to ignore. */
export interface UnsupportedPart {
  logicalId: string;
  type: string;
  /** Path of the property, empty if the type itself is not emulated. */
  property: string;
  reason: string;
}

/** A template needs what the engine does not emulate; lists all of it. */
export class UnsupportedTemplateError extends Error {
  readonly parts: readonly UnsupportedPart[];

  constructor(stackName: string, parts: readonly UnsupportedPart[]) {
    const lines = parts.map(({ logicalId, type, property, reason }) =>
      [`- ${logicalId} (${type})`, property, reason].filter((text) => text !== '').join(': '),
    );
    super(
      `The stack ${stackName} needs what the local engine does not emulate; nothing was created. ` +
        `Leave it out for the local run or test it against AWS:\n${lines.join('\n')}`,
    );
    this.name = 'UnsupportedTemplateError';
    this.parts = parts;
  }
}
