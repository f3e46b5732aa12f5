import { z } from 'zod'
import { command, query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/grammar/reading.ts'
import { uploadedWorkbook } from '../../bot/inbox/uploads.ts'
import { pathOf } from '../../bot/policy.ts'
import { addMonths, type Day } from '../../core/calendar/time.ts'
import { textCard } from '../../core/card.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import { writeWorkbook } from '../../infra/sheets/spreadsheet.ts'
import * as policy from './policy.ts'
import { type QuotaRow, quotaRows } from './quota-rows.ts'
import { MEASURE_LABELS, MEASURES, type Measure, monthOf } from './rules.ts'
import { type Holder, holdersBelow, progressOf, putTargets } from './store.ts'

const MARKER = 'quotas'
/** The columns of month and code: a program must leave them as they are. */
const CODES = 2
const idOf = ({ whose }: Holder) => ('staffId' in whose ? whose.staffId : whose.unitId)

/** The sheet to fill in: everybody and every unit below, for next month. */
export const quotaSheet = query<unknown, { file: Buffer; month: Day }>({
  name: 'quota-sheet',
  concurrency: 'long',
  may: policy.setQuotas,
  help: {
    usage: { zh: '指标表', en: 'quota sheet' },
    purpose: {
      zh: '下载指标表，填好发回来即生效',
      en: 'a sheet of quotas to fill in and send back',
    },
  },
  phrases: { words: ['指标表', 'quota sheet'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, asker) {
    const { at } = asker
    const month = addMonths(monthOf(at.today), 1)
    const holders = await holdersBelow(tx, pathOf(asker), null)
    const set = await progressOf(tx, holders.map(idOf), month, at.timezone)
    const target = (holder: Holder, measure: Measure) =>
      set.get(idOf(holder))?.find((each) => each.measure === measure)?.target ?? null
    const file = await writeWorkbook({
      marker: MARKER,
      sheets: [
        {
          name: '指标',
          columns: ['月份', '代码', '名称', ...MEASURES.map((each) => MEASURE_LABELS[each].zh)].map(
            (title, at) => ({ title, width: 12, ...(at < CODES && { holds: 'text' as const }) }),
          ),
          rows: holders.map((holder) => [
            month.slice(0, 7),
            holder.code,
            holder.name,
            ...MEASURES.map((measure) => target(holder, measure)),
          ]),
        },
      ],
    })
    return { file, month }
  },
  reply: ({ file, month }, _input, { say }) =>
    textCard(
      say(
        '填好数字发回来即生效；空着的不变，0 为取消。',
        'Fill in the numbers and send it back; blank leaves a quota as it is, 0 takes it away.',
      ),
      { kind: 'file', name: `指标-${month.slice(0, 7)}.xlsx`, base64: file.toString('base64') },
    ),
})

/** A filled-in sheet: every row of it, or none with the first faults named. */
export const takeQuotaSheet = command<
  { uploadId: string },
  readonly QuotaRow[],
  readonly QuotaRow[]
>({
  name: 'take-quota-sheet',
  may: policy.setQuotas,
  files: { marker: MARKER },
  help: {
    usage: { zh: '（发来填好的指标表）', en: '(the filled-in sheet of quotas)' },
    purpose: { zh: '按表定指标', en: 'set quotas by a sheet' },
  },
  input: z.object({ uploadId: z.uuid() }),
  async load(tx, { uploadId }, asker) {
    const { who, at } = asker
    const workbook = await uploadedWorkbook(tx, uploadId, who.id)
    if (workbook instanceof Refusal) return workbook
    return quotaRows(workbook, await holdersBelow(tx, pathOf(asker), null), at.today)
  },
  decide(rows): readonly QuotaRow[] | Refusal {
    const faults = rows.filter(({ fault }) => fault)
    if (faults.length > 0) {
      const lines = faults.slice(0, 5).map(({ number, fault }) => `${number}: ${fault}`)
      return refuse(
        `指标表有 ${faults.length} 行不对，没有改动：\n${lines.join('\n')}\n改好再发一次。`,
        `${faults.length} rows are wrong and nothing was changed:\n${lines.join('\n')}\nMend them and send it again.`,
      )
    }
    const set = rows.filter(({ targets }) => targets.length > 0)
    return set.length > 0
      ? set
      : refuse('表里没有填数字，没有改动。', 'The sheet has no numbers; nothing was changed.')
  },
  async save(tx, rows, { who, at }) {
    for (const { holder, month, targets } of rows) {
      if (holder && month) await putTargets(tx, holder.whose, month, targets, who.id, at.now)
    }
  },
  reply: (rows, _facts, { say }) =>
    textCard(say(`已按表定下 ${rows.length} 行指标。`, `${rows.length} rows of quotas are set.`)),
})
