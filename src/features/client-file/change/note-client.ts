import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { textCard } from '../../../core/card.ts'
import { undoRow } from '../../../core/undo-button.ts'
import { addNote } from '../../clients/file/rows-store.ts'
import { keepHistory } from '../../clients/file/store.ts'
import {
  type ClientRef,
  clientRef,
  nobodyCalledSo,
  resolveClient,
} from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import * as policy from '../policy.ts'
import { NOTE_PHRASES } from './phrases.ts'

const input = z.object({
  ...clientRef,
  note: z
    .string()
    .trim()
    .min(1, '备注是空的。 The note is empty.')
    .max(500, '备注最多 500 字。 A note has at most 500 characters.'),
})
type Input = z.infer<typeof input>

/** Something worth knowing about a client, kept on the file with author and day. */
export const noteClient = command<Input, Client, Input & { readonly client: Client }>({
  name: 'note-client',
  may: policy.keepFile,
  undoable: true,
  help: {
    usage: { zh: '备注 张三 周末不接电话', en: 'note Zhang no calls at the weekend' },
    purpose: { zh: '在客户档案里记一条备注', en: 'keep a note on a client’s file' },
  },
  phrases: NOTE_PHRASES,
  input,
  askedInVain: nobodyCalledSo,
  ofClient: {
    label: { zh: '记成备注', en: 'Keep as a note' },
    input: (named, note) => ({ named, note }),
  },
  load: (tx, asked: ClientRef, asker) =>
    resolveClient(tx, asker, asked, { command: 'note-client', input: asked }),
  decide: (client, asked) => ({ ...asked, client }),
  async save(tx, { client, note }, { who, actId, at }) {
    const by = { staffId: who.id, actId, now: at.now }
    await keepHistory(tx, { clientId: client.id, table: 'client_note' }, by, () =>
      addNote(tx, client.id, note, by),
    )
  },
  reply: ({ client, note }, _facts, { say }) =>
    textCard(
      say(`已备注 **${client.name}**：${note}`, `Noted of **${client.name}**: ${note}`),
      undoRow(say),
    ),
})
