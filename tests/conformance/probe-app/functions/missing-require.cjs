// Requires a module that is not there.
const missing = require('not-installed-anywhere');
exports.handler = async () => missing;
