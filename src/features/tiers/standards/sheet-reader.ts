import { type Text, text } from '../../../core/text.ts'
import type { Cell, Workbook } from '../../../infra/sheets/spreadsheet.ts'
import type { Fault } from '../checks/faults.ts'
import { CellFault, readName } from './read-cells.ts'
import { SHEETS, type SheetKey } from './sheets.ts'

/** What is wrong in a workbook, and in which cell. */
export interface SheetFault {
  readonly sheet: string
  /** As the spreadsheet program numbers it; null for the sheet as a whole. */
  readonly row: number | null
  readonly column: string | null
  readonly because: Text
}

/** A row below the titles. */
export interface Line {
  readonly number: number
  /** The cell below the title of that number in `SHEETS`, wherever the column now is. */
  at(column: number): Cell
}

/** A row with the rows that state its parts. */
export interface Branch {
  readonly line: Line
  readonly children: Branch[]
}

/** Reads the sheets of a standard, noting every fault with its cell and where each part stood. */
export interface SheetReader {
  readonly faults: SheetFault[]
  complain(key: SheetKey, row: number | null, column: number | null, because: Text): void
  lines(key: SheetKey): Line[]
  /** The trees of a sheet by the names in its first columns; the part number is in the next one. */
  trees(key: 'criteria' | 'conditions', names: number): Map<string, Branch>
  /** What `read` makes of a cell; when it cannot, that is noted and `instead` stands in. */
  cell<T>(key: SheetKey, line: Line, column: number, read: (cell: Cell) => T, instead: T): T
  /** A label from two cells side by side. */
  label(key: SheetKey, line: Line, column: number): Text
  /** Notes that a part of the standard, by its path, came from this row. */
  place(path: string, key: SheetKey, line: Line): void
  /** A fault of the standard, at the row that its part came from. */
  placed(fault: Fault): SheetFault
}

export function createSheetReader(workbook: Workbook): SheetReader {
  const faults: SheetFault[] = []
  const places = new Map<string, { readonly key: SheetKey; readonly row: number }>()
  const reader: SheetReader = {
    faults,
    complain(key, row, column, because) {
      const { name, columns } = SHEETS[key]
      const title = column === null ? null : (columns[column] ?? null)
      faults.push({ sheet: name, row, column: title, because })
    },
    lines(key) {
      const { name, columns } = SHEETS[key]
      const sheet = workbook.sheets.find((each) => each.name === name)
      if (!sheet) {
        reader.complain(key, null, null, text('缺少这张表', 'this sheet is missing'))
        return []
      }
      const [titles, ...rows] = sheet.rows
      const at = columns.map((title) => titles?.cells.indexOf(title) ?? -1)
      const missing = [...at.keys()].filter((column) => at[column] === -1)
      for (const column of missing) {
        const because = text('缺少这一列', 'this column is missing')
        reader.complain(key, titles?.number ?? null, column, because)
      }
      return rows.map(({ number, cells }) => ({
        number,
        at: (column) => cells[at[column] ?? -1] ?? null,
      }))
    },
    trees: (key, names) => treesOf(reader, key, names),
    cell(key, line, column, read, instead) {
      try {
        return read(line.at(column))
      } catch (error) {
        if (!(error instanceof CellFault)) throw error
        reader.complain(key, line.number, column, error.because)
        return instead
      }
    },
    label: (key, line, column) => ({
      zh: reader.cell(key, line, column, readName, ''),
      en: reader.cell(key, line, column + 1, readName, ''),
    }),
    place(path, key, line) {
      places.set(path, { key, row: line.number })
    },
    placed({ path, because }) {
      for (let length = path.length; length > 0; length--) {
        const place = places.get(path.slice(0, length).join('.'))
        if (!place) continue
        const { key, row } = place
        return { sheet: SHEETS[key].name, row, column: columnOf(key, path.at(-1)), because }
      }
      return { sheet: SHEETS.tiers.name, row: null, column: null, because }
    },
  }
  return reader
}

function treesOf(
  reader: SheetReader,
  key: 'criteria' | 'conditions',
  names: number,
): Map<string, Branch> {
  const roots = new Map<string, Branch>()
  const branches = new Map<string, Branch>()
  for (const line of reader.lines(key)) {
    const complain = (column: number, zh: string, en: string) =>
      reader.complain(key, line.number, column, text(zh, en))
    const named = Array.from({ length: names }, (_, at) => String(line.at(at) ?? '').trim())
    if (named.includes('')) {
      complain(named.indexOf(''), '不能空', 'this may not be empty')
      continue
    }
    const name = named.join('\n')
    const part = String(line.at(names) ?? '').trim()
    const branch: Branch = { line, children: [] }
    const parent = branches.get(`${name}\n${part.replace(/\.?\d+$/, '')}`)
    if (branches.has(`${name}\n${part}`))
      complain(names, '和上面一行重复', 'the same as a row above')
    else if (part && !/^\d+(\.\d+)*$/.test(part))
      complain(names, '应写成 1、2 或 2.1', 'write it like 1, 2 or 2.1')
    else if (part && !parent)
      complain(names, '上面没有它所属的一行', 'the row that it is a part of is not above')
    else {
      branches.set(`${name}\n${part}`, branch)
      if (part) parent?.children.push(branch)
      else roots.set(name, branch)
    }
  }
  return roots
}

const TITLES: Record<string, string> = {
  id: '编号 Id',
  tier: '层级 Tier',
  alsoAs: '另须满足 Also as',
  value: '值 Value',
  is: '限值 Limit',
  oneOf: '限值 Limit',
  between: '限值 Limit',
  atLeast: '限值 Limit',
  atMost: '限值 Limit',
  above: '限值 Limit',
  below: '限值 Limit',
}

/** The column that the last word of a path is about; where none is, the one that names the row. */
function columnOf(key: SheetKey, last: Fault['path'][number] | undefined): string | null {
  const columns: readonly string[] = SHEETS[key].columns
  const title = TITLES[String(last)]
  if (title && columns.includes(title)) return title
  return columns.find((each) => each === '事实 Fact') ?? columns[0] ?? null
}
