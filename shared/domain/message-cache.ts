/** The port to a cache of messages that have left their chat's head. It may forget anything at any time, and never fails. */
export interface MessageCache {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}
