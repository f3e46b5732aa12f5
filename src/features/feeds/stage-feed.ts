import { createHash } from 'node:crypto'
import type { Services } from '../../bot/services.ts'
import type { Day } from '../../core/calendar/time.ts'
import { copyRows } from '../../infra/database/copy.ts'
import { encryptedRow } from '../../infra/database/encryption/columns.ts'
import { secretKey } from '../../infra/database/encryption/secret.ts'
import { CsvFault, type CsvRow, csvRows } from '../../infra/sheets/csv-stream.ts'
import { accountOf } from '../facilities/confirm/rules.ts'
import { CellFault, type Columns, columnsOf, type KeyKind, readCells } from './columns.ts'
import { type Feed, FeedFault, firstSaid, readEnd, readSaid, type Said } from './rules.ts'
import { REJECTED, type RowFault } from './store.ts'

/** Faults that a report names. */
export const MOST_FAULTS = 20

export interface GivenFeed {
  readonly feed: Feed
  /** As it is called; empty for one without a name. */
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
  /** What the sender said beside it. */
  readonly said: Partial<Said>
  /** A person says yes to all that a full feed ends. */
  readonly yes: boolean
  /** The share that it may end by itself; null: as shipped. */
  readonly share: number | null
}

/** What was read before anything was merged. */
export interface Staged {
  readonly said: Said
  readonly sha256: string
  /** Those that could not be read included. */
  readonly rows: number
  readonly lastLine: number
  /** What it has columns of. */
  readonly fields: readonly string[]
  /** By which numbers it may name clients. */
  readonly keyKinds: readonly KeyKind[]
  readonly rejected: number
  readonly faults: readonly RowFault[]
  /** The file said itself that it is whole. */
  readonly ended: { readonly rows: number | null } | null
}

/** Reads the rows one by one into the staging table. */
export async function stageFeed(
  { database, moment }: Services,
  { feed, name, bytes, said }: GivenFeed,
  loadId: string,
): Promise<Staged> {
  const { today } = moment()
  const hash = createHash('sha256')
  async function* hashed() {
    for await (const chunk of bytes) {
      hash.update(chunk)
      yield chunk
    }
  }
  const sayings: Said[] = [{ day: null, mode: null, rows: null, ...said }]
  const faults: RowFault[] = []
  let rejected = 0
  let ended: Staged['ended'] = null
  let columns: Columns | null = null
  let lastLine = 0
  async function* rows() {
    for await (const { line, cells } of csvRows(hashed())) {
      if (columns === null && cells[0]?.startsWith('#')) {
        sayings.push(readSaid(cells.join(' ')))
        continue
      }
      if (columns === null) {
        columns = headingsOf(feed, cells)
        continue
      }
      if (ended) throw afterEnd(feed, line)
      ended = readEnd(cells)
      if (ended) continue
      lastLine = line
      const row = readRow(feed, columns, { line, cells }, today)
      if (row.fault) {
        rejected += 1
        if (faults.length < MOST_FAULTS) faults.push({ line, because: row.fault })
      }
      yield { load_id: loadId, line, ...row.staged }
    }
  }
  const names = ['load_id', 'line', 'key_kind', 'key', 'account', 'cells']
  const count = await copyRows(database, 'feed_row', names, rows()).catch((error) => {
    if (!(error instanceof CsvFault)) throw error
    throw new FeedFault(
      `${feed} 第 ${error.line} 行不是完整的 CSV，没有读入。`,
      `Line ${error.line} of ${feed} is no whole line of CSV; nothing was loaded.`,
    )
  })
  const found = columns as Columns | null
  if (found === null) {
    throw new FeedFault(`${feed} 是空文件，没有读入。`, `${feed} is empty; nothing was loaded.`)
  }
  sayings.push(readSaid(name))
  return {
    ...{ said: firstSaid(sayings), sha256: hash.digest('hex') },
    ...{ rows: count, lastLine, rejected, faults, ended },
    fields: found.fields.map(([name]) => name),
    keyKinds: found.keys.map(([kind]) => kind),
  }
}

function headingsOf(feed: Feed, cells: readonly string[]): Columns {
  const columns = columnsOf(feed, cells)
  if (columns.missing.length === 0) return columns
  const names = (language: 'zh' | 'en') => columns.missing.map((each) => each[language])
  throw new FeedFault(
    `${feed} 第一行没有这些列：${names('zh').join('、')}。没有读入。`,
    `The first row of ${feed} lacks: ${names('en').join(', ')}. Nothing was loaded.`,
  )
}

const afterEnd = (feed: Feed, line: number) =>
  new FeedFault(
    `${feed} 在结束行之后还有第 ${line} 行，文件可能拼接错了，没有读入。`,
    `${feed} goes on in line ${line} after its end; nothing was loaded.`,
  )

/** A row as it is staged; one that cannot be read by its account alone, so that a full feed names it. */
function readRow(feed: Feed, columns: Columns, { cells: row }: CsvRow, today: Day) {
  try {
    const { keyKind, key, cells } = readCells(feed, columns, row, today)
    const account = typeof cells['account'] === 'string' ? cells['account'] : null
    const kept = encryptedRow('client', cells)
    const named = keyKind === 'core-number' ? key : secretKey(keyKind, key)
    return { staged: { key_kind: keyKind, key: named, account, cells: kept }, fault: null }
  } catch (error) {
    if (!(error instanceof CellFault)) throw error
    const place = columns.fields.find(([name]) => name === 'account')?.[1]
    const account = place === undefined ? null : accountOf(row[place] ?? '')
    return {
      staged: { key_kind: REJECTED, key: '', account, cells: {} },
      fault: error.because,
    }
  }
}
