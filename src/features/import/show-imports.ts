import { z } from 'zod'
import { query } from '../../bot/command.ts'
import type { LiveCard } from '../../bot/feature.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { dayIn, sayDay } from '../../core/calendar/time.ts'
import { textCard } from '../../core/card.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import { importCard } from './cards/import-cards.ts'
import { ownImport } from './decide-import.ts'
import * as policy from './policy.ts'
import { type ReturnedRow, returnedRows } from './rejects-store.ts'
import { CARD, type ImportRecord } from './rules.ts'
import { aheadOf, importById, latestImports } from './store.ts'
import { rejectsBlock } from './workbooks.ts'

/** Rows of one workbook. */
const MOST_ROWS = 5000
const MOST_LISTED = 5

/** The rows of an import that were not taken, to be mended and sent back. */
export const importRejects = query<
  { importId: string },
  { record: ImportRecord; rows: readonly ReturnedRow[] }
>({
  name: 'import-rejects',
  may: policy.decideImports,
  concurrency: 'long',
  help: {
    usage: { zh: '（导入里的"不采用的行"）', en: '(the button "Rows not used" of an import)' },
    purpose: {
      zh: '没有采用的行，旁边写明原因',
      en: 'the rows that were not used, each with the reason',
    },
  },
  input: z.object({ importId: z.uuid() }),
  async load(tx, asked, context) {
    const record = await ownImport(tx, asked, context)
    if (record instanceof Refusal) return record
    const rows = await returnedRows(tx, record.id, MOST_ROWS)
    if (rows.length === 0) return refuse('没有不采用的行。', 'No row was left out.')
    context.givesOut(rows.length)
    return { record, rows }
  },
  reply: async ({ record, rows }, _input, { who, say }) =>
    textCard(
      say(
        `没有采用的 ${rows.length} 行，改好后把这份表格发回即可：`,
        `Rows not used: ${rows.length}. Mend them in this workbook and send it back:`,
      ),
      await rejectsBlock(record, rows, who.language),
    ),
})

/** One's latest imports. */
export const showImports = query<unknown, readonly ImportRecord[]>({
  name: 'imports',
  may: policy.decideImports,
  help: {
    usage: { zh: '导入记录', en: 'imports' },
    purpose: { zh: '我的导入和进度', en: 'my imports, and how far they are' },
  },
  phrases: { words: ['导入记录', '导入进度', '我的导入', 'imports'], read: wholeLine({}) },
  input: z.unknown(),
  load: (tx, _input, { who }) => latestImports(tx, who.id, MOST_LISTED),
  fault: (records) =>
    records.length > 0
      ? null
      : refuse(
          '您还没有导入过。发"导入 客户"开始。',
          'You have imported nothing yet. Say "import clients".',
        ),
  reply(records, _input, { who, at }) {
    const [latest, ...earlier] = records
    if (!latest) return { blocks: [] }
    const card = importCard(latest, who.language)
    const items = earlier.map((record) => {
      const day = sayDay(dayIn(record.startedAt, at.timezone), at.today, who.language)
      return { text: `${day} ${importCard(record, who.language).title ?? ''}` }
    })
    const list = items.length > 0 ? [{ kind: 'list', items } as const] : []
    return { ...card, blocks: [...card.blocks, ...list] }
  },
})

/** An import as it stands. */
export const standingImport: LiveCard = {
  name: CARD,
  async compose(tx, subject, { staffId, language }) {
    const record = await importById(tx, subject.slice(CARD.length + 1))
    if (record?.staffId !== staffId) return null
    return importCard(record, language, await aheadOf(tx, record.id))
  },
}
