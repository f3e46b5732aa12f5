import { createHash } from 'node:crypto'
import type { Services } from '../../bot/services.ts'
import type { Day } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import { text } from '../../core/text.ts'
import { copyRows } from '../../infra/database/copy.ts'
import { CsvFault, type CsvRow, csvRows } from '../../infra/sheets/csv-stream.ts'
import { facilitiesChanged } from '../facilities/changed.ts'
import { accountOf } from '../facilities/confirm/rules.ts'
import type { FactName } from '../tier-rules/facts.ts'
import { CellFault, type Columns, columnsOf, type FeedCells, readCells } from './columns.ts'
import { askAboutUnknown } from './merge/ask-unknown.ts'
import { mergePart } from './merge/merge-part.ts'
import { endUnnamed, factColumn, type Part, unnamed } from './merge/store.ts'
import { oneAtATime } from './one-at-a-time.ts'
import {
  type Feed,
  FeedFault,
  firstSaid,
  judge,
  MOST_ENDED,
  type Mode,
  mayEnd,
  readEnd,
  readSaid,
  type Said,
} from './rules.ts'
import {
  clearOldRows,
  clearRows,
  type FeedReport,
  keepLoad,
  lastLoad,
  matchRows,
  partsOf,
  REJECTED,
  type RowFault,
  unmatchedRows,
} from './store.ts'

/** Faults that a report names. */
const MOST_FAULTS = 20
/** Rows merged in one transaction. */
const PART = 5000

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
interface Staged {
  readonly said: Said
  readonly sha256: string
  /** Those that could not be read included. */
  readonly rows: number
  readonly rejected: number
  readonly faults: readonly RowFault[]
  /** The file said itself that it is whole. */
  readonly ended: { readonly rows: number | null } | null
}

/**
 * Reads a file of the core system, of any size in constant memory, and merges it: staged, matched to
 * clients, and then in parts of which each is whole. Resolves to what came of it; null: the same file was
 * loaded before. Throws `FeedFault` for one that cannot be used, of which nothing is merged, and `FeedBusy`
 * while another one is loaded.
 */
export const loadFeed = (services: Services, given: GivenFeed): Promise<FeedReport | null> =>
  oneAtATime(services.database.prisma, (stillAlone) => load(services, given, stillAlone))

async function load(
  services: Services,
  given: GivenFeed,
  stillAlone: () => Promise<void>,
): Promise<FeedReport | null> {
  const { database } = services
  const loadId = newId()
  const at = services.moment()
  await clearOldRows(database, loadId)
  try {
    const staged = await stage(services, given, loadId)
    const { day, mode } = settled(given, staged)
    const last = await lastLoad(database.prisma, given.feed)
    const counted = staged.rows
    const stated = staged.said.rows ?? staged.ended?.rows ?? null
    const facts = { day, sha256: staged.sha256, rows: counted, said: stated }
    if (judge(given.feed, facts, last, at.today) === 'repeat') return null
    await matchRows(database, loadId)
    if (database.kind === 'pglite') await database.prisma.$executeRawUnsafe('analyze feed_row')
    const changed = await merge(services, given.feed, loadId, day)
    await stillAlone()
    const whole = mode === 'full' && (stated !== null || staged.ended !== null)
    const ends =
      given.feed === 'facilities' && whole ? await end(services, given, { day, loadId }) : NO_END
    const nobody = await unmatchedRows(database.prisma, loadId, MOST_FAULTS)
    const report: FeedReport = {
      ...{
        feed: given.feed,
        day,
        mode,
        rows: counted,
        rejected: staged.rejected,
        changed,
        ...ends,
      },
      unmatched: nobody.count,
      faults: [
        ...staged.faults,
        ...nobody.lines.map((line) => ({ line, because: text('没有这位客户', 'no such client') })),
      ].slice(0, MOST_FAULTS),
    }
    await keepLoad(database.prisma, report, staged.sha256, at.now)
    await database.prisma.$executeRawUnsafe('analyze facility, client_facts, client, client_tier')
    services.wake()
    return report
  } finally {
    await clearRows(database, loadId)
  }
}

const NO_END = { ended: 0, waiting: 0, unknown: 0 }

function settled({ feed }: GivenFeed, staged: Staged): { day: Day; mode: Mode } {
  const { day, mode } = staged.said
  if (day && mode) return { day, mode }
  throw day
    ? new FeedFault(
        `${feed} 没有写明是全量还是增量。请用 --full 或 --changes，或写在第一行（# 全量）或文件名里。`,
        `${feed} does not say whether it is full or changes: use --full or --changes, the first line (# full) or the file name.`,
      )
    : new FeedFault(
        `${feed} 没有写明业务日期。请用 --day 2026-11-27，或写在第一行（# 2026-11-27）或文件名里。`,
        `${feed} does not say its business day: use --day 2026-11-27, the first line (# 2026-11-27) or the file name.`,
      )
}

/** Reads the rows one by one into the staging table. */
async function stage(
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
      const row = readRow(feed, columns, { line, cells }, today)
      if (row.fault) {
        rejected += 1
        if (faults.length < MOST_FAULTS) faults.push({ line, because: row.fault })
      }
      yield { load_id: loadId, line, ...row.staged, differs: false }
    }
  }
  const names = ['load_id', 'line', 'key_kind', 'key', 'account', 'cells', 'differs']
  const count = await copyRows(database, 'feed_row', names, rows()).catch((error) => {
    if (!(error instanceof CsvFault)) throw error
    throw new FeedFault(
      `${feed} 第 ${error.line} 行不是完整的 CSV，没有读入。`,
      `Line ${error.line} of ${feed} is no whole line of CSV; nothing was loaded.`,
    )
  })
  if (columns === null) {
    throw new FeedFault(`${feed} 是空文件，没有读入。`, `${feed} is empty; nothing was loaded.`)
  }
  sayings.push(readSaid(name))
  return {
    ...{
      said: firstSaid(sayings),
      sha256: hash.digest('hex'),
      rows: count,
      rejected,
      faults,
      ended,
    },
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
    const staged = feed === 'facts' ? inColumns(cells) : cells
    return { staged: { key_kind: keyKind, key, account, cells: staged }, fault: null }
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

/** Facts with the columns they are kept in. */
const inColumns = (cells: FeedCells['cells']) =>
  Object.fromEntries(
    Object.entries(cells).map(([name, value]) => [name, [factColumn(name as FactName), value]]),
  )

/** Merges what is staged, part by part; resolves to how many clients changed. */
async function merge(services: Services, feed: Feed, loadId: string, day: Day): Promise<number> {
  const { database } = services
  let changed = 0
  // Lines come on file before what is drawn on them.
  for (const drawings of feed === 'facilities' ? [false, true] : [false]) {
    let after = 0
    for (const last of await partsOf(database.prisma, loadId, PART)) {
      const part: Part = { loadId, after, last }
      changed += await database.transaction((tx) =>
        mergePart(tx, services, feed, part, { day, drawings }),
      )
      after = last
    }
  }
  return changed
}

/** Ends what a full feed did not name, where that is no more than may end; asks about what leads confirmed. */
async function end(
  services: Services,
  { yes, share }: GivenFeed,
  { day, loadId }: { readonly day: Day; readonly loadId: string },
): Promise<Pick<FeedReport, 'ended' | 'waiting' | 'unknown'>> {
  const { database, bank } = services
  const at = services.moment()
  const { ending, open, unknown } = await unnamed(database.prisma, day, loadId)
  await database.transaction((tx) => askAboutUnknown(tx, day, at.now))
  if (!yes && !mayEnd(ending, open, share ?? MOST_ENDED)) {
    return { ended: 0, waiting: ending, unknown }
  }
  let ended = 0
  for (let more = ending > 0; more; ) {
    more = await database.transaction(async (tx) => {
      const some = await endUnnamed(tx, { day, loadId, now: at.now, most: PART })
      await facilitiesChanged(tx, some.clientIds, { staffId: null, actId: null, at, bank })
      ended += some.ended
      return some.ended > 0
    })
  }
  return { ended, waiting: 0, unknown }
}
