import { surelySaid } from '../../../bot/grammar/scan/kinds/outcomes.ts'
import { type Day, day } from '../../../core/calendar/time.ts'
import { type Text, text } from '../../../core/text.ts'
import type { Row } from '../../../infra/sheets/spreadsheet.ts'
import type { Identity } from '../../clients/identity/rules.ts'
import { HISTORY_COLUMNS, type HistoryColumn } from '../columns/history-columns.ts'
import { CellFault, type CellValue, type Reading, readCell } from '../stage/read-cell.ts'
import type { SaidEvent } from './says.ts'

export type HistoryPlaces = ReadonlyMap<
  HistoryColumn,
  { readonly place: number; readonly unit: string | null }
>

/** Reads a row of past talks and visits. */
export function readEvent(row: Row, places: HistoryPlaces, reading: Reading) {
  const faults: Text[] = []
  const values = new Map<HistoryColumn, Exclude<CellValue, null>>()
  for (const [column, { place, unit }] of places) {
    const value = readCell(row, place, HISTORY_COLUMNS[column], unit, reading)
    if (value instanceof CellFault) {
      const { zh, en } = HISTORY_COLUMNS[column].label
      faults.push(text(`${zh}：${value.why.zh}`, `${en}: ${value.why.en}`))
    } else if (value !== null) values.set(column, value)
  }
  const textIn = (column: HistoryColumn) => (values.get(column) as string | undefined) ?? null
  const papers = (['phone', 'id', 'code'] as const).flatMap(
    (column) => (values.get(column) as readonly Identity[] | undefined) ?? [],
  )
  const on = textIn('on') as Day | null
  const what = textIn('what') as SaidEvent['what'] | null
  const result = textIn('result')
  const said = what === 'call' && result ? surelySaid(result, reading.kinds) : null
  const outcome = what === 'application' ? 'applied' : said
  const account = textIn('account')
  if (faults.length === 0) {
    if (papers.length === 0 && !account) faults.push(NO_NUMBER)
    if (!on) faults.push(NO_DAY)
    else if (on > reading.today) faults.push(IN_FUTURE)
    if (!what) faults.push(NO_KIND)
    if (what === 'need' && !textIn('product')) faults.push(NO_PRODUCT)
  }
  const says: SaidEvent = {
    on: on ?? day('1970-01-01'),
    what: what ?? 'note',
    outcome,
    product: textIn('product'),
    amount: (values.get('amount') as number | undefined) ?? null,
    note:
      [outcome && what === 'call' ? null : result, textIn('about')].filter(Boolean).join(' ') ||
      null,
    owner: { code: textIn('byCode'), name: textIn('by') },
  }
  return { says, keys: papers.map(({ kind, value }) => `${kind}:${value}`), account, faults }
}

const NO_NUMBER = text(
  '没有手机号、身份证号、统一社会信用代码或授信账号。',
  'There is no phone, ID number, social credit code or account.',
)
const NO_DAY = text('没有日期。', 'There is no day.')
const NO_KIND = text(
  '没有事项（电话、走访、需求、申请）。',
  'It does not say what: call, visit, need, application.',
)
const NO_PRODUCT = text('需求没有写产品。', 'The need names no product.')
const IN_FUTURE = text('日期在今天之后。', 'The day is in the future.')
