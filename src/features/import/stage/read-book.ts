import { unreadable } from '../../../bot/inbox/uploads.ts'
import { type Text, text } from '../../../core/text.ts'
import { type Choices, layoutOf, unitOf } from '../../../infra/sheets/headings.ts'
import { type Row, SpreadsheetFault } from '../../../infra/sheets/spreadsheet.ts'
import { type FoundTable, type Shape, streamTables } from '../../../infra/sheets/stream.ts'
import type { KeptChoices } from '../columns/choices-store.ts'
import { COLUMNS, type Column, columnBarred, NUMBERS } from '../columns/columns.ts'
import { HISTORY_COLUMNS } from '../columns/history-columns.ts'
import { type HistoryPlaces, readEvent } from '../history/read-event.ts'
import type { List } from '../lists/list.ts'
import { type Importer, type MappedTable, type Mapping, NO_MAPPING } from '../rules.ts'
import type { Reading } from './read-cell.ts'
import { isBelow, type Places, readClient } from './read-client.ts'
import type { StagedRow } from './store.ts'

type Kind = MappedTable['kind']

/** The tables that a book may hold. */
export const SHAPES: readonly Shape<Kind, string>[] = [
  {
    name: 'history',
    headings: HISTORY_COLUMNS,
    needs: ['on', 'what'],
    wanted: ['phone', 'id', 'code', 'account'],
  },
  { name: 'client', headings: COLUMNS, needs: [], wanted: NUMBERS },
]

/** First rows of each table that are shown with its columns. */
const SAMPLES = 3
/** Rows written at a time. */
const CHUNK = 1000

/** Why a whole book cannot be taken. */
export class BookFault {
  readonly why: Text
  /** How it was understood, where somebody can say what its columns mean; else null. */
  readonly mapping: Mapping | null
  constructor(why: Text, mapping: Mapping | null = null) {
    this.why = why
    this.mapping = mapping
  }
}

export interface BookReading extends Reading {
  readonly importer: Importer
  /** Null: it is a book of clients. */
  readonly list: List | null
  /** What was said of the columns of earlier books, and of this one, by layout. */
  readonly kept: ReadonlyMap<string, Pick<KeptChoices, 'chosen'> & Partial<KeptChoices>>
  keyedHash(text: string): string
}

/**
 * Reads a book row by row and has `write` keep some rows at a time. Resolves to how it was understood, or to
 * why it cannot be taken.
 */
export async function readBook(
  file: { readonly name: string; readonly bytes: Uint8Array },
  reading: BookReading,
  write: (rows: readonly StagedRow[]) => Promise<void>,
): Promise<{ readonly mapping: Mapping; readonly rows: number } | BookFault> {
  const book = new Book(reading, write)
  try {
    const { sheets, hiddenRows } = await streamTables(
      file.name,
      file.bytes,
      shapesOf(reading.list),
      book,
    )
    await book.flush()
    if (book.tables.length === 0) return new BookFault(reading.list?.noTable ?? NO_TABLE)
    const { tables, below } = book
    return { mapping: { tables, sheets, hiddenRows, below }, rows: book.rowsRead }
  } catch (error) {
    if (error instanceof SpreadsheetFault) return new BookFault(unreadable(error).because)
    if (error instanceof Unusable) return new BookFault(error.why, error.mapping)
    throw error
  }
}

const shapesOf = (list: List | null): readonly Shape<Kind, string>[] =>
  list ? [{ ...list, name: list.kind }] : SHAPES

/** Ends the reading: a table of the book cannot be taken, and so nothing of the book. */
class Unusable extends Error {
  readonly why: Text
  readonly mapping: Mapping | null
  constructor(why: Text, mapping: Mapping | null = null) {
    super('unusable')
    this.why = why
    this.mapping = mapping
  }
}

function ambiguous(titles: readonly string[]): Text {
  const both = titles.map((title) => `"${title}"`)
  return text(
    `${both.join('和')}都可以是同一项，应该用哪一列？另一列发"列 ${titles.at(-1)}=不要"即可。还没有写入。`,
    `${both.join(' and ')} could be the same thing. Which column is meant? Say "column ${titles.at(-1)}=none" for the other one. Nothing is written yet.`,
  )
}

/** Headings of a list of the bank's own people, whose staff codes would else make them their own clients. */
const POST = /^(?:岗位|岗位类型|角色|role|post)$/i

const isRoster = ({ places, unread }: FoundTable<Kind, string>): boolean =>
  places.has('ownerCode') && unread.some(({ title }) => POST.test(title.trim()))

const ROSTER = text(
  '这是本行人员的名单，不是客户表，没有改动。人员由管理员用 npx chenhui open 导入，或在聊天里"入职"。',
  'This is a list of the bank’s own people and no book of clients; nothing was changed. People come in by "npx chenhui open" or, in the chat, by "join".',
)

class Book {
  readonly tables: (MappedTable & { samples: Row['cells'][] })[] = []
  readonly below: string[] = []
  rowsRead = 0
  readonly #reading: BookReading
  readonly #write: (rows: readonly StagedRow[]) => Promise<void>
  #places: ReadonlyMap<string, { place: number; unit: string | null }> = new Map()
  #chunk: StagedRow[] = []

  constructor(reading: BookReading, write: (rows: readonly StagedRow[]) => Promise<void>) {
    this.#reading = reading
    this.#write = write
  }

  table(found: FoundTable<Kind, string>): void {
    if (!this.#reading.list && isRoster(found)) throw new Unusable(ROSTER)
    const { role } = this.#reading.importer
    const inOrder = [...found.places].sort(([, one], [, other]) => one - other)
    const places = inOrder.map(([column, place]) => {
      const title = String(found.headings[place] ?? '')
      const barred = found.name === 'client' ? columnBarred(role, column as Column) : null
      return { column, place, title, barred, unit: unitOf(title) }
    })
    this.#places = new Map(
      places.flatMap(({ column, place, unit, barred }) =>
        barred ? [] : [[column, { place, unit }]],
      ),
    )
    const layout = layoutOf(found.headings)
    const kept = this.#reading.kept.get(layout)
    const { by, on } = kept ?? {}
    this.tables.push({
      sheet: found.sheet,
      kind: found.name,
      layout,
      chosen: kept?.chosen ?? {},
      recalled: by && on ? { by, on } : null,
      columns: [
        ...places.map(({ column, place, title, barred }) => ({ column, place, title, barred })),
        ...found.unread.map(({ title, place }) => ({ title, place, column: null, barred: null })),
      ].sort((one, other) => one.place - other.place),
      samples: [],
    })
    if (found.twice) {
      const mapping = { ...NO_MAPPING, tables: this.tables }
      throw new Unusable(ambiguous(found.twice.titles), mapping)
    }
  }

  choicesOf(headings: Row['cells']): Choices {
    return new Map(Object.entries(this.#reading.kept.get(layoutOf(headings))?.chosen ?? {}))
  }

  async rows(rows: readonly Row[]): Promise<void> {
    for (const row of rows) {
      const staged = this.#staged(row)
      if (!staged) continue
      this.#chunk.push(staged)
      if (this.#chunk.length === CHUNK) await this.flush()
    }
  }

  async flush(): Promise<void> {
    const rows = this.#chunk
    this.#chunk = []
    if (rows.length > 0) await this.#write(rows)
  }

  #staged(row: Row): StagedRow | null {
    const table = this.tables.at(-1)
    if (!table) return null
    const { says, keys, faults, account } = this.#said(row, table.kind)
    if (isBelow(row, keys)) {
      this.below.push(`${table.sheet} ${row.number}`)
      return null
    }
    if (table.samples.length < SAMPLES) table.samples.push(row.cells)
    return {
      ...{ number: ++this.rowsRead, kind: table.kind, sheet: this.tables.length - 1 },
      ...{ line: row.number, says, cells: row.cells, keys, account },
      hashes: this.#reading.list ? [] : keys.map(this.#reading.keyedHash),
      faults: faults.length > 0 ? faults : null,
    }
  }

  #said(
    row: Row,
    kind: Kind,
  ): Pick<StagedRow, 'says' | 'keys' | 'account'> & { faults: readonly Text[] } {
    const { list, importer, today } = this.#reading
    if (list) {
      const places = new Map([...this.#places].map(([column, { place }]) => [column, place]))
      const { says, key, faults } = list.read(row, places, today)
      return { says: says ?? {}, keys: key === null ? [] : [key], faults, account: null }
    }
    return kind === 'client'
      ? readClient(row, this.#places as Places, importer.role, this.#reading)
      : readEvent(row, this.#places as HistoryPlaces, this.#reading)
  }
}

const NO_TABLE = text(
  '没有找到客户表：前 10 行里要有列名，其中有"手机号""身份证号""统一社会信用代码"或"授信账号"。发"导入 模板"得到空表。',
  'There is no table of clients: within the first ten rows of a sheet there must be headings, one of them "phone", "ID number", "credit code" or "account". Say "import template" for an empty one.',
)
