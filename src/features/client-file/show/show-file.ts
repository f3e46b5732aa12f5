import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { lacksClient } from '../../../bot/grammar/commands/lacking.ts'
import { asTypedIn } from '../../../bot/grammar/scan/typed-line.ts'
import { NOT_MEANT } from '../../../bot/grammar/slots/slot.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { documentsOf, heldOf, notesOf, relativesOf } from '../../clients/file/rows-store.ts'
import { phonesOf } from '../../clients/identity/phones-store.ts'
import { type ClientRef, clientRef, resolveClient } from '../../clients/resolve-client.ts'
import type { Client } from '../../clients/rules.ts'
import { completenessOf } from '../../completeness/store.ts'
import { facilitiesOf } from '../../facilities/store.ts'
import { looksForPapers } from '../../papers/rules.ts'
import { recordedFacts } from '../../tier-rules/store.ts'
import * as policy from '../policy.ts'
import { columnsOf, factDaysOf } from '../store.ts'
import { type ClientFile, fileCard } from './cards.ts'

/** Everything that is on a client's file. */
export const showFile = query<ClientRef, ClientFile>({
  name: 'client-file',
  may: policy.showFile,
  help: {
    usage: { zh: '档案 张三', en: 'file Zhang' },
    purpose: {
      zh: '客户的全部资料：证件、电话、家庭和担保人、授信、产品、文件、备注；也可以说"资料 张三"',
      en: 'all that is on a client’s file: papers, phones, household, facilities, products, documents, notes',
    },
  },
  phrases: {
    words: ['客户档案', '档案', '资料', 'file'],
    lacks: lacksClient,
    // 资料 房抵贷 are the bank's papers of a product, 档案 金卡 a client's file.
    scans(scanned, from) {
      const { text, context, pieces } = scanned
      const named = asTypedIn(scanned, from, text.length).replace(/[。.!！?？\s]+$/, '')
      const known = pieces.some(({ kind, start }) => kind === 'name' && start === from)
      const other = /^资料/.test(text) && looksForPapers(context.at.catalogue, named)
      if (from === 0 || named === '' || (!known && other)) return NOT_MEANT
      return { reading: { kind: 'understood', input: { named } }, accounted: new Set(pieces) }
    },
  },
  input: z.object(clientRef),
  async load(tx, ref, asker) {
    const client = await resolveClient(tx, asker, ref, { command: 'client-file', input: ref })
    if (!('id' in client)) return client
    return (
      (await fileOf(tx, client, asker.at.today)) ??
      refuse('这位客户已不在档案里。', 'They are not on file.')
    )
  },
  reply: (file, _input, { at, who, shared }) =>
    fileCard(file, { at, language: who.language, shared }),
})

async function fileOf(tx: Queries, client: Client, today: Day): Promise<ClientFile | null> {
  const { id } = client
  const [columns, phones, relatives, facilities, held, documents, notes, complete] =
    await Promise.all([
      columnsOf(tx, id),
      phonesOf(tx, id),
      relativesOf(tx, id),
      facilitiesOf(tx, id),
      heldOf(tx, id),
      documentsOf(tx, id),
      notesOf(tx, id),
      completenessOf(tx, { clientId: id, today }),
    ])
  const [recorded] = await recordedFacts(tx, [id], today)
  const facts = { known: recorded?.facts ?? {}, days: await factDaysOf(tx, id) }
  const rows = { phones, relatives, facilities, held, documents, notes }
  return columns && { client, columns, ...rows, facts, complete }
}
