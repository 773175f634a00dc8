// Ends its own environment in the way that the event names.
const never = new Promise(() => {});

export const handler = async (event) => {
  switch (event.kind) {
    case 'exit':
      return process.exit(event.code);
    case 'rejection':
      void Promise.reject(new Error('nobody waits'));
      return never;
    case 'exception':
      setTimeout(() => {
        throw new Error('nobody catches');
      });
      return never;
    default:
      return 'alive';
  }
};
