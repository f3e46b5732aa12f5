import type { Day } from '../../core/calendar/time.ts'
import { type Text, text } from '../../core/text.ts'
import { faultOf } from '../../infra/sheets/cell-fault.ts'
import { codeOf, textOf } from '../../infra/sheets/cells.ts'
import type { Heading } from '../../infra/sheets/headings.ts'
import type { Row } from '../../infra/sheets/spreadsheet.ts'
import { readMonth } from './phrases.ts'
import { MEASURE_LABELS, MEASURES, type Measure, MOST_TARGET, monthOf } from './rules.ts'

/** What a row of the sheet says; a measure that it leaves blank is not in it, 0 takes a quota away. */
export interface SaidQuotas {
  readonly month: Day
  /** Of a person or a unit. */
  readonly code: string
  readonly targets: Readonly<Partial<Record<Measure, number>>>
}

export type Column = Measure | 'month' | 'code' | 'name'

const ofMeasure = (measure: Measure) => {
  const label = MEASURE_LABELS[measure]
  return { label, exact: Object.values(label).map((each) => each.replaceAll(' ', '')) }
}
/** What the columns of the sheet are called. */
export const HEADINGS: Readonly<Record<Column, Heading & { readonly label: Text }>> = {
  month: { label: text('月份', 'month'), exact: ['月份', 'month'] },
  code: { label: text('代码', 'code'), exact: ['代码', '工号', 'code'] },
  name: { label: text('名称', 'name'), exact: ['名称', '姓名', 'name'], anyOfThem: true },
  visits: ofMeasure('visits'),
  'new-clients': ofMeasure('new-clients'),
  touches: ofMeasure('touches'),
  needs: ofMeasure('needs'),
  applied: ofMeasure('applied'),
  granted: ofMeasure('granted'),
}

/** Reads a row by the places of its columns; else every fault of it. */
export function readQuotas(
  row: Row,
  places: ReadonlyMap<Column, number>,
  today: Day,
): SaidQuotas | readonly Text[] {
  const cellOf = (column: Column) => row.cells[places.get(column) ?? -1] ?? null
  const faults: Text[] = []
  const said = codeOf(cellOf('month'))
  const month = readMonth(said.slice(0, 7), today)
  if (!month)
    faults.push(
      text(`月份"${said}"不清楚，请写成 2026-12。`, `"${said}" is no month; write 2026-12.`),
    )
  else if (month < monthOf(today))
    faults.push(text(`月份"${said}"已过去。`, `"${said}" has gone by.`))
  const code = codeOf(cellOf('code'))
  if (code === '') faults.push(text('没有写代码。', 'There is no code.'))
  const targets: Partial<Record<Measure, number>> = {}
  for (const measure of MEASURES) {
    const cell = cellOf(measure)
    const place = places.get(measure)
    if (place === undefined || (textOf(cell) === '' && !row.faults.has(place))) continue
    const target = typeof cell === 'boolean' || faultOf(row, place) ? null : targetOf(codeOf(cell))
    const { zh, en } = MEASURE_LABELS[measure]
    if (target === null) {
      const most = MOST_TARGET.toLocaleString('en')
      faults.push(
        text(`${zh}应为 0 到 ${most} 的整数。`, `${en} must be a whole number up to ${most}.`),
      )
    } else targets[measure] = target
  }
  return month && faults.length === 0 ? { month, code, targets } : faults
}

function targetOf(written: string): number | null {
  const target = /^\d+(?:\.\d+)?$/.test(written) ? Number(written) : Number.NaN
  return Number.isInteger(target) && target <= MOST_TARGET ? target : null
}
