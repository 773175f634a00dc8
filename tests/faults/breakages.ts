/** Ways to break the app on purpose, in a copy of its source, to see that the harness finds each. */
import type { SourceChange } from './prepare-app.ts';

export const BREAKAGES: Readonly<Record<string, readonly SourceChange[]>> = {
  /** An epoch never sinks, so that this condition always holds. */
  'append-without-epoch': [
    {
      file: 'shared/adapters/head-item.ts',
      find: "const conditions = ['#e = :e', '#r = :r'",
      replace: "const conditions = ['#e >= :e', '#r = :r'",
    },
  ],
  'no-signal': [{ file: 'shared/domain/chat-writer.ts', find: '      this.#signal(head.rest),\n', replace: '' }],
  'signal-after-write': [
    { file: 'shared/domain/chat-writer.ts', find: '      this.#signal(head.rest),\n', replace: '' },
    {
      file: 'shared/domain/chat-writer.ts',
      find: 'const after = this.#learn(await this.#append(head, chunk, sentBefore));\n',
      replace:
        'const after = this.#learn(await this.#append(head, chunk, sentBefore));\n      await this.#signal(head.rest);\n',
    },
  ],
  'trim-before-archive': [
    {
      file: 'shared/domain/make-room.ts',
      find: 'const run = await store.putRun(chatId, makeRun(head, chunks, first));\n',
      replace:
        'const run = makeRun(head, chunks, first);\n  await store.trim(chatId, head, chunks.length);\n  await store.putRun(chatId, run);\n',
    },
    { file: 'shared/domain/make-room.ts', find: 'return run.chunks.length;\n', replace: 'return 0;\n' },
  ],
};
