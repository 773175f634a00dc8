// DynamoDB's limits on the size of an expression and on its operators, which dynalite does not enforce.

/** Longest expression in bytes (DynamoDB Developer Guide, "Quotas": the maximum length of any expression string is 4 KB). */
export const MAX_EXPRESSION_BYTES = 4096;
/** Most operators and functions in one expression (same page: "The maximum number of operators or functions … is 300"). */
export const MAX_EXPRESSION_OPERATORS = 300;

const EXPRESSION_PARAMETERS = [
  'UpdateExpression',
  'ConditionExpression',
  'FilterExpression',
  'KeyConditionExpression',
  'ProjectionExpression',
] as const;

/** The expressions of one DynamoDB request, as sent. */
export type RequestExpressions = Partial<Record<(typeof EXPRESSION_PARAMETERS)[number], string>>;

// A word takes its leading `#`, `:` or `.` with it, so that an attribute called `and` or `a.size` is never an operator.
const TOKEN = /[#:.]?\w+(?:\s*\()?|<>|<=|>=|[=<>+-]/g;

/**
 * The message of the ValidationException AWS answers when an expression of the request is over a limit, or undefined.
 * AWS measures the expression as sent, before names and values are filled in.
 */
export function findExpressionOverLimit(request: RequestExpressions): string | undefined {
  for (const parameter of EXPRESSION_PARAMETERS) {
    const expression = request[parameter];
    if (expression === undefined) continue;
    const sizeBytes = Buffer.byteLength(expression);
    if (sizeBytes > MAX_EXPRESSION_BYTES) {
      return `Invalid ${parameter}: Expression size has exceeded the maximum allowed size; expression size: ${sizeBytes}`;
    }
    // Even `a<b` spends two characters on an operator: a shorter text cannot hold too many.
    if (expression.length <= 2 * MAX_EXPRESSION_OPERATORS) continue;
    if (countOperators(expression, parameter === 'UpdateExpression') > MAX_EXPRESSION_OPERATORS) {
      return `Invalid ${parameter}: The expression contains too many operators; operator count: ${MAX_EXPRESSION_OPERATORS + 1}`;
    }
  }
  return undefined;
}

/**
 * Counts what AWS counts: comparators, AND, OR, NOT, BETWEEN (with its AND), IN, `+`, `-` and functions.
 * The `=` of an update is an assignment and free: `SET a = :v1 + :v2 + :v3` has two operators (same page of the guide).
 */
export function countOperators(expression: string, isUpdate: boolean): number {
  let count = 0;
  let openBetweens = 0;
  for (const [token] of expression.matchAll(TOKEN)) {
    if (!/^\w/.test(token)) {
      const isOperator = !/^[#:.]/.test(token) && !(isUpdate && token === '=');
      if (isOperator) count += 1;
      continue;
    }
    const word = token.replace(/\s*\($/, '').toUpperCase();
    if (word === 'AND' && openBetweens > 0) openBetweens -= 1;
    else if (!isUpdate && ['AND', 'OR', 'NOT', 'BETWEEN', 'IN'].includes(word)) count += 1;
    else if (token.endsWith('(')) count += 1;
    if (word === 'BETWEEN') openBetweens += 1;
  }
  return count;
}
