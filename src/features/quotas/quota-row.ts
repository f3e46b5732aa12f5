import { readAmount } from '../../bot/grammar/amount.ts'
import type { Day } from '../../core/calendar/time.ts'
import { type Text, text } from '../../core/text.ts'
import { faultOf } from '../../infra/sheets/cell-fault.ts'
import { codeOf, textOf } from '../../infra/sheets/cells.ts'
import type { Heading } from '../../infra/sheets/headings.ts'
import type { Row } from '../../infra/sheets/spreadsheet.ts'
import { readSpan } from './phrases.ts'
import { isAmount, MEASURE_LABELS, MEASURES, type Measure, mostOf } from './rules.ts'
import { hasGoneBy, type Span } from './span.ts'

/** What a row of the sheet says; a measure that it leaves blank is not in it, 0 takes a quota away. */
export interface SaidQuotas {
  readonly span: Span
  /** Of a person or a unit. */
  readonly code: string
  readonly targets: Readonly<Partial<Record<Measure, number>>>
}

export type Column = Measure | 'span' | 'code' | 'name'

const ofMeasure = (measure: Measure) => {
  const label = MEASURE_LABELS[measure]
  return { label, exact: Object.values(label).map((each) => each.replaceAll(' ', '')) }
}
/** What the columns of the sheet are called. */
export const HEADINGS: Readonly<Record<Column, Heading & { readonly label: Text }>> = {
  span: { label: text('月份', 'month'), exact: ['月份', '期间', '时间', 'month', 'period'] },
  code: { label: text('代码', 'code'), exact: ['代码', '工号', 'code'] },
  name: { label: text('名称', 'name'), exact: ['名称', '姓名', 'name'], anyOfThem: true },
  ...(Object.fromEntries(MEASURES.map((measure) => [measure, ofMeasure(measure)])) as Record<
    Measure,
    ReturnType<typeof ofMeasure>
  >),
}

/** Reads a row by the places of its columns; else every fault of it. */
export function readQuotas(
  row: Row,
  places: ReadonlyMap<Column, number>,
  today: Day,
): SaidQuotas | readonly Text[] {
  const cellOf = (column: Column) => row.cells[places.get(column) ?? -1] ?? null
  const faults: Text[] = []
  const said = codeOf(cellOf('span')).replace(/^(\d{4}-\d{2})-\d{2}\b.*$/, '$1')
  const span = readSpan(said, today)
  if (!span)
    faults.push(
      text(
        `月份"${said}"不清楚，请写成 2026-12，季度写 2026-Q4，年写 2026。`,
        `"${said}" is no month; write 2026-12, a quarter as 2026-Q4, a year as 2026.`,
      ),
    )
  else if (hasGoneBy(span, today))
    faults.push(text(`月份"${said}"已过去。`, `"${said}" has gone by.`))
  const code = codeOf(cellOf('code'))
  if (code === '') faults.push(text('没有写代码。', 'There is no code.'))
  const targets: Partial<Record<Measure, number>> = {}
  for (const measure of MEASURES) {
    const cell = cellOf(measure)
    const place = places.get(measure)
    if (place === undefined || (textOf(cell) === '' && !row.faults.has(place))) continue
    const target =
      typeof cell === 'boolean' || faultOf(row, place) ? null : targetOf(measure, codeOf(cell))
    const { zh, en } = MEASURE_LABELS[measure]
    if (target !== null) targets[measure] = target
    else if (isAmount(measure))
      faults.push(
        text(
          `${zh}应为 0 或整元的金额，写成 3000000 或 300万。`,
          `${en} must be 0 or whole yuan, such as 3000000.`,
        ),
      )
    else {
      const most = mostOf(measure).toLocaleString('en')
      faults.push(
        text(`${zh}应为 0 到 ${most} 的整数。`, `${en} must be a whole number up to ${most}.`),
      )
    }
  }
  return span && faults.length === 0 ? { span, code, targets } : faults
}

function targetOf(measure: Measure, written: string): number | null {
  const plain = /^\d+(?:\.\d+)?$/.test(written) ? Number(written) : Number.NaN
  const target = isAmount(measure) && Number.isNaN(plain) ? readAmount(written) : plain
  return target !== null && Number.isInteger(target) && target <= mostOf(measure) ? target : null
}
