import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { lacksClient } from '../../../bot/grammar/commands/lacking.ts'
import { changesOf, type FileChange } from '../../clients/file/store.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import * as policy from '../policy.ts'
import { historyCard } from './history-cards.ts'

/** Lines of the list. */
const MOST = 20

interface History {
  readonly client: Client
  readonly changes: readonly FileChange[]
}

/** What was changed on a client's file, and what stood there before. */
export const showHistory = query<ClientRef, History>({
  name: 'file-history',
  may: policy.showFile,
  help: {
    usage: { zh: '修改记录 张三', en: 'file history Zhang' },
    purpose: {
      zh: '客户资料改过什么：原来是什么、谁、哪天改的',
      en: 'what was changed on a file: what stood there, who, when',
    },
  },
  phrases: {
    words: ['修改记录', '变更记录', 'file history'],
    lacks: lacksClient,
    read: (rest) => (rest ? { kind: 'understood', input: { named: rest } } : { kind: 'no' }),
  },
  input: z.object(clientRef),
  async load(tx, ref, asker) {
    const client = await resolveClient(tx, asker, ref, { command: 'file-history', input: ref })
    return 'id' in client ? { client, changes: await changesOf(tx, client.id, MOST) } : client
  },
  reply: (history, _input, { at, who, shared }) => historyCard(history, at, who.language, shared),
})
