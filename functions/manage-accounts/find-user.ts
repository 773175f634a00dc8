/** Finds a user by name. */
import { UserNotFoundError } from '../../shared/domain/errors.ts';
import type { People } from '../../shared/domain/people.ts';

/** @throws UserNotFoundError, StoreUnavailableError */
export async function findUser(people: People, userName: string): Promise<{ userId: string; userName: string }> {
  const user = await people.findByName(userName);
  if (user === undefined) throw new UserNotFoundError('there is no such user');
  return user;
}
