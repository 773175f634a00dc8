// One request to the local DynamoDB, in the low-level JSON of its API.

/** An error answer of DynamoDB; `name` is its type without namespace, e.g. `ResourceNotFoundException`. */
export class DynamoDbError extends Error {
  constructor(operation: string, type: string, message: string) {
    super(`DynamoDB refused ${operation}: ${type}: ${message}`);
    this.name = type;
  }
}

/** Sends one operation with its parameters; rejects with {@link DynamoDbError} on an error answer. */
export async function callDynamoDb<Answer>(endpoint: string, operation: string, parameters: object): Promise<Answer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      // dynalite wants the form of a signature and checks none.
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/local/local/dynamodb/aws4_request, SignedHeaders=host, Signature=local',
      'x-amz-date': '20250101T000000Z',
    },
    body: JSON.stringify(parameters),
  });
  const text = await response.text();
  if (!response.ok) throw readError(operation, text, response.status);
  const answer: Answer = JSON.parse(text);
  return answer;
}

function readError(operation: string, text: string, status: number): DynamoDbError {
  const { __type: type, message = '' }: { __type?: string; message?: string } = JSON.parse(text);
  return new DynamoDbError(operation, type?.split('#').at(-1) ?? `HTTP ${status}`, message);
}
