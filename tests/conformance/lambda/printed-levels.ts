/** What a function prints that uses each method of the console, where nothing makes log lines of it. */
export const PRINTED_LEVELS = [
  'Trace: trace',
  '<stack>',
  'debug',
  'log',
  'info',
  'warn',
  'error',
  // There is no console.fatal.
  'TypeError: console[level] is not a function',
  '<stack>',
];
