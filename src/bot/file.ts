import { z } from 'zod'
import { say as card } from '../core/card.ts'
import { type Command, query } from './command.ts'

/** Somebody shared a file with the bot: what it is good for, which is nothing yet. */
export const fileCommand: Command = query({
  name: 'file',
  roles: 'everyone',
  help: {
    usage: { zh: '（发来文件）', en: '(a file)' },
    purpose: { zh: '收到文件时的回答', en: 'the answer to a file' },
  },
  input: z.object({ name: z.string().max(300), size: z.number() }),
  load: async () => null,
  allow: () => null,
  reply: (_facts, { name }, { say }) =>
    card(
      say(
        `收到文件"${name}"，但我还不会处理文件，没有保存。要登记客户请发"新客户 姓名 手机 店名"。`,
        `I got the file "${name}" but cannot use files yet, and kept nothing. To enter a client say "new Name phone business".`,
      ),
    ),
})
