import { plainHeading } from '../../../infra/sheets/headings.ts'
import { LIST_HEADINGS } from '../lists/headings.ts'
import type { MappedTable } from '../rules.ts'
import { COLUMNS } from './columns.ts'
import { HISTORY_COLUMNS } from './history-columns.ts'
import type { ColumnSpec } from './rules.ts'

/** The columns that a table of a kind may have. */
export function columnsOf(
  kind: MappedTable['kind'],
): Readonly<Record<string, Pick<ColumnSpec, 'label' | 'exact'>>> {
  if (kind === 'client') return COLUMNS
  return kind === 'history' ? HISTORY_COLUMNS : LIST_HEADINGS[kind]
}

/** What is said for a column that is not to be read. */
export const NOT_READ = 'none'
const NOTHING = /^(?:不要|不用|不读|不采用|忽略|无|none|skip|ignore)$/i

/** The column that a word means, by its key, label or any of its headings; null: none; undefined: unknown. */
export function columnSaid(kind: MappedTable['kind'], said: string): string | null | undefined {
  if (NOTHING.test(said.trim())) return null
  const word = plainHeading(said)
  const named = Object.entries(columnsOf(kind)).find(
    ([key, { label, exact }]) =>
      key === said || [label.zh, label.en].map(plainHeading).includes(word) || exact.includes(word),
  )
  return named?.[0]
}

/** What stands in a column of a table, in the first of its sample rows that says something; '': nothing does. */
export const exampleIn = ({ samples }: Pick<MappedTable, 'samples'>, place: number): string =>
  samples.map((cells) => String(cells[place] ?? '')).find(Boolean) ?? ''

/** Says of one heading of a table what it means; of several that read the same nothing can be said but that none is read. */
export function withChoice(
  table: MappedTable,
  heading: string,
  column: string | null,
): MappedTable | 'no-such' | 'several' {
  const title = plainHeading(heading)
  const meant = table.columns.filter((each) => plainHeading(each.title) === title)
  if (title === '' || meant.length === 0) return 'no-such'
  if (meant.length > 1 && column !== null) return 'several'
  return { ...table, recalled: null, chosen: { ...table.chosen, [title]: column } }
}
