import { type Text, text } from '../../core/text.ts'
import { faultOf } from '../../infra/sheets/cell-fault.ts'
import { codeOf, isCut, textOf } from '../../infra/sheets/cells.ts'
import { type Headings, type Table, tableIn } from '../../infra/sheets/headings.ts'
import { letters, type Sheet } from '../../infra/sheets/spreadsheet.ts'
import {
  EXAMPLE,
  EXPLAINS,
  LINE_HEADINGS,
  PERSON_HEADINGS,
  SHEETS,
  UNIT_HEADINGS,
} from './headings.ts'
import type { Fault, Said, SaidRow } from './rules.ts'

/** What a workbook says, what of it cannot be read, and what was passed over. */
export interface ReadRoster {
  readonly said: Said
  readonly faults: readonly Fault[]
  readonly notes: readonly Text[]
}

interface Part<Column extends string> {
  rows: SaidRow<Column>[] | null
  readonly headings: Headings<Column>
  readonly needs: readonly Column[]
  readonly named: RegExp
}

/** Reads the visible sheets of units, people and lines, by their names or else by their headings. */
export function readRoster(sheets: readonly Sheet[]): ReadRoster {
  const units: Part<keyof typeof UNIT_HEADINGS> = {
    ...{ rows: null, headings: UNIT_HEADINGS },
    ...SHEETS.units,
  }
  const people: Part<keyof typeof PERSON_HEADINGS> = {
    ...{ rows: null, headings: PERSON_HEADINGS },
    ...SHEETS.people,
  }
  const lines: Part<keyof typeof LINE_HEADINGS> = {
    ...{ rows: null, headings: LINE_HEADINGS },
    ...SHEETS.lines,
  }
  const faults: Fault[] = []
  const notes: Text[] = []
  for (const sheet of sheets.filter(({ name, rows }) => rows.length > 0 && !EXPLAINS.test(name))) {
    const named = [people, units, lines].find((part) => part.named.test(sheet.name))
    const taken =
      !sheet.hidden &&
      // The widest first: the headings of others are among those of people.
      (named ? [named] : [people, units, lines]).some((part) =>
        take(part as Part<string>, sheet, named !== undefined, faults, notes),
      )
    if (!taken) {
      notes.push(text(`没有读工作表"${sheet.name}"。`, `The sheet "${sheet.name}" was not read.`))
    }
  }
  return { said: { units: units.rows, people: people.rows, lines: lines.rows }, faults, notes }
}

/** Whether a sheet is this part of the roster; its rows are taken then, and what is wrong with them. */
function take(
  part: Part<string>,
  sheet: Sheet,
  isNamed: boolean,
  faults: Fault[],
  notes: Text[],
): boolean {
  const table = tableIn(sheet, part.headings, part.needs)
  const missing = part.needs.filter((column) => !table?.places.has(column))
  if (!table || missing.length > 0) {
    if (isNamed) faults.push(columnsMissing(sheet, part, missing))
    return isNamed
  }
  if (table.twice) {
    const titles = table.twice.titles.map((title) => `"${title}"`)
    const why = text(
      `${titles.join('和')}应该用哪一列？请只留一列。`,
      `Which of the columns ${titles.join(' and ')} is meant? Keep one.`,
    )
    faults.push({ sheet: sheet.name, row: 1, column: null, why })
  }
  const read = rowsOf(table, part.needs[0] ?? '')
  // A sheet that nobody filled in says nothing: least of all that everybody left.
  if (read.rows.length > 0) part.rows = [...(part.rows ?? []), ...read.rows]
  else notes.push(nothingIn(sheet.name))
  faults.push(...read.faults)
  notes.push(...notRead(table))
  return true
}

function columnsMissing(sheet: Sheet, part: Part<string>, missing: readonly string[]): Fault {
  const titles = missing.map((column) => part.headings[column]?.exact[0] ?? column)
  return {
    ...{ sheet: sheet.name, row: sheet.rows[0]?.number ?? 1, column: null },
    why: text(
      `缺少列：${titles.join('、')}。请在标题行补上（npx chenhui open --template 给出样表）。`,
      `Columns are missing: ${titles.join(', ')}. Add them (npx chenhui open --template writes a workbook to fill in).`,
    ),
  }
}

function rowsOf({ sheet, places, headings, rows }: Table<string>, first: string) {
  const columns = Object.fromEntries(
    [...places].map(([column, place]) => [
      column,
      `${letters(place)} ${textOf(headings[place]).replace(/\s+/g, ' ')}`,
    ]),
  )
  const faults: Fault[] = []
  const said = rows.flatMap((row): SaidRow<string>[] => {
    const of = (column: string) => row.cells[places.get(column) ?? -1]
    if (EXAMPLE.test(textOf(of(first)))) return []
    const says: Record<string, string> = {}
    for (const [column, place] of places) {
      const fault = faultOf(row, place) ?? (isCut(of(column)) ? CUT : null)
      const at = { sheet: sheet.name, row: row.number, column: columns[column] ?? null }
      if (fault) faults.push({ ...at, why: fault })
      says[column] = codeOf(of(column)).replace(/\s+/g, ' ')
    }
    // Cells beside the columns may hold whatever helps whoever fills it in.
    const filled = Object.values(says).some((value) => value !== '')
    return filled ? [{ sheet: sheet.name, row: row.number, says, columns }] : []
  })
  return { rows: said, faults }
}

const nothingIn = (name: string): Text =>
  text(
    `工作表"${name}"没有填，这一部分保持不变。`,
    `The sheet "${name}" is not filled in; that part stays as it is.`,
  )
const CUT = text(
  '号码存成了数字，只留下 15 位。请把这一列设为文本，重新填写。',
  'A number of which only 15 digits were kept. Make the column text and enter it again.',
)

function notRead({ sheet, unread, hiddenRows }: Table<string>): Text[] {
  const titles = unread.map(({ title }) => `"${title}"`)
  return [
    ...(titles.length > 0
      ? [
          text(
            `工作表"${sheet.name}"里没有读的列：${titles.join('、')}。`,
            `Columns of "${sheet.name}" that were not read: ${titles.join(', ')}.`,
          ),
        ]
      : []),
    ...(hiddenRows > 0
      ? [
          text(
            `工作表"${sheet.name}"有 ${hiddenRows} 行被隐藏，没有读。`,
            `Hidden rows of "${sheet.name}" were not read: ${hiddenRows}.`,
          ),
        ]
      : []),
  ]
}
