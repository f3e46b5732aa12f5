import { createHash } from 'node:crypto'
import { textOf } from './cells.ts'
import type { Cell, Row } from './reading/cells.ts'
import type { Sheet } from './reading/read.ts'

/** What a column may be called. */
export interface Heading {
  /** Whole headings, in small letters and without blanks. */
  readonly exact: readonly string[]
  /** What another heading contains that means the same … */
  readonly like?: RegExp
  /** … unless it contains this: somebody else's number, another day. */
  readonly never?: RegExp
  /** Of two that fit as well the first will do: nothing hangs on it. */
  readonly anyOfThem?: boolean
}
export type Headings<Key extends string> = Readonly<Record<Key, Heading>>

/**
 * What somebody said that headings mean, each as `plainHeading` has it; null: nothing to us. It goes before what the
 * headings themselves say.
 */
export type Choices = ReadonlyMap<string, string | null>

/** A sheet whose columns were found by their headings. */
export interface Table<Key extends string> {
  readonly sheet: Sheet
  readonly headings: readonly Cell[]
  readonly places: ReadonlyMap<Key, number>
  /** Columns that fit as well as each other; whoever sent the file must say which is meant. */
  readonly twice: { readonly key: Key; readonly titles: readonly string[] } | null
  /** Headings that mean nothing to us, and of two that mean the same the one that is not read. */
  readonly unread: readonly { readonly title: string; readonly place: number }[]
  /** The visible rows below the headings. */
  readonly rows: readonly Row[]
  /** How many rows below the headings are hidden; they are not among `rows`. */
  readonly hiddenRows: number
}

/** A title or an explanation may stand above the headings. */
export const HEADING_WITHIN_ROWS = 10

/** What a column is counted in, where its heading says so: 授信额度(万元). */
const UNIT =
  /[([【](?:单位:?|人民币)?(元|万元|万|百万元|百万|亿元|亿|%|yuan|cny)[)\]】]$|(?<=.)(万元)$/

/** A heading without blanks, breaks, stars and what says that it must be filled in or is counted in. */
export const plainHeading = (cell: Cell): string =>
  compact(cell)
    .replace(/[([【](?:必填|选填|必须|required|optional)项?[)\]】]/g, '')
    .replace(UNIT, '')

/** By which tables with the same headings in the same order are known. */
export const layoutOf = (headings: readonly Cell[]): string =>
  createHash('sha256').update(headings.map(plainHeading).join('\n').trimEnd()).digest('hex')

const compact = (cell: Cell): string =>
  textOf(cell)
    .toLowerCase()
    .replace(/\s|[*:]/g, '')

/** What a heading says that its column is counted in; null: nothing. */
export function unitOf(cell: Cell): string | null {
  const [, inside, behind] = compact(cell).match(UNIT) ?? []
  return inside ?? behind ?? null
}

const score = (title: string, { exact, like, never }: Heading): number =>
  exact.includes(title) ? 2 : like?.test(title) && !never?.test(title) ? 1 : 0

/** A heading of which somebody said what it means: more than any likeness. */
const CHOSEN = 3
const NO_CHOICES: Choices = new Map()

/**
 * The columns of a sheet by the row within its first ten that names most of them; null: none names one of `wanted`.
 * `choicesOf` has what was said of a row of headings.
 */
export function tableIn<Key extends string>(
  sheet: Sheet,
  headings: Partial<Headings<Key>>,
  wanted: readonly NoInfer<Key>[],
  choicesOf: (headings: readonly Cell[]) => Choices = () => NO_CHOICES,
): Table<Key> | null {
  const found = sheet.rows
    .slice(0, HEADING_WITHIN_ROWS)
    .map((row) => ({ row, fits: fitsOf(row.cells, headings, choicesOf(row.cells)) }))
    .filter(({ fits }) => fits.some(({ key }) => key && wanted.includes(key)))
    .reduce<{ row: Row; fits: Fit<Key>[] } | null>(
      (best, each) => (best && sum(best.fits) >= sum(each.fits) ? best : each),
      null,
    )
  if (!found) return null
  const { row, fits } = found
  const places = new Map<Key, number>()
  let twice: Table<Key>['twice'] = null
  for (const key of Object.keys(headings) as Key[]) {
    const best = Math.max(...fits.filter((fit) => fit.key === key).map((fit) => fit.score))
    const [first, ...others] = fits.filter((fit) => fit.key === key && fit.score === best)
    if (!first) continue
    places.set(key, first.place)
    if (others.length > 0 && !headings[key]?.anyOfThem) {
      twice ??= { key, titles: [first, ...others].map(({ title }) => title) }
    }
  }
  const taken = new Set(places.values())
  const unread = fits.filter(({ title, place }) => title !== '' && !taken.has(place))
  const below = sheet.rows.filter(({ number }) => number > row.number)
  const rows = below.filter(({ hidden }) => !hidden)
  const hiddenRows = below.length - rows.length
  return { sheet, headings: row.cells, places, twice, unread, rows, hiddenRows }
}

interface Fit<Key> {
  readonly title: string
  readonly place: number
  readonly key: Key | null
  readonly score: number
}

/** What each cell of a row would be as a heading. */
function fitsOf<Key extends string>(
  cells: readonly Cell[],
  headings: Partial<Headings<Key>>,
  choices: Choices,
): Fit<Key>[] {
  const known = Object.entries(headings) as [Key, Heading][]
  return cells.map((cell, place) => {
    const nothing: Fit<Key> = { title: textOf(cell), place, key: null, score: 0 }
    const title = plainHeading(cell)
    const chosen = choices.get(title)
    if (chosen !== undefined) {
      const key = known.find(([each]) => each === chosen)?.[0]
      return key ? { ...nothing, key, score: CHOSEN } : nothing
    }
    return known
      .map(([key, heading]) => ({ ...nothing, key, score: score(title, heading) }))
      .reduce((best, each) => (each.score > best.score ? each : best), nothing)
  })
}

const sum = (fits: readonly { readonly score: number }[]): number =>
  fits.reduce((total, fit) => total + fit.score, 0)

/** The first of the visible sheets with such columns, and the names of the others that hold rows. */
export function firstTable<Key extends string>(
  sheets: readonly Sheet[],
  headings: Headings<Key>,
  wanted: readonly NoInfer<Key>[],
): { readonly table: Table<Key>; readonly unreadSheets: readonly string[] } | null {
  for (const sheet of sheets.filter(({ hidden }) => !hidden)) {
    const table = tableIn(sheet, headings, wanted)
    if (!table) continue
    const unread = sheets.filter((each) => each !== sheet && each.rows.length > 0)
    return { table, unreadSheets: unread.map(({ name }) => name) }
  }
  return null
}
