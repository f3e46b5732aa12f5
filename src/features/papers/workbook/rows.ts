import type { Day } from '../../../core/calendar/time.ts'
import type { Catalogue } from '../../../core/catalogue.ts'
import { nameKey } from '../../../core/identity/name-key.ts'
import { type Text, text } from '../../../core/text.ts'
import { lastDayOf, textOf } from '../../../infra/sheets/cells.ts'
import { firstTable, type Headings } from '../../../infra/sheets/headings.ts'
import type { Cell, Row, Workbook } from '../../../infra/sheets/spreadsheet.ts'
import { takeProduct } from '../../catalogue/rules.ts'
import { MOST_BODY, MOST_TITLE, MOST_WORDS, type NewPaper, type Paper } from '../rules.ts'

/** By which the sheet is known when it comes back. */
export const MARKER = 'papers'
export const MOST_ROWS = 500

type Column = 'title' | 'product' | 'words' | 'body' | 'validUntil' | 'away'

const HEADINGS: Headings<Column> = {
  title: { exact: ['标题', 'title'] },
  product: { exact: ['产品', 'product'] },
  words: { exact: ['关键词', 'words', 'keywords'] },
  body: { exact: ['正文', '内容', 'text', 'body'] },
  validUntil: { exact: ['有效期至', '有效期', 'validuntil'] },
  away: { exact: ['撤下', 'away'] },
}

/** What a workbook changes of the library. */
export interface PaperChanges {
  readonly kept: readonly NewPaper[]
  /** Ids of papers that are taken away. */
  readonly ended: readonly string[]
  readonly same: number
}

interface Fault {
  readonly row: number
  readonly why: Text
}

/** The changes of a workbook beside what is there; null: it has no column of titles. */
export function paperRows(
  { sheets }: Workbook,
  papers: readonly Paper[],
  { today, catalogue }: { readonly today: Day; readonly catalogue: Catalogue },
): PaperChanges | { readonly faults: readonly Fault[] } | null {
  const found = firstTable(sheets, HEADINGS, ['title'])
  if (!found) return null
  const { table } = found
  const before = new Map(papers.map((paper) => [nameKey(paper.title), paper]))
  const seen = new Set<string>()
  const kept: NewPaper[] = []
  const ended: string[] = []
  const faults: Fault[] = []
  let same = 0
  const cell = (row: Row, key: Column) => {
    const place = table.places.get(key)
    return place === undefined ? undefined : row.cells[place]
  }
  if (table.rows.length > MOST_ROWS) {
    const why = text(`最多 ${MOST_ROWS} 行`, `at most ${MOST_ROWS} rows`)
    return { faults: [{ row: MOST_ROWS + 2, why }] }
  }
  for (const row of table.rows) {
    const title = textOf(cell(row, 'title'))
    const key = nameKey(title)
    const was = before.get(key) ?? null
    const away = textOf(cell(row, 'away'))
    const read = away ? null : rowRead(row, title, was)
    if (!key || title.length > MOST_TITLE) {
      const why = text(`标题要有，最多 ${MOST_TITLE} 字`, `a title, of ${MOST_TITLE} at most`)
      faults.push({ row: row.number, why })
    } else if (seen.has(key)) {
      faults.push({ row: row.number, why: text(`标题"${title}"有两行`, `"${title}" twice`) })
    } else if (away) {
      if (was) ended.push(was.id)
    } else if (read && 'why' in read) {
      faults.push({ row: row.number, why: read.why })
    } else if (read) {
      if (was && isSame(was, read)) same++
      else kept.push(read)
    }
    seen.add(key)
  }
  return faults.length > 0 ? { faults } : { kept, ended, same }

  function rowRead(row: Row, title: string, was: Paper | null): NewPaper | { why: Text } {
    const named = textOf(cell(row, 'product'))
    const product = takeProduct(catalogue, named || title)?.product.code ?? null
    if (named && product === null) {
      return { why: text(`没有产品"${named}"`, `there is no product "${named}"`) }
    }
    const body = asWritten(cell(row, 'body')) || null
    if (body === null && !was?.uploadId) {
      return { why: text('没有正文', 'there is no text') }
    }
    if (body !== null && body.length > MOST_BODY) {
      return { why: text(`正文超过 ${MOST_BODY} 字`, `a text of more than ${MOST_BODY}`) }
    }
    const validUntil = lastDayOf(cell(row, 'validUntil'), today)
    if (validUntil === 'month' || validUntil === 'none') {
      return { why: text('有效期不是日期，请写成 2026-12-31', 'no date; write 2026-12-31') }
    }
    const words = textOf(cell(row, 'words'))
      .split(/[\s,，、;；]+/)
      .filter(Boolean)
      .slice(0, MOST_WORDS)
    return {
      title,
      product,
      words,
      body,
      uploadId: body === null ? (was?.uploadId ?? null) : null,
      validUntil,
    }
  }
}

/** As somebody wrote it, marks and lines as they are: clients read it. */
const asWritten = (cell: Cell | undefined): string =>
  typeof cell === 'string' ? cell.trim() : textOf(cell)

const isSame = (was: Paper, now: NewPaper): boolean =>
  was.title === now.title &&
  was.product === now.product &&
  was.words.join(' ') === now.words.join(' ') &&
  was.body === now.body &&
  was.uploadId === now.uploadId &&
  was.validUntil === now.validUntil
