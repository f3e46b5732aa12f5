import type { Language } from '../../core/text.ts'
import { speaker } from '../../core/text.ts'
import type { Queries } from '../../infra/database/index.ts'
import { streamWorkbook } from '../../infra/sheets/writing/stream.ts'
import { sheetNameOf, type Taken } from '../../infra/sheets/writing/taken.ts'
import { clientColumns } from './columns.ts'
import type { Book } from './rules.ts'
import { clientPages } from './store.ts'

/** How a book is written out. */
export interface Writing {
  /** Phone numbers in full, not masked. */
  readonly phones: boolean
  readonly timezone: string
  readonly language: Language
  readonly taken: Taken
}

/** The clients of a book as a workbook, made while it is read; `took` is told of each page how many they are. */
export function clientsBook(
  tx: Queries,
  book: Book,
  { phones, timezone, language, taken }: Writing,
  took: (clients: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const columns = clientColumns(phones, language)
  async function* pages() {
    for await (const page of clientPages(tx, book, timezone)) {
      took(page.length)
      yield page.map((client) => columns.map(({ of }) => of(client)))
    }
  }
  const name = sheetNameOf(speaker(language)('客户', 'Clients'), taken)
  return streamWorkbook({ name, columns, pages: pages() })
}

/** What the file of a book is called. */
export const bookName = ({ name }: Book, today: string, language: Language): string =>
  `${speaker(language)('客户', 'clients')}-${name.replace(/[^\p{L}\p{N}_-]/gu, '')}-${today}.xlsx`
