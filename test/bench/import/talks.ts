import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { writeWorkbook } from '../../../src/infra/sheets/spreadsheet.ts'
import { type Row, row } from '../row.ts'
import { inProcess } from './books.ts'
import type { BooksImported } from './import-book.ts'

/** What is done for each row may not grow with the rows there are. */
const LINEAR = 1.3
const TIMES_AS_MANY = 10

/** A book of new clients with a past talk each, and one of ten times as many: what each client takes. */
export async function talksBench(url: string, clients: number, folder: string): Promise<Row[]> {
  const warm = path.join(folder, 'talks-warm.xlsx')
  const few = path.join(folder, 'talks-few.xlsx')
  const many = path.join(folder, 'talks-many.xlsx')
  await writeTalks(warm, { clients, first: 0 })
  await writeTalks(few, { clients, first: clients })
  await writeTalks(many, { clients: clients * TIMES_AS_MANY, first: clients * 2 })
  const { books } = await inProcess<BooksImported>('import', url, warm, few, many)
  const [, small, large] = books.map(({ previewed, written }) => previewed + written)
  if (!small || !large) throw new Error('not imported')
  return [
    row(
      `a client with a past talk, of a book of ${clients * TIMES_AS_MANY}`,
      [large / (clients * TIMES_AS_MANY), 'ms'],
      [`of a book of ${clients}`, small / clients],
      LINEAR,
    ),
  ]
}

/** `first`: from where on the clients' phones are counted. */
async function writeTalks(
  file: string,
  { clients, first }: { readonly clients: number; readonly first: number },
): Promise<void> {
  const phone = (n: number) => `139${String(first + n).padStart(8, '0')}`
  const sheet = (name: string, titles: readonly string[], cells: (n: number) => string[]) => ({
    name,
    columns: titles.map((title) => ({ title, holds: 'text' as const })),
    rows: Array.from({ length: clients }, (_, n) => cells(n)),
  })
  const bytes = await writeWorkbook({
    marker: 'clients',
    sheets: [
      sheet('客户', ['姓名', '手机号', '工号'], (n) => [
        `谈${first + n}`,
        phone(n),
        `Q${(n % 200) + 1}`,
      ]),
      sheet('历史', ['手机号', '日期', '事项', '结果', '工号'], (n) => [
        ...[phone(n), '2026-10-08', '电话', '再考虑', `Q${(n % 200) + 1}`],
      ]),
    ],
  })
  await writeFile(file, bytes)
}
