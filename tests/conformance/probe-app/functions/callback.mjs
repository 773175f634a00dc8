// Answers by a callback, as Node.js runtimes before 24 allowed.
export const handler = (_event, _context, callback) => callback(null, 'called back');
