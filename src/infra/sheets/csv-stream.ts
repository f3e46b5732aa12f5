import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'

/** A line that is no CSV; the number is that of the file. */
export class CsvFault extends Error {
  override readonly name = 'CsvFault'
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** So much of a file tells how it is written. */
const SAMPLE = 65_536
/** More than any row of a table takes. */
const MOST_OF_A_ROW = 200_000

export interface CsvRow {
  /** The line on which it ends. */
  readonly line: number
  readonly cells: readonly string[]
}

/**
 * The rows of a CSV file of any size as they come, in UTF-8 or GB18030, between commas, tabs, semicolons
 * or bars; the first row may have fewer cells than the others. Throws `CsvFault`.
 */
export async function* csvRows(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const { decoded, delimiter } = await begin(bytes)
  const parser = parse({
    ...{ bom: true, info: true, trim: true, delimiter, relax_column_count: true },
    ...{ skip_empty_lines: true, max_record_size: MOST_OF_A_ROW },
  })
  const source = Readable.from(decoded)
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    for await (const { info, record } of parser as AsyncIterable<{
      info: { lines: number }
      record: string[]
    }>) {
      yield { line: info.lines, cells: record }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new CsvFault(Number(error['lines'] ?? 0), error.message)
  } finally {
    source.destroy()
  }
}

async function begin(bytes: AsyncIterable<Uint8Array>) {
  const chunks = bytes[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  for (let size = 0; size < SAMPLE; ) {
    const { value, done } = await chunks.next()
    if (done) break
    first.push(value)
    size += value.length
  }
  const sample = Buffer.concat(first)
  const encoding = isUtf8(sample) ? 'utf-8' : 'gb18030'
  const decoder = new TextDecoder(encoding)
  const head = decoder.decode(sample, { stream: true })
  async function* decoded() {
    yield head
    for (;;) {
      const { value, done } = await chunks.next()
      if (done) break
      yield decoder.decode(value, { stream: true })
    }
    yield decoder.decode()
  }
  return { decoded: decoded(), delimiter: delimiterOf(head) }
}

function isUtf8(sample: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: true })
    return true
  } catch {
    return false
  }
}

/** What stands most often in the first line that is not a remark. */
function delimiterOf(head: string): string {
  const line = head.split(/\r?\n/).find((each) => each.trim() && !/^\ufeff?\s*#/.test(each)) ?? ''
  const counts = [',', '\t', ';', '|'].map((each) => [each, line.split(each).length] as const)
  return counts.reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}
