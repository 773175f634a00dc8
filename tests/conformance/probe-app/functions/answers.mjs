// Answers with what the request asks for: the JSON in its body or in its query parameter `answer`.
export const handler = async ({ body, queryStringParameters }) => {
  const wanted = JSON.parse(queryStringParameters?.answer ?? body);
  if (typeof wanted !== 'object') return wanted;
  if (wanted?.throw !== undefined) throw new Error(wanted.throw);
  if (wanted?.exit !== undefined) process.exit(wanted.exit);
  if (wanted?.repeat !== undefined) return { statusCode: 200, body: 'x'.repeat(wanted.repeat) };
  return wanted;
};
