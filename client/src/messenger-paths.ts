/** The part of the API's description that is the canonical API, and what it speaks of. */
import type { components, paths } from './api-types.ts';

export type MessengerPaths = {
  [Path in keyof paths as Path extends `/v1/${string}` | '/ping' | '/ping_db' ? Path : never]: paths[Path];
};

type Schemas = components['schemas'];
export type Credentials = Schemas['Credentials'];
export type Chat = Schemas['Chat'];
export type ChangedChat = Schemas['ChangedChat'];
export type Message = Schemas['Message'];
export type Session = Schemas['Session'];
