/** How each surface says what went wrong. */
import type { Surface } from '../contract/operation.ts';
import type { ErrorAnswer } from './error-answer.ts';
import type { Problem } from './request-error.ts';

/** What stands in the body; the status code, unless it is the error's own. */
export type ErrorFormat = (error: ErrorAnswer) => { readonly statusCode: number; readonly body: object };

/** `{"detail": ...}`: for bad input a list of `{loc, msg, type}`, one for each problem; otherwise a sentence. */
export const streamErrors: ErrorFormat = ({ statusCode, detail, problems }) => ({
  statusCode,
  body: { detail: problems === undefined ? detail : describeProblems(problems) },
});

const OPERATION_ERRORS: Record<Surface, ErrorFormat> = {
  stream: streamErrors,
  /** `{"message": "kebab-case-code", "detail": ...}` */
  v1: ({ statusCode, code, detail, problems }) => ({
    statusCode: problems === undefined ? statusCode : 400,
    body: { message: code, detail, ...(problems && { problems: describeProblems(problems) }) },
  }),
  /** `{"code": 400, "message": "a sentence"}` */
  counters: ({ statusCode, detail, problems }) => {
    const code = problems === undefined ? statusCode : 400;
    return { statusCode: code, body: { code, message: detail } };
  },
};

export function errorFormatOf(surface: Surface): ErrorFormat {
  return OPERATION_ERRORS[surface];
}

function describeProblems(problems: readonly Problem[]): object[] {
  return problems.map(({ location, message, type }) => ({ loc: location, msg: message, type }));
}
