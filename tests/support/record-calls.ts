/** Records which methods of a port are called. */

/**
 * The port itself, but that the name of each method called is added to `calls`, in order.
 * @param name stands before the method's: `chats.readHead`
 */
export function recordCalls<Port extends object>(name: string, port: Port, calls: string[]): Port {
  return new Proxy(port, {
    get: (target, property) => {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        calls.push(`${name}.${String(property)}`);
        return Reflect.apply(value, target, args);
      };
    },
  });
}
