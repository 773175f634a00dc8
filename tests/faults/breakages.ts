/** Ways to break the app on purpose, in a copy of its source, to see that the harness finds each. */
import type { Plan } from './plan.ts';
import type { SourceChange } from './prepare-app.ts';

export interface Breakage {
  /** The kind of chat whose promises it breaks. */
  readonly chat: Plan['chat'];
  readonly changes: readonly SourceChange[];
}

export const BREAKAGES: Readonly<Record<string, Breakage>> = {
  /** An epoch never sinks, so that this condition always holds. */
  'append-without-epoch': {
    chat: 'open-stream',
    changes: [
      {
        file: 'shared/adapters/head-item.ts',
        find: "const conditions = ['#e = :e', '#r = :r'",
        replace: "const conditions = ['#e >= :e', '#r = :r'",
      },
    ],
  },
  'no-signal': {
    chat: 'open-stream',
    changes: [{ file: 'shared/domain/chat-writer.ts', find: '      this.#signal(head.rest),\n', replace: '' }],
  },
  /** Where the write's answer was lost the signal is forgotten. */
  'signal-after-write': {
    chat: 'open-stream',
    changes: [
      { file: 'shared/domain/chat-writer.ts', find: '      this.#signal(head.rest),\n', replace: '' },
      {
        file: 'shared/domain/append-once.ts',
        find: 'return { head: after, first: after.seq + 1 - chunk.messages.length };\n',
        replace: 'return { head: after, first: after.seq + 1 - chunk.messages.length, isAnswered: true };\n',
      },
      {
        file: 'shared/domain/chat-writer.ts',
        find: 'const after = this.#learn(outcome.head);\n',
        replace:
          "const after = this.#learn(outcome.head);\n    if ('isAnswered' in outcome) await this.#signal(head.rest);\n",
      },
    ],
  },
  'trim-before-archive': {
    chat: 'open-stream',
    changes: [
      {
        file: 'shared/domain/make-room.ts',
        find: 'const run = await store.putRun(chatId, makeRun(head, chunks, first));\n',
        replace:
          'const run = makeRun(head, chunks, first);\n  await store.trim(chatId, head, chunks.length);\n  await store.putRun(chatId, run);\n',
      },
      { file: 'shared/domain/make-room.ts', find: 'return run.chunks.length;\n', replace: 'return 0;\n' },
    ],
  },
  /** Whoever has read the head before goes on writing for somebody who has left. */
  'leave-without-epoch': {
    chat: 'members',
    changes: [
      {
        file: 'shared/adapters/head-item.ts',
        find: "{ ':e': number(head.epoch), ':one': number(1), ':o': { S: owner } }",
        replace: "{ ':e': number(head.epoch), ':one': number(0), ':o': { S: owner } }",
      },
    ],
  },
  /** Messages may have come since the head was read. */
  'join-at-seq-as-read': {
    chat: 'members',
    changes: [
      {
        file: 'shared/adapters/head-item.ts',
        find: "const sets = ['#s.#m = :zero', '#j.#m = #q'",
        replace: "const sets = ['#s.#m = :zero', '#j.#m = :q'",
      },
      {
        file: 'shared/adapters/head-item.ts',
        find: "      '#j': 'joined',\n      '#q': 'seq',\n",
        replace: "      '#j': 'joined',\n",
      },
      {
        file: 'shared/adapters/head-item.ts',
        find: "      ':zero': number(0),\n",
        replace: "      ':zero': number(0),\n      ':q': number(head.seq),\n",
      },
    ],
  },
  'marks-move-back': {
    chat: 'members',
    changes: [
      { file: 'shared/adapters/dynamodb-inbox.ts', find: "'#mark < :new'", replace: "'attribute_exists(#mark)'" },
    ],
  },
  /** Whoever stops in between leaves a member who does not find the chat. */
  'entry-after-join': {
    chat: 'members',
    changes: [
      {
        file: 'functions/manage-chats/add-member.ts',
        find: '    await inbox.add(user, chatId, head.epoch);\n    await chats.join(chatId, head, user, joinKey);\n',
        replace: '    await chats.join(chatId, head, user, joinKey);\n    await inbox.add(user, chatId, head.epoch);\n',
      },
    ],
  },
  /** Whoever may not remove a member, or stops in between, leaves one who does not find the chat. */
  'entry-removed-before-leaving': {
    chat: 'members',
    changes: [
      {
        file: 'functions/manage-chats/remove-member.ts',
        find: '    const read = await chats.readHead(chatId);\n',
        replace:
          '    const read = await chats.readHead(chatId);\n    if (read) await inbox.remove(user, chatId, read.epoch + 1);\n',
      },
    ],
  },
  /** A key that has left the head with a member is forgotten. */
  'join-key-not-kept': {
    chat: 'members',
    changes: [
      {
        file: 'functions/manage-chats/remove-member.ts',
        find: 'if (keyHash !== undefined)',
        replace: "if (keyHash === '')",
      },
    ],
  },
  'archive-without-redaction': {
    chat: 'members',
    changes: [
      {
        file: 'shared/domain/make-room.ts',
        find: '  if (hasEdits(head)) await redactRun(store, chatId, run);\n',
        replace: '  if (hasEdits(head) && chatId === "") await redactRun(store, chatId, run);\n',
      },
    ],
  },
};
