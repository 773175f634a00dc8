// Has its handler in the default export only.
export default { handler: async () => 'default export' };
