// Fails in the way that the event names.
class OrderError extends Error {
  constructor(message) {
    super(message);
    this.name = 'OrderError';
  }
}
class Unnamed extends Error {}

const ERRORS = {
  error: () => new Error('no luck'),
  subclass: () => new OrderError('no order'),
  unnamed: () => new Unnamed('no name'),
  builtIn: () => new RangeError('too far'),
  text: () => 'just text',
  nothing: () => undefined,
  object: () => ({ code: 7 }),
  properties: () => Object.assign(new Error('with more'), { code: 'E_MORE', details: { count: 2 } }),
  lines: () => new Error('first\nsecond'),
};

export const handler = (event) => {
  const error = ERRORS[event.kind]();
  if (event.isRejection) return Promise.reject(error);
  throw error;
};
