// Imports what the other module does not export, which is a SyntaxError in JavaScript.
import { nothing } from './results.mjs';

export const handler = async () => nothing;
