/** A group chat in a run. */
import { firstSeq } from '../../../shared/domain/chat-head.ts';
import type { ChatStores } from '../chat-stores.ts';
import type { Call } from '../record.ts';
import type { Scene, SceneResult, SeenTraffic } from '../scene.ts';
import { checkGroup } from './check-group.ts';
import type { User } from './enrol-users.ts';
import { MemberClients } from './member-clients.ts';
import { hasSucceeded } from './member-record.ts';
import type { MembersWave } from './members-wave.ts';

export class MembersScene implements Scene<MembersWave> {
  readonly #users: readonly User[];
  readonly #clients: MemberClients;

  constructor(apiUrl: () => Promise<string>, users: readonly User[]) {
    this.#users = users;
    this.#clients = new MemberClients(apiUrl, users);
  }

  get chatId(): string | undefined {
    return this.#clients.chatId;
  }

  get calls(): number {
    return this.#clients.record.count;
  }

  play(wave: MembersWave): Promise<boolean> {
    return this.#clients.play(wave);
  }

  repeatAll(): Promise<readonly Call[]> {
    return this.#clients.repeatAll();
  }

  async check(stores: ChatStores, seen: SeenTraffic): Promise<SceneResult> {
    const { chatId, record } = this.#clients;
    if (chatId === undefined) return { violations: [], events: {} };
    const chat = await stores.readChat(chatId);
    const entries = await stores.readEntries(
      chatId,
      this.#users.map(({ id }) => id),
    );
    return {
      violations: checkGroup({ ...chat, entries }, record, seen),
      events: {
        messages: chat.messages.length,
        archived: firstSeq(chat.head) - 1,
        'members added': record.adds.filter(hasSucceeded).length,
        removed: record.removals.filter(hasSucceeded).length,
        'marks moved': record.marks.filter(hasSucceeded).length,
        'unread counts': record.lists.filter(({ chat: listed }) => listed).length,
        'edits and deletes': record.changes.filter(hasSucceeded).length,
      },
    };
  }
}
