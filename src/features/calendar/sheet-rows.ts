import { type Day, daysBetween } from '../../core/calendar/time.ts'
import { type Text, text } from '../../core/text.ts'
import { lastDayOf, textOf } from '../../infra/sheets/cells.ts'
import { firstTable, type Headings } from '../../infra/sheets/headings.ts'
import type { Row, Workbook } from '../../infra/sheets/spreadsheet.ts'
import { MOST_IN_FILE, type NewDay, spanOf } from './rules.ts'

type Column = 'from' | 'until' | 'works' | 'name'

const HEADINGS: Headings<Column> = {
  from: { exact: ['开始', '开始日期', '日期', 'from', 'date', 'day'], like: /起始|开始/ },
  until: { exact: ['结束', '结束日期', 'until', 'to'], like: /结束|截止/ },
  works: { exact: ['安排', '类型', '放假或上班', 'offorworked', 'type'] },
  name: { exact: ['名称', '节日', '节假日', 'holiday', 'name'], anyOfThem: true },
}

export interface ReadSheet {
  readonly days: readonly NewDay[]
  readonly faults: readonly { readonly number: number; readonly why: Text }[]
  /** What of the workbook was not read; said to whoever sent it. */
  readonly left: readonly Text[]
}

/** The days of a workbook by its headings; null: it has no column of days. */
export function sheetRows({ sheets }: Workbook, today: Day): ReadSheet | null {
  const found = firstTable(sheets, HEADINGS, ['from'])
  if (!found) return null
  const { table, unreadSheets } = found
  const cell = (row: Row, key: Column) => {
    const place = table.places.get(key)
    return place === undefined ? undefined : row.cells[place]
  }
  const read = table.rows.map((row) => ({
    number: row.number,
    ...daysIn(
      lastDayOf(cell(row, 'from'), today),
      lastDayOf(cell(row, 'until'), today),
      textOf(cell(row, 'works')),
      textOf(cell(row, 'name')),
    ),
  }))
  const hidden = table.hiddenRows
  return {
    days: read.flatMap((row) => row.days ?? []),
    faults: read.flatMap(({ number, why }) => (why ? [{ number, why }] : [])),
    left: [
      ...(hidden > 0
        ? [text(`隐藏的 ${hidden} 行没有读。`, `${hidden} hidden rows were not read.`)]
        : []),
      ...(unreadSheets.length > 0
        ? [
            text(
              `工作表 ${unreadSheets.join('、')} 没有读。`,
              `Not read: the sheets ${unreadSheets.join(', ')}.`,
            ),
          ]
        : []),
    ],
  }
}

type Written = ReturnType<typeof lastDayOf>
type RowRead = { readonly days?: readonly NewDay[]; readonly why?: Text }

const WORKS: readonly (readonly [RegExp, boolean])[] = [
  [/^$|^(?:放假|休|休息|off)$/i, false],
  [/^(?:上班|班|补班|调休上班|工作日|work|worked|workday)$/i, true],
]

export const MOST_NAME = 40

function daysIn(from: Written, until: Written, worksSaid: string, name: string): RowRead {
  if (!isDate(from)) {
    return { why: text('开始不是日期，请写成 2027-02-05', 'from is no date; write 2027-02-05') }
  }
  const last = until ?? from
  if (!isDate(last)) {
    return { why: text('结束不是日期，请写成 2027-02-11', 'until is no date; write 2027-02-11') }
  }
  if (last < from) {
    return { why: text('结束早于开始', 'until is before from') }
  }
  const meant = WORKS.find(([pattern]) => pattern.test(worksSaid))
  if (!meant) {
    return {
      why: text(
        `安排"${worksSaid}"没看懂，请写 放假 或 上班`,
        `"${worksSaid}" is unclear; write off or worked`,
      ),
    }
  }
  if (name.length > MOST_NAME) {
    return { why: text(`名称超过 ${MOST_NAME} 字`, `the name has more than ${MOST_NAME} letters`) }
  }
  if (daysBetween(from, last) >= MOST_IN_FILE) {
    return {
      why: text(`一行超过 ${MOST_IN_FILE} 天`, `a row of more than ${MOST_IN_FILE} days`),
    }
  }
  return { days: spanOf(from, last).map((day) => ({ day, works: meant[1], name: name || null })) }
}

const isDate = (written: Written): written is Day =>
  written !== null && written !== 'month' && written !== 'none'
