import { crc32, deflateRawSync } from 'node:zlib'

/** A part of a workbook by hand: its XML, and what the directory is to claim of its size. */
export interface MadePart {
  readonly name: string
  readonly xml: string | Buffer
  /** Inflated bytes as the directory has them; the truth where it is missing. */
  readonly claimed?: number
}

/** A zip file of parts, deflated, as any program writes it. */
export function zipOf(parts: readonly MadePart[]): Buffer {
  const bodies: Buffer[] = []
  const entries: Buffer[] = []
  let offset = 0
  for (const { name, xml, claimed } of parts) {
    const content = Buffer.from(xml)
    const packed = deflateRawSync(content)
    const sizes = Buffer.alloc(12)
    sizes.writeUInt32LE(crc32(content), 0)
    sizes.writeUInt32LE(packed.length, 4)
    sizes.writeUInt32LE(claimed ?? content.length, 8)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(20, 4)
    local.writeUInt16LE(8, 8)
    sizes.copy(local, 14)
    local.writeUInt16LE(Buffer.byteLength(name), 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 6)
    entry.writeUInt16LE(8, 10)
    sizes.copy(entry, 16)
    entry.writeUInt16LE(Buffer.byteLength(name), 28)
    entry.writeUInt32LE(offset, 42)
    bodies.push(local, Buffer.from(name), packed)
    entries.push(entry, Buffer.from(name))
    offset += 30 + Buffer.byteLength(name) + packed.length
  }
  const directory = Buffer.concat(entries)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, directory, end])
}

const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** A sheet by hand: what stands in its `sheetData`, and behind it. */
export interface MadeSheet {
  readonly name: string
  readonly rows: string
  readonly state?: 'hidden' | 'veryHidden'
  readonly behind?: string
}

/** The parts of a workbook of sheets by hand. */
export function partsOf(sheets: readonly MadeSheet[], sharedStrings?: string): MadePart[] {
  const list = sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"${state ? ` state="${state}"` : ''}/>`,
  )
  const relations = sheets.map(
    (_, at) =>
      `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
  )
  const strings = sharedStrings
    ? `<Relationship Id="rIdS" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/>`
    : ''
  return [
    { name: '[Content_Types].xml', xml: `<Types xmlns="${PACKAGE}/content-types"/>` },
    {
      name: '_rels/.rels',
      xml: `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      xml: `<workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}"><sheets>${list.join('')}</sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      xml: `<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}${strings}</Relationships>`,
    },
    ...sheets.map(({ rows, behind = '' }, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      xml: `<worksheet xmlns="${SPREADSHEET}"><sheetData>${rows}</sheetData>${behind}</worksheet>`,
    })),
    ...(sharedStrings ? [{ name: 'xl/sharedStrings.xml', xml: sharedStrings }] : []),
  ]
}

/** A workbook of sheets by hand. */
export const workbookOf = (...sheets: readonly MadeSheet[]): Buffer => zipOf(partsOf(sheets))

const repeated = (count: number, each: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => each(at)).join('')

/** Workbooks of some kB that would take a reader's memory or time, and why each is refused. */
export const NASTY = {
  'a cell in the last column of 6000 rows': {
    reason: 'too-wide',
    bytes: () =>
      workbookOf({
        name: '远',
        rows: repeated(6000, (at) => `<row r="${at + 1}"><c r="XFD${at + 1}"><v>1</v></c></row>`),
      }),
  },
  'a hundred megabytes of blanks in one cell': {
    reason: 'too-heavy',
    bytes: () =>
      workbookOf({
        name: '空',
        rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>${' '.repeat(105 * 1024 * 1024)}</t></is></c></row>`,
      }),
  },
  'blanks a thousand times their size in the file': {
    reason: 'too-heavy',
    bytes: () =>
      workbookOf({
        name: '比',
        rows: `<row r="1"><c r="A1" t="inlineStr"><is><t>${' '.repeat(20 * 1024 * 1024)}</t></is></c></row>`,
      }),
  },
  'a directory that lies about a size': {
    reason: 'too-heavy',
    bytes: () =>
      zipOf([
        ...partsOf([{ name: '一', rows: '' }]),
        { name: 'xl/media/image1.png', xml: Buffer.alloc(110 * 1024 * 1024), claimed: 10 },
      ]),
  },
  'more than two million cells': {
    reason: 'too-heavy',
    bytes: () =>
      workbookOf({
        name: '多',
        rows: repeated(51_000, (at) => `<row>${`<c><v>${at % 9}</v></c>`.repeat(40)}</row>`),
      }),
  },
  'more than two hundred thousand filled rows': {
    reason: 'too-many-rows',
    bytes: () =>
      workbookOf({ name: '长', rows: repeated(200_001, (at) => `<row><c><v>${at}</v></c></row>`) }),
  },
  'a cell in the last column that is taken, in each of as many rows as are taken': {
    reason: 'too-heavy',
    bytes: () =>
      workbookOf({
        name: '满',
        rows: repeated(200_000, (at) => `<row r="${at + 1}"><c r="IV${at + 1}"><v>1</v></c></row>`),
      }),
  },
  'relations without end': {
    reason: 'too-heavy',
    bytes: () =>
      zipOf(
        partsOf([{ name: '一', rows: '' }]).map((part) =>
          part.name === '_rels/.rels'
            ? { ...part, xml: `${part.xml}${' '.repeat(2_000_000)}` }
            : part,
        ),
      ),
  },
  'elements in elements in elements': {
    reason: 'broken',
    bytes: () =>
      zipOf(
        partsOf([{ name: '一', rows: '' }]).map((part) =>
          part.name === 'xl/workbook.xml' ? { ...part, xml: '<a>'.repeat(300_000) } : part,
        ),
      ),
  },
} as const satisfies Record<string, { reason: string; bytes: () => Buffer }>
