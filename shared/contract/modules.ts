/** Parts of the messenger that can be left out of a deployment. */
export const MODULES = ['stream', 'chats', 'realtime'] as const;

export type Module = (typeof MODULES)[number];

export function isModule(name: string): name is Module {
  return MODULES.some((module) => module === name);
}
