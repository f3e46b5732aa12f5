import { type App, createApp } from '../../../src/app.ts'
import { readConfig } from '../../../src/config.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { createLog } from '../../../src/infra/log.ts'
import { MONDAY } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { type Bench, type Row, row } from '../row.ts'
import { withServer } from '../server.ts'
import { median, timed } from '../timing.ts'
import { ASKS, type Asked, askAll, clock } from './asked.ts'
import { CLIENTS_EACH, fillGrowing } from './book.ts'
import { drawGrowth } from './drawing.ts'
import { BOOK_WORK, type BookWork, workTheBook } from './whole-book.ts'
import { fillYear } from './year.ts'

const DAY_MS = 24 * 3_600_000
const NIGHTS = 4
/** A book of a hundred times as many clients may not be felt. */
const FLAT = 1.5
/** What goes over the whole book may take no more of each client. */
const LINEAR = 1.3
/** A year later there is a month to count and not a morning. */
const AGED = 2
/** Of the time that it takes to write it. */
const VACUUM = 0.5
/** In megabytes: a hundred million clients are then 0.4 TB. */
const MOST_ON_FILE = 4
/** In megabytes, with indexes: a year of 10 000 managers is then 0.4 TB, which one server holds for five. */
const MOST_A_YEAR = 40

interface Measured {
  /** As a multiple of the help. */
  readonly asked: Record<Asked, number>
  /** Megabytes of a thousand clients on file, with what is decided of them and the indexes. */
  readonly size: number
  /** For a thousand clients of the book, as a multiple of the help. */
  readonly work: Record<BookWork, number>
}

/**
 * The same questions, as multiples of what the help takes, in books of three sizes, each ten times the one before,
 * and in the smallest with a year of work behind it; how long what goes over the whole book takes of each client;
 * what a year of one manager takes on the disk.
 */
export const growthBench: Bench = async ({ quick }) => {
  const sizes = quick ? [1000, 10_000, 100_000] : [10_000, 100_000, 1_000_000]
  const measured: Measured[] = []
  const aged: Row[] = []
  for (const clients of sizes) {
    await withServer(async (url) => {
      const app = await openBook(url, clients)
      const fresh = await measure(app)
      measured.push(fresh)
      // Of the smallest: a hundred managers log half a million outcomes in a year.
      if (clients === sizes[0]) aged.push(...(await age(app, fresh, clients / CLIENTS_EACH)))
      await app.stop()
    })
  }
  if (!quick) await drawGrowth(sizes, measured)
  return [...grown(measured, sizes), ...aged]
}

async function openBook(url: string, clients: number): Promise<App> {
  clock.now = new Date(MONDAY).getTime()
  const database = await openPostgres(url, KEYED)
  await fillGrowing(database, clients)
  return createApp(readConfig({ LOG_LEVEL: 'silent', MORNING_SPREAD_SECONDS: '0' }), {
    ...{ database, log: createLog('silent'), channels: [] },
    clock: () => new Date(clock.now),
  })
}

async function measure(app: App): Promise<Measured> {
  const { prisma } = app.services.database
  const clients = await prisma.client.count()
  const [stored] = await prisma.$queryRaw<{ size: number }[]>`
    select (pg_database_size(current_database()) / 1048576.0)::float8 as size`
  const worked: Record<BookWork, number>[] = []
  for (let nights = 0; nights < NIGHTS; nights++) {
    clock.now += DAY_MS
    worked.push(await workTheBook(app))
    await prisma.$executeRawUnsafe('vacuum analyze')
  }
  // All but the first find the tasks and the decisions of the day before.
  const later = worked.slice(1)
  // What is asked for the first time in a process is compiled; that is no book's.
  await askAll(app)
  const { times, helpMs } = await askAll(app)
  const perThousand = BOOK_WORK.map((each) => {
    const took = median(later.map((night) => night[each]))
    return [each, ((took / clients) * 1000) / helpMs]
  })
  return {
    asked: times,
    size: ((stored?.size ?? 0) / clients) * 1000,
    work: Object.fromEntries(perThousand) as Record<BookWork, number>,
  }
}

/** Each larger book beside the smallest. */
function grown(measured: readonly Measured[], sizes: readonly number[]): Row[] {
  const [small, ...larger] = measured
  const [few, ...many] = sizes
  if (!small) return []
  return larger.flatMap((large, place) => [
    ...ASKS.map((each) =>
      row(
        `${each}, of ${many[place]} clients`,
        [large.asked[each], 'times'],
        [`of ${few}`, small.asked[each]],
        FLAT,
      ),
    ),
    ...BOOK_WORK.map((each) =>
      row(
        `${each}, a thousand of ${many[place]} clients`,
        [large.work[each], 'times'],
        [`of ${few}`, small.work[each]],
        LINEAR,
      ),
    ),
    row(
      `a thousand of ${many[place]} clients on file`,
      [large.size, 'MB'],
      ['limit', MOST_ON_FILE],
      1,
    ),
  ])
}

/** A year of work, in the same book. */
async function age(app: App, fresh: Measured, managers: number): Promise<Row[]> {
  const { wholeBook: prisma } = app.services.database
  let megabytes = 0
  const written = await timed(async () => {
    megabytes = await fillYear(app)
  })
  const vacuum = await timed(() => prisma.$executeRawUnsafe('vacuum analyze'))
  const old = await measure(app)
  return [
    row(
      'a year of one manager, with indexes',
      [megabytes / managers, 'MB'],
      ['limit', MOST_A_YEAR],
      1,
    ),
    row(
      `vacuum after a year of ${managers} managers`,
      [vacuum / 1000, 's'],
      ['writing the year', written / 1000],
      VACUUM,
    ),
    ...ASKS.map((each) =>
      row(
        `${each}, a year later`,
        [old.asked[each], 'times'],
        ['on the first day', fresh.asked[each]],
        AGED,
      ),
    ),
    ...BOOK_WORK.map((each) =>
      row(
        `${each}, a thousand clients, a year later`,
        [old.work[each], 'times'],
        ['on the first day', fresh.work[each]],
        LINEAR,
      ),
    ),
  ]
}
