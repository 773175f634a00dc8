// Returns values of the kinds that the event names.
const cycle = {};
cycle.self = cycle;

const RESULTS = {
  object: () => ({ text: 'grüße', list: [1, null, true] }),
  nothing: () => undefined,
  null: () => null,
  text: () => 'text',
  number: () => 0,
  date: () => new Date(0),
  holes: () => ({ kept: 1, dropped: undefined, list: [undefined], notANumber: Number.NaN }),
  cycle: () => cycle,
  bigint: () => 1n,
  promise: () => Promise.resolve('later'),
  large: ({ bytes }) => 'x'.repeat(bytes),
};

export const handler = (event) => (event?.kind === undefined ? { event } : RESULTS[event.kind](event));
