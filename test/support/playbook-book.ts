import type { Card } from '../../src/core/card.ts'
import { readWorkbook, writeWorkbook } from '../../src/infra/sheets/spreadsheet.ts'

type Cell = string | number | null
type Sheets = Awaited<ReturnType<typeof readWorkbook>>['sheets']

/** The workbook that a card carries. */
export function fileOf(cards: readonly Card[]): Buffer {
  const file = cards.flatMap(({ blocks }) => blocks).find((block) => block.kind === 'file')
  if (file?.kind !== 'file') throw new Error('no file')
  return Buffer.from(file.base64, 'base64')
}

/** A workbook whose rows below the heading are changed sheet by sheet; a sheet without rows is left out. */
export async function rewritten(
  bytes: Buffer,
  change: (sheet: string, rows: Cell[][]) => readonly (readonly Cell[])[] | null,
): Promise<Buffer> {
  const { marker, sheets }: { marker: string | null; sheets: Sheets } = await readWorkbook(
    'x.xlsx',
    bytes,
  )
  return writeWorkbook({
    marker,
    sheets: sheets.flatMap(({ name, rows: [head, ...rows] }) => {
      const kept = change(
        name,
        rows.map(({ cells }) => [...cells] as Cell[]),
      )
      const columns = (head?.cells ?? []).map((title) => ({ title: String(title) }))
      return kept ? [{ name, columns, rows: kept.map((row) => [...row]) }] : []
    }),
  })
}
