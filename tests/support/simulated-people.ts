/** People of whom everybody is there, each under an id that is the user name. */
import type { People } from '../../shared/domain/people.ts';

export const simulatedPeople: People = {
  findByName: async (name) => ({ userId: name, userName: name }),
  readMany: async (ids) => new Map(ids.map((id) => [id, { id, userName: id, name: id, surname: '' }])),
};
