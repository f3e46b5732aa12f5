import type { Moment } from '../../../../bot/moment.ts'
import type { Block } from '../../../../core/card.ts'
import type { Actor } from '../../../../core/staff.ts'
import { inLanguage, speaker } from '../../../../core/text.ts'
import { writeWorkbook } from '../../../../infra/sheets/spreadsheet.ts'
import { sheetNameOf, takenBy } from '../../../../infra/sheets/writing/taken.ts'
import { STAGE_LABELS, STAGES } from '../rules.ts'
import type { PaidFor } from './days.ts'
import { leftOf, type Share } from './rules.ts'

/** Who gets how many points, as a workbook. No phone: whoever serves a client tells them. */
export async function payoutBook(
  shares: readonly Share[],
  { period, until }: PaidFor,
  who: Actor,
  at: Moment,
): Promise<Extract<Block, { kind: 'file' }>> {
  const say = speaker(who.language)
  const columns = [
    { title: say('机构', 'Unit'), width: 18 },
    { title: say('推荐人', 'Referrer'), width: 14 },
    { title: say('是客户', 'A client'), width: 10 },
    { title: say('员工或客户经理', 'Staff or client manager'), width: 16 },
    { title: say('工号', 'Staff code'), width: 12, holds: 'text' as const },
    ...STAGES.map((stage) => ({ title: inLanguage(STAGE_LABELS[stage], who.language), width: 10 })),
    { title: say('应发', 'Earned'), width: 10 },
    { title: say('抵扣', 'Kept back'), width: 10 },
    { title: say('实发', 'To pay'), width: 10 },
  ]
  const rows = shares.map((share) => [
    share.unit,
    share.name,
    share.isClient ? say('是', 'yes') : '',
    share.staffName,
    share.code,
    ...STAGES.map((stage) => share[stage]),
    ...[share.due, share.owed, leftOf(share)],
  ])
  const name = sheetNameOf(say('谢礼', 'Points'), takenBy(who, at))
  const file = await writeWorkbook({ marker: null, sheets: [{ name, columns, rows }] })
  const called = period === 'all' ? until : period
  return {
    kind: 'file',
    name: `${say('谢礼', 'points')}-${called}.xlsx`,
    base64: file.toString('base64'),
  }
}
