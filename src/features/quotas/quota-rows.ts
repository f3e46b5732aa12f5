import type { Day } from '../../core/calendar/time.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { codeOf, textOf } from '../../infra/sheets/cells.ts'
import { firstTable, type Headings, type Table } from '../../infra/sheets/headings.ts'
import type { Row, Workbook } from '../../infra/sheets/spreadsheet.ts'
import { readMonth } from './phrases.ts'
import { MEASURE_LABELS, MEASURES, type Measure, MOST_TARGET, monthOf } from './rules.ts'
import type { Holder } from './store.ts'

export interface QuotaRow {
  readonly number: number
  readonly holder: Holder | null
  readonly month: Day | null
  readonly targets: readonly { readonly measure: Measure; readonly target: number }[]
  readonly fault: string | null
}

type Column = Measure | 'month' | 'code' | 'name'
const measureHeading = (measure: Measure) => ({
  exact: Object.values(MEASURE_LABELS[measure]).map((label) => label.replaceAll(' ', '')),
})
const HEADINGS: Headings<Column> = {
  month: { exact: ['月份', 'month'] },
  code: { exact: ['代码', '工号', 'code'] },
  name: { exact: ['名称', '姓名', 'name'], anyOfThem: true },
  visits: measureHeading('visits'),
  'new-clients': measureHeading('new-clients'),
  touches: measureHeading('touches'),
  needs: measureHeading('needs'),
  applied: measureHeading('applied'),
  granted: measureHeading('granted'),
}

/** Reads a sheet of quotas by its headings, wherever each column stands. */
export function quotaRows(
  { sheets }: Workbook,
  holders: readonly Holder[],
  today: Day,
): readonly QuotaRow[] | Refusal {
  const table = firstTable(sheets, HEADINGS, ['code'])?.table
  if (!table?.places.has('month') || !table.places.has('code')) {
    return refuse(
      '表里没有"月份"和"代码"两列，没有改动。发"指标表"得到空表。',
      'The sheet has no columns "月份" (month) and "代码" (code); nothing was changed. Say "quota sheet" for an empty one.',
    )
  }
  const odd = oddColumns(table)
  if (odd.length > 0) {
    const titles = odd.map((title) => `"${title}"`)
    return refuse(
      `不知道${titles.join('、')}是哪一项指标，没有改动。列名请和"指标表"的一样，每项一列。`,
      `It is not clear which quota ${titles.join(', ')} means; nothing was changed. Keep the headings of the quota sheet, one column each.`,
    )
  }
  if (table.hiddenRows > 0) {
    return refuse(
      `有 ${table.hiddenRows} 行被筛选隐藏，没有改动。请取消筛选，或删掉这些行，再发一次。`,
      `Hidden rows: ${table.hiddenRows}; nothing was changed. Show or delete them and send the file again.`,
    )
  }
  const byCode = new Map(holders.map((holder) => [holder.code, holder]))
  return onceEach(table.rows.map((row) => readRow(row, table, byCode, today)))
}

/** Columns that stand twice, and columns with something in them that mean nothing to us. */
const oddColumns = ({ twice, unread, rows }: Table<Column>): readonly string[] =>
  twice?.titles ??
  unread
    .filter(({ place }) => rows.some(({ cells }) => textOf(cells[place]) !== ''))
    .map(({ title }) => title)

function readRow(
  { number, cells, faults }: Row,
  { places }: Table<Column>,
  byCode: ReadonlyMap<string, Holder>,
  today: Day,
): QuotaRow {
  const cellOf = (column: Column) => cells[places.get(column) ?? -1] ?? null
  const [said, code] = [codeOf(cellOf('month')), codeOf(cellOf('code'))]
  const holder = byCode.get(code) ?? null
  const month = readMonth(said.slice(0, 7), today)
  const filled = MEASURES.flatMap((measure) => {
    const cell = cellOf(measure)
    if (cell === null) return []
    const odd = typeof cell === 'boolean' || faults.has(places.get(measure) ?? -1)
    return [{ measure, target: odd ? Number.NaN : numberOf(codeOf(cell)) }]
  })
  const odd = filled.find(
    ({ target }) => !Number.isInteger(target) || target < 0 || target > MOST_TARGET,
  )
  const fault = !month
    ? `月份"${said}"`
    : month < monthOf(today)
      ? `月份"${said}"已过去`
      : !holder
        ? `没有代码"${code}"`
        : odd
          ? `${MEASURE_LABELS[odd.measure].zh}应为整数`
          : null
  return { number, holder, month, targets: filled, fault }
}

const numberOf = (written: string): number =>
  /^\d+(?:\.\d+)?$/.test(written) ? Number(written) : Number.NaN

/** The same person and month in another row is a fault: which of the two is meant? */
function onceEach(rows: readonly QuotaRow[]): QuotaRow[] {
  const first = new Map<string, number>()
  return rows.map((row) => {
    if (row.fault || row.targets.length === 0) return row
    const key = `${row.holder?.code} ${row.month}`
    const before = first.get(key)
    if (before === undefined) {
      first.set(key, row.number)
      return row
    }
    return { ...row, fault: `和第 ${before} 行重复（${row.holder?.code}）` }
  })
}
