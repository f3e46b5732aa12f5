import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { scopeOf } from '../../../bot/policy.ts'
import { Refusal } from '../../../core/decision.ts'
import type { OutcomeKinds } from '../../../core/outcome.ts'
import { type Language, speaker } from '../../../core/text.ts'
import type { Cell } from '../../../infra/sheets/spreadsheet.ts'
import { streamWorkbook } from '../../../infra/sheets/writing/stream.ts'
import { sheetNameOf, takenBy } from '../../../infra/sheets/writing/taken.ts'
import { outcomeLabel } from '../../tasks/labels.ts'
import * as policy from '../policy.ts'
import { listMeant } from '../store.ts'
import { standingLabel } from './cards.ts'
import { readName } from './show-progress.ts'
import { BEFORE_ALL, type ListedClient, rowsAfter } from './store.ts'

const PAGE = 1000

/** A list row by row, as a workbook. */
export const listWorkbook = query<
  { readonly name: string | null },
  { readonly name: string; readonly file: Buffer; readonly rows: number }
>({
  name: 'list-workbook',
  may: policy.changeList,
  concurrency: 'long',
  help: {
    usage: { zh: '名单 导出 春茶', en: 'list export Tea' },
    purpose: { zh: '名单逐户的结果，表格', en: 'a list client by client, as a workbook' },
  },
  phrases: { words: ['名单 导出', '名单导出', 'list export'], read: readName },
  input: z.object({ name: z.string().trim().min(1).max(40).nullable().default(null) }),
  async load(tx, { name }, context) {
    const { who, at, givesOut } = context
    const list = await listMeant(tx, context, name)
    if (list instanceof Refusal) return list
    let rows = 0
    async function* pages(): AsyncGenerator<Cell[][]> {
      for (let after = BEFORE_ALL; ; ) {
        const page = await rowsAfter(
          tx,
          list as Exclude<typeof list, Refusal>,
          scopeOf(context),
          after,
          PAGE,
        )
        rows += page.length
        if (page.length > 0) yield page.map((row) => cellsOf(row, at.kinds, who.language))
        const last = page.at(-1)
        if (!last || page.length < PAGE) return
        after = last.clientId
      }
    }
    const chunks: Buffer[] = []
    const say = speaker(who.language)
    const title = sheetNameOf(say('名单', 'List'), takenBy(who, at))
    const sheet = { name: title, columns: columnsIn(who.language), pages: pages() }
    for await (const chunk of streamWorkbook(sheet)) chunks.push(chunk)
    givesOut(rows)
    return { name: list.name, file: Buffer.concat(chunks), rows }
  },
  reply: ({ name, file, rows }, _input, { at, say }) => ({
    blocks: [
      {
        kind: 'text',
        text: say(
          `名单"${name}" ${rows} 户。导出已留痕。`,
          `${rows} clients of "${name}". The export is on the audit trail.`,
        ),
      },
      {
        kind: 'file',
        name: `${say('名单', 'list')}-${name}-${at.today}.xlsx`,
        base64: file.toString('base64'),
      },
    ],
  }),
})

function columnsIn(language: Language) {
  const say = speaker(language)
  const words = (title: string, width: number) => ({ title, width, holds: 'text' as const })
  return [
    words(say('姓名', 'Name'), 12),
    words(say('店名', 'Business'), 22),
    words(say('客户经理', 'Manager'), 12),
    words(say('工号', 'Code'), 8),
    words(say('应办日', 'Due'), 12),
    words(say('状态', 'State'), 24),
    words(say('结果', 'Outcome'), 12),
    words(say('结果日', 'Outcome on'), 12),
    words(say('备注', 'Note'), 30),
  ]
}

function cellsOf(row: ListedClient, kinds: OutcomeKinds, language: Language): Cell[] {
  const say = speaker(language)
  return [
    row.name,
    row.businessName,
    row.recalled || row.skip ? null : row.managerName,
    row.skip ? null : row.managerCode,
    row.dueOn,
    standingLabel(row, language),
    row.outcome && outcomeLabel(kinds, row.outcome, say),
    row.outcomeOn,
    row.note,
  ]
}
