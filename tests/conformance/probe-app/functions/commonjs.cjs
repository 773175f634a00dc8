// A CommonJS module, with an export that is no function.
exports.answer = 'not a function';
exports.handler = async () => ({ kind: 'CommonJS', hasRequire: typeof require === 'function' });
