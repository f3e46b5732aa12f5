import { type Text, text } from '../../core/text.ts'
import { type Day, isDay } from '../../core/time.ts'
import type { Cell, Workbook } from '../../infra/spreadsheet.ts'
import { type Identity, readIdentity } from './rules.ts'

/** What a column may be called; what a heading contains decides. */
const HEADINGS = {
  phone: /手机|电话|phone|mobile/i,
  id: /身份证|证件号|id number|identity/i,
  code: /信用代码|credit code/i,
  name: /姓名|客户|name/i,
  reason: /理由|原因|reason/i,
  evidence: /证据|佐证|evidence/i,
  until: /到期|截止|有效期|^至$|until|expir/i,
} as const
type Column = keyof typeof HEADINGS

/** A row about one person or business. */
export interface PersonRow {
  readonly number: number
  readonly identities: readonly Identity[]
  readonly name: string | null
  readonly reason: string
  readonly evidence: string | null
  readonly until: Day | null
  readonly cells: readonly Cell[]
}

/** A row that cannot be used, and why. */
export interface RowFault {
  readonly number: number
  readonly why: Text
  readonly cells: readonly Cell[]
}

export interface PeopleRows {
  readonly headings: readonly Cell[]
  readonly rows: readonly PersonRow[]
  readonly faults: readonly RowFault[]
}

/** Reads the first sheet, its columns by their headings; null where no column holds a number. */
export function readPeople({ sheets }: Workbook, today: Day): PeopleRows | null {
  const [first, ...rest] = sheets[0]?.rows ?? []
  const headings = first?.cells ?? []
  const places = new Map<Column, number>()
  headings.forEach((cell, place) => {
    const column = (Object.keys(HEADINGS) as Column[]).find((each) =>
      HEADINGS[each].test(String(cell ?? '')),
    )
    if (column && !places.has(column)) places.set(column, place)
  })
  if (!(['phone', 'id', 'code'] as const).some((each) => places.has(each))) return null
  const read = rest.map(({ number, cells }) => readRow(number, cells, places, today))
  return {
    headings,
    rows: read.filter((each) => 'identities' in each),
    faults: read.filter((each) => 'why' in each),
  }
}

function readRow(
  number: number,
  cells: readonly Cell[],
  places: ReadonlyMap<Column, number>,
  today: Day,
): PersonRow | RowFault {
  const of = (column: Column): string => String(cells[places.get(column) ?? -1] ?? '').trim()
  const fault = (why: Text): RowFault => ({ number, why, cells })
  const identities: Identity[] = []
  for (const typed of [of('phone'), of('id'), of('code')].filter(Boolean)) {
    const identity = readIdentity(typed)
    if (!('kind' in identity)) return fault(identity)
    identities.push(identity)
  }
  if (identities.length === 0) {
    return fault(
      text(
        '没有手机号、身份证号或统一社会信用代码。',
        'There is no phone, ID number or social credit code.',
      ),
    )
  }
  const reason = of('reason').slice(0, 500)
  if (!reason) return fault(text('没有理由。', 'There is no reason.'))
  const until = dayOf(of('until'))
  if (until === 'none') {
    return fault(text(`"${of('until')}"不是日期。`, `"${of('until')}" is no date.`))
  }
  if (until && until <= today) {
    return fault(text(`到期日 ${until} 已经过去。`, `${until} has gone by.`))
  }
  const [name, evidence] = [of('name') || null, of('evidence').slice(0, 500) || null]
  return { number, identities, name, reason, evidence, until, cells }
}

/** A date as people write it in a table; null for none; `none`: that is no date. */
function dayOf(typed: string): Day | null | 'none' {
  if (typed === '' || /^(?:长期|永久|for good)$/i.test(typed)) return null
  const [, year, month = '', date = ''] =
    typed.match(/^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/) ?? []
  const written = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(written) ? written : 'none'
}
