import type { Moment } from '../../bot/moment.ts'
import { addDays, type Day } from '../../core/calendar/time.ts'
import type { Actor } from '../../core/staff.ts'
import { type Language, speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { type SheetToWrite, writeWorkbook } from '../../infra/sheets/spreadsheet.ts'
import { takenBy } from '../../infra/sheets/writing/taken.ts'
import { tierLabel } from '../tier-rules/rules.ts'
import { MOVES_DAYS, PERIOD_DAYS } from './rules.ts'
import { loads, referralLines, tierCounts, tierMoves } from './store.ts'

/** More managers than any bank of this kind has. */
const MOST = 50_000

/** The figures of the pages as a workbook, and how many rows they are. */
export async function figuresBook(
  tx: Queries,
  path: string,
  at: Pick<Moment, 'now' | 'today' | 'timezone'>,
  who: Pick<Actor, 'name' | 'code' | 'language'>,
): Promise<{ readonly file: Buffer; readonly rows: number }> {
  const { today, timezone } = at
  const { language } = who
  const say = speaker(language)
  const [counts, moves, people, referrals] = await Promise.all([
    tierCounts(tx, path),
    tierMoves(tx, path, addDays(today, -MOVES_DAYS)),
    loads(tx, path, today, MOST),
    referralLines(tx, path, addDays(today, -PERIOD_DAYS), timezone, MOST),
  ])
  const words = (title: string) => ({ title, width: 16, holds: 'text' as const })
  const count = (title: string) => ({ title, width: 10, holds: 'amount' as const })
  const tier = (code: string | null) => (code ? tierLabel(code, language) : null)
  const sheets: SheetToWrite[] = [
    {
      name: say('分层', 'Tiers'),
      columns: [words(say('分层', 'Tier')), count(say('客户', 'Clients'))],
      rows: counts.map((each) => [tier(each.tier), each.count]),
    },
    {
      name: say(`近${MOVES_DAYS}天变动`, `Moves of ${MOVES_DAYS} days`),
      columns: [
        ...[words(say('从', 'From')), words(say('到', 'To'))],
        ...[count(say('客户', 'Clients')), count(say('待审批', 'Waiting'))],
      ],
      rows: moves.map((each) => [tier(each.from), tier(each.to), each.count, each.pending]),
    },
    {
      name: say('任务', 'Work'),
      columns: [
        ...[words(say('姓名', 'Name')), words(say('机构', 'Unit'))],
        ...[count(say('客户', 'Clients')), count(say('未办', 'Open'))],
        ...[count(say('逾期', 'Overdue')), count(say('今天', 'Today'))],
        count(say('7天登记', 'Logged in 7 days')),
      ],
      rows: people.map((each) => [
        ...[each.name, each.unit, each.clients, each.open, each.overdue, each.today, each.done],
      ]),
    },
    {
      name: say(`近${PERIOD_DAYS}天转介`, `Referrals of ${PERIOD_DAYS} days`),
      columns: [
        ...[words(say('推荐人', 'Referrer')), words(say('机构', 'Unit'))],
        ...[count(say('留资', 'Left details')), count(say('新客户', 'New'))],
        ...[count(say('申请', 'Applied')), count(say('登记放款', 'Granted, as logged'))],
        count(say('核实放款', 'Granted, confirmed')),
      ],
      rows: referrals.map((each) => [
        ...[each.referrer, each.unit, each.entries, each.fresh, each.applied],
        ...[each.granted, each.confirmed],
      ]),
    },
  ]
  const taken = takenBy(who, at)
  const mark: SheetToWrite = {
    name: say('导出', 'Taken by'),
    columns: [say('导出人', 'By'), say('工号', 'Staff code'), say('时间', 'At')].map(words),
    rows: [[taken.name, taken.code, taken.at]],
  }
  const file = await writeWorkbook({ marker: null, sheets: [...sheets, mark] })
  return { file, rows: sheets.reduce((sum, { rows }) => sum + rows.length, 0) }
}

export const figuresName = (today: Day, language: Language): string =>
  `${speaker(language)('数据', 'figures')}-${today}.xlsx`
