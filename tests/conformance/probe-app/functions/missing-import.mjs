// Imports a file that is not there.
import missing from './not-there.mjs';

export const handler = async () => missing;
