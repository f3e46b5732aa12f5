import { type Text, text } from '../../../core/text.ts'
import {
  type SheetToWrite,
  type Workbook,
  writeWorkbook,
} from '../../../infra/sheets/spreadsheet.ts'
import { readValue, writeValue } from '../../playbook/cells/cells-rules.ts'
import { FORMER_VALUES, outcomeRows, type Row } from '../../playbook/cells/outcome-values.ts'
import { SHEETS, type SheetKey, type Value } from '../../playbook/cells/sheets.ts'
import {
  type Body,
  type Draft,
  putAt,
  settled,
  valueAt,
  valuesOf,
} from '../../playbook/cells/values-rules.ts'
import { ASKS_WORDS, CARE_WORDS, KIND_WORDS, STAGE_WORDS } from '../../playbook/cells/words.ts'
import { OUTCOME_CODE } from '../../playbook/rules.ts'

/** By which an exported playbook is known when it comes back. */
export const MARKER = 'playbook'

const both = ({ zh, en }: Text): string => (zh === en ? zh : `${zh} ${en}`)
const plain = (words: unknown): string =>
  String(words ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')

/** Whether a cell is these words, in either language or both. */
const isCalled = (cell: unknown, { zh, en }: Text): boolean =>
  [zh, en, both({ zh, en })].map(plain).includes(plain(cell))

/** A playbook as a workbook; `readPlaybook` reads it back to the same. */
export function playbookBook(body: Body): Promise<Buffer> {
  const values = valuesOf(Object.keys(body.care), outcomeRows(body.outcomes))
  const sheets = (Object.keys(SHEETS) as SheetKey[]).map((key): SheetToWrite => {
    const { name, columns } = SHEETS[key]
    const rows = Map.groupBy(
      values.filter(({ sheet }) => sheet === key),
      ({ row }) => both(row),
    )
    return {
      name: both(name),
      columns: columns.map((title, index) => ({
        title: both(title),
        width: index === 0 ? 36 : 18,
        ...optionsOf(key, title),
      })),
      rows: [...rows].map(([row, cells]) => [
        row,
        ...cells.map(({ type, path }) => writeValue(type, valueAt(body, path))),
      ]),
    }
  })
  return writeWorkbook({ marker: MARKER, sheets })
}

/** What a column offers to be picked. */
function optionsOf(key: SheetKey, { en }: Text): { options?: string[] } {
  const kinds = Object.values(KIND_WORDS)
  const offered: Readonly<Record<string, readonly Text[]>> = {
    Task: key === 'outcomes' ? [...kinds, CARE_WORDS] : kinds,
    'Later task': kinds,
    Stage: Object.values(STAGE_WORDS),
    'Asks for': Object.values(ASKS_WORDS),
    'In use': [text('是', 'yes'), text('否', 'no')],
  }
  return offered[en] ? { options: offered[en].map(both) } : {}
}

/** What is wrong in a workbook, and in which cell. */
export interface SheetFault {
  readonly sheet: string
  /** As the spreadsheet program numbers it; null for the sheet as a whole. */
  readonly row: number | null
  readonly column: string | null
  readonly because: Text
}

export interface ReadPlaybook {
  readonly draft: Draft
  readonly faults: readonly SheetFault[]
  /** Where a part of the document came from: the nearest cell of its path. */
  placeOf(path: readonly string[], because: Text): SheetFault
}

/** The kinds of outcome that a sheet has a row of. */
function kindsIn(
  rows: ReadonlyMap<string, { readonly cells: readonly unknown[] }>,
  [, zh = -1, en = -1]: readonly number[] = [],
): Row[] {
  return [...rows].flatMap(([key, { cells }]) => {
    const [sheet, code = ''] = key.split('\n')
    if (sheet !== 'outcomes' || !OUTCOME_CODE.test(code)) return []
    return { code, called: text(String(cells[zh] ?? code), String(cells[en] ?? code)) }
  })
}

/**
 * The document that a workbook states, with every fault of its cells. `kept`: the kinds of outcome of one that
 * is older than they are, and has no sheet of them.
 */
export function readPlaybook(workbook: Workbook, kept: Body['outcomes']): ReadPlaybook {
  const faults: SheetFault[] = []
  const draft: Draft = {}
  const rows = new Map<string, { number: number; cells: readonly unknown[] }>()
  const places = new Map<string, { value: Value; row: number }>()
  const titles = new Map<SheetKey, number[]>()
  for (const key of Object.keys(SHEETS) as SheetKey[]) {
    const { name, columns } = SHEETS[key]
    const sheet = workbook.sheets.find((each) => isCalled(each.name, name))
    const complain = (row: number | null, column: string | null, zh: string, en: string) =>
      faults.push({ sheet: both(name), row, column, because: text(zh, en) })
    if (!sheet) {
      if (key === 'outcomes') continue
      complain(null, null, '缺少这张表', 'this sheet is missing')
      continue
    }
    const [head, ...lines] = sheet.rows
    const at = columns.map((title) => head?.cells.findIndex((cell) => isCalled(cell, title)) ?? -1)
    titles.set(key, at)
    for (const [index, title] of columns.entries()) {
      if (at[index] === -1)
        complain(head?.number ?? null, both(title), '缺少这一列', 'this column is missing')
    }
    for (const line of lines) {
      const named = plain(line.cells[at[0] ?? 0])
      if (rows.has(`${key}\n${named}`)) {
        complain(line.number, both(columns[0]), '和上面一行重复', 'the same as a row above')
      }
      rows.set(`${key}\n${named}`, line)
    }
  }
  const tiers = [...rows].flatMap(([name, { cells }]) => {
    const column = titles.get('care')?.[0] ?? 0
    return name.startsWith('care\n') ? [String(cells[column] ?? '').trim()] : []
  })
  if (!titles.has('outcomes')) draft['outcomes'] = structuredClone(kept)
  const codes = kindsIn(rows, titles.get('outcomes'))
  for (const [place, { code }] of codes.entries()) putAt(draft, ['outcomes', code, 'place'], place)
  const values = [...valuesOf(tiers, codes), ...(titles.has('outcomes') ? [] : FORMER_VALUES)]
  const used = new Set<string>()
  for (const value of values) {
    const { sheet, row, column, type, path } = value
    const key = [row.zh, row.en, both(row)]
      .map((words) => `${sheet}\n${plain(words)}`)
      .find((each) => rows.has(each))
    const line = key === undefined ? undefined : rows.get(key)
    const where = {
      sheet: both(SHEETS[sheet].name),
      column: both(SHEETS[sheet].columns[column] ?? row),
    }
    if (!line || key === undefined) {
      if (titles.has(sheet) && column === 1) {
        const because = text(`缺少"${both(row)}"一行`, `the row "${both(row)}" is missing`)
        faults.push({ ...where, row: null, column: null, because })
      }
      continue
    }
    used.add(key)
    places.set(path.join('.'), { value, row: line.number })
    const index = titles.get(sheet)?.[column] ?? -1
    if (index === -1) continue
    const read = readValue(type, (line.cells[index] ?? null) as string | number | null)
    if ('fault' in read) faults.push({ ...where, row: line.number, because: read.fault })
    else putAt(draft, path, read.value)
  }
  for (const [key, line] of rows) {
    const [sheet, named = ''] = key.split('\n') as [SheetKey, string?]
    if (used.has(key)) continue
    faults.push({
      sheet: both(SHEETS[sheet].name),
      row: line.number,
      column: both(SHEETS[sheet].columns[0]),
      because:
        sheet === 'outcomes' && !OUTCOME_CODE.test(named)
          ? text(
              '代码用小写字母、数字和横线，字母开头，如 call-later',
              'a code is of small letters, digits and hyphens, such as call-later',
            )
          : text('不认识这一行', 'there is no such row'),
    })
  }
  return {
    draft: settled(draft),
    faults,
    placeOf(path, because) {
      const joined = path.join('.')
      const [, found] =
        [...places].find(([at]) => at === joined) ??
        [...places].find(([at]) => at.startsWith(`${joined}.`) || joined.startsWith(`${at}.`)) ??
        []
      if (!found) {
        const key = path[0] === 'outcomes' ? 'outcomes' : 'numbers'
        return { sheet: both(SHEETS[key].name), row: null, column: null, because }
      }
      const { sheet, column, row } = found.value
      const title = SHEETS[sheet].columns[column] ?? row
      return { sheet: both(SHEETS[sheet].name), row: found.row, column: both(title), because }
    },
  }
}
