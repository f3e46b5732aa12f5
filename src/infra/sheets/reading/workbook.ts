import { XMLParser } from 'fast-xml-parser'
import { z } from 'zod'
import { cellOf, numbered, type Row } from './cells.ts'
import { LIMITS, SpreadsheetFault } from './limits.ts'
import { type Scan, scanSheet } from './scan.ts'
import { inflated, inflating, type Part, partsOf } from './zip.ts'

/** A sheet as it is handed out, without its rows. */
export interface SheetHead {
  readonly name: string
  readonly hidden: boolean
}

/** Parts that say what the others are: larger ones are no office program's. */
const MAX_SMALL_BYTES = 1024 * 1024
const MARK_PART = 'docProps/core.xml'

/** Names without their prefix; every value a string; what a document type declares is not expanded. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: 'text',
  removeNSPrefix: true,
  parseTagValue: false,
  isArray: (name) => name === 'Relationship' || name === 'sheet',
})
const relationships = z.object({
  Relationships: z.object({
    Relationship: z
      .array(z.object({ Id: z.string(), Type: z.string(), Target: z.string() }))
      .max(LIMITS.parts),
  }),
})
const workbookPart = z.object({
  workbook: z.object({
    sheets: z.object({
      sheet: z.array(
        z.object({ name: z.string(), id: z.string().default(''), state: z.string().optional() }),
      ),
    }),
  }),
})
const core = z.object({
  coreProperties: z.object({
    subject: z.union([z.string(), z.object({ text: z.string() }).transform(({ text }) => text)]),
  }),
})

/** What stands in a workbook's subject, by which we know our own again; null: nothing does. */
export function subjectOf(bytes: Uint8Array): string | null {
  const part = partsOf(bytes).find(({ name }) => name === MARK_PART)
  const read = part && core.safeParse(xmlOf(part))
  return read?.success ? read.data.coreProperties.subject : null
}

/**
 * Reads a workbook sheet by sheet, its rows as they come: first every part is inflated and counted,
 * since the reader of values counts nothing before it has inflated it. Throws `SpreadsheetFault`.
 */
export async function* sheetsOf(
  bytes: Uint8Array,
): AsyncGenerator<SheetHead & { rows: AsyncGenerator<Row> }> {
  const parts = partsOf(bytes)
  await checkInflated(parts, bytes.length)
  let [filled, laidOut, read] = [0, 0, 0]
  let counts = { listed: 0, cells: 0 }
  for (const [index, sheet] of sheetList(parts).entries()) {
    if (!sheet.part) continue
    if (++read > LIMITS.sheets) throw new SpreadsheetFault('too-heavy')
    const scan = await scanSheet(inflating(sheet.part, LIMITS.inflatedBytes), counts)
    counts = scan
    const rows = rowsOf(bytes, index, scan, (width) => {
      laidOut += width
      if (++filled > LIMITS.rows) throw new SpreadsheetFault('too-many-rows')
      if (laidOut > LIMITS.cells) throw new SpreadsheetFault('too-heavy')
    })
    yield { name: sheet.name, hidden: sheet.hidden, rows }
  }
}

/** Every part in turn, none kept: what the directory says of sizes is not believed. */
async function checkInflated(parts: readonly Part[], size: number): Promise<void> {
  let total = 0
  for (const part of parts) {
    for await (const { length } of inflating(part, LIMITS.inflatedBytes - total)) total += length
    if (total > LIMITS.ratioFromBytes && total > size * LIMITS.ratio) {
      throw new SpreadsheetFault('too-heavy')
    }
  }
}

async function* rowsOf(
  bytes: Uint8Array,
  sheet: number,
  { hidden, faults, merges }: Scan,
  count: (width: number) => void,
): AsyncGenerator<Row> {
  const starts = Map.groupBy(merges, ([first]) => first)
  let running: {
    readonly last: number
    readonly column: number
    readonly cell: Row['cells'][0]
  }[] = []
  const { streamXlsxRows } = await import('hucre/xlsx')
  for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
    const cells = values.map(cellOf)
    running = running.filter(({ last }) => last >= index)
    for (const { column, cell } of running) cells[column] ??= cell
    for (const [, last, column] of starts.get(index) ?? []) {
      running.push({ last, column, cell: cells[column] ?? null })
    }
    const row = numbered(index, cells, hidden.has(index), faults.get(index))
    if (!row) continue
    count(row.cells.length)
    yield row
  }
}

/** The workbook's sheets in its order; `part` is null where one holds no cells, as a chart does. */
function sheetList(parts: readonly Part[]): (SheetHead & { readonly part: Part | null })[] {
  const named = new Map(parts.map((part) => [part.name, part]))
  const root = named.get('_rels/.rels')
  if (!root || !named.has('[Content_Types].xml')) throw new SpreadsheetFault('kind')
  const target = relationsOf(root, '').find(({ type }) => type.endsWith('/officeDocument'))?.target
  const workbook = target && named.get(target)
  if (!workbook) throw new SpreadsheetFault('kind')
  const folder = target.slice(0, target.lastIndexOf('/') + 1)
  const relations = named.get(`${folder}_rels/${target.slice(folder.length)}.rels`)
  const known = new Map(
    (relations ? relationsOf(relations, folder) : []).map((each) => [each.id, each]),
  )
  return read(workbookPart, workbook).workbook.sheets.sheet.map(({ name, id, state }) => {
    const relation = known.get(id)
    const part = relation && named.get(relation.target)
    if (!part) throw new SpreadsheetFault('broken')
    const holdsCells = relation.type.endsWith('/worksheet')
    return { name, hidden: (state ?? 'visible') !== 'visible', part: holdsCells ? part : null }
  })
}

/** What a part of relations points to, by whole names. */
const relationsOf = (part: Part, folder: string) =>
  read(relationships, part).Relationships.Relationship.map(({ Id, Type, Target }) => ({
    id: Id,
    type: Type,
    // As an address is resolved, dots and all.
    target: decodeURI(new URL(Target, `file:///${folder}`).pathname).slice(1),
  }))

function read<Shape>(shape: z.ZodType<Shape>, part: Part): Shape {
  const known = shape.safeParse(xmlOf(part))
  if (!known.success) throw new SpreadsheetFault('broken')
  return known.data
}

function xmlOf(part: Part): unknown {
  const text = inflated(part, MAX_SMALL_BYTES).toString('utf8')
  try {
    return parser.parse(text, true)
  } catch {
    throw new SpreadsheetFault('broken')
  }
}
