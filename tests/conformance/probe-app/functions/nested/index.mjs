// Has its handler in a folder and inside an exported object.
export const api = { handler: async () => 'nested' };
