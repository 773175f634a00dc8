/** Users, and the ports to where they are kept. */

/** What a user has told about himself or herself. */
export interface Profile {
  readonly name: string;
  readonly surname: string;
  readonly birthday: string;
  readonly sex: string;
  readonly city: string;
  readonly interests: string;
}

/** A user as others see one. Without a profile, `name` is the user name and `surname` is empty. */
export interface Person {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly surname: string;
}

/** What a user name stands for. */
export interface Account {
  /** A random UUID. */
  readonly userId: string;
  /** As it was written at registration. */
  readonly userName: string;
  /** See password.ts. */
  readonly passwordRecord: string;
  /** What tells a repeat of the registration from another one; undefined if it had no idempotency key. */
  readonly registration: { readonly keyHash: string; readonly bodyHash: string } | undefined;
}

/** Names for whoever shows people. Every read is consistent. @throws StoreUnavailableError (all methods) */
export interface People {
  /** Those of the users that there are, by id. */
  readMany(userIds: readonly string[]): Promise<ReadonlyMap<string, Person>>;
  /** The user that a name stands for, whatever its case. */
  findByName(userName: string): Promise<Pick<Account, 'userId' | 'userName'> | undefined>;
}

/** Accounts by user name, whatever its case. Every read is consistent. @throws StoreUnavailableError (all methods) */
export interface Accounts {
  read(userName: string): Promise<Account | undefined>;
  /** Adds an account unless there is one under its name; returns the one that stands there. */
  add(account: Account, profile: Profile | undefined): Promise<Account>;
}
