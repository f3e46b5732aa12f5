import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { openPglite } from '../../../src/infra/database/pglite.ts'
import { openPostgres } from '../../../src/infra/database/postgres.ts'
import { bankOn } from '../../support/bank.ts'
import { KEYED } from '../../support/keyed.ts'
import { type Row, row } from '../row.ts'
import { p99, timed } from '../timing.ts'
import { fillBank } from './book.ts'
import type { BooksImported } from './import-book.ts'
import { type OnFile, writeBook } from './write-book.ts'

const LIMIT = 3
const MEGABYTES = { worker: 256, process: 500 }
/** The second of two books takes as long as the first, but for what one run differs from the next. */
const NO_SLOWER = 1.1
/** 200 ms by the 15 ms that a list takes alone on a calm machine. */
const LISTS = 13

/** Books of new clients and those on file, one after the other, while others ask for their lists. */
export async function booksBench(url: string, rows: number, folder: string): Promise<Row[]> {
  const database = await openPostgres(url, KEYED)
  const clients = await database.prisma.client.count()
  const managers = await database.prisma.staff.count({ where: { code: { startsWith: 'Q' } } })
  const known = async (place: number) =>
    national(
      await database.wholeBook.$queryRaw<OnFile[]>`
        select name, phone from (
          select name, phone, row_number() over (order by id) as place from client where kind = 'existing'
        ) as numbered where place % ${Math.floor((clients * 4) / 5 / (rows / 2))} = ${place + 1}
        limit ${rows / 2}`,
    )
  const files = [path.join(folder, 'first.xlsx'), path.join(folder, 'second.xlsx')]
  for (const [place, file] of files.entries()) {
    await writeBook(file, await known(place), { managers, first: place * rows })
  }
  await database.close()
  const read = await inProcess<{ ms: number; rows: number }>('read', files[0] ?? '')
  const { books, ...all } = await inProcess<BooksImported>('import', url, ...files)
  const [first, second] = books
  if (!first || !second) throw new Error('not imported')
  const whole = ({ previewed, written }: typeof first) => (previewed + written) / 1000
  const seconds = (ms: number) => (ms / 1000).toFixed(1)
  return [
    row(
      `${read.rows} rows of a book: ${seconds(first.previewed)} s read, checked, matched and screened, ${seconds(first.written)} s written`,
      [whole(first), 's'],
      ['only reading the sheet', read.ms / 1000],
      LIMIT,
    ),
    row('the same of another book', [whole(second), 's'], ['the first', whole(first)], NO_SLOWER),
    row(
      'peak of the thread that reads',
      [all.workerMegabytes, 'MB'],
      ['limit', MEGABYTES.worker],
      1,
    ),
    row('peak of the process', [all.megabytes, 'MB'], ['limit', MEGABYTES.process], 1),
    row(
      'lists of others meanwhile, p99',
      [p99(all.meanwhile), 'ms'],
      ['before, p99', p99(all.alone)],
      LISTS,
    ),
  ]
}

const national = (clients: readonly OnFile[]) =>
  clients.map(({ name, phone }) => ({ name, phone: phone.replace('+86', '') }))

/** 15 s by the 1.15 s of a processor that ten thousand bare clients take. */
const EMBEDDED = 13

/** The same of a small bank on the embedded database. */
export async function embeddedBench(rows: number, folder: string): Promise<Row[]> {
  const where = await mkdtemp(path.join(folder, 'pglite-'))
  const database = await openPglite(where, KEYED)
  await (await bankOn(database, [])).app.working.stop()
  await fillBank(database, rows)
  const known = national(
    await database.prisma.$queryRaw<OnFile[]>`
      select name, phone from client where kind = 'existing' order by id limit ${rows / 2}`,
  )
  const files = [path.join(folder, 'third.xlsx'), path.join(folder, 'fourth.xlsx')]
  for (const [place, file] of files.entries()) {
    await writeBook(file, known, { managers: rows / 100, first: place * rows })
  }
  const bare = await timed(
    () => database.wholeBook.$executeRaw`
      insert into client (id, kind, name, pinyin, initials, phone, source, owner_id, entered_at)
      select gen_random_uuid(), 'prospect', '客户' || n, 'kehu', 'kh', '+86137' || lpad(n::text, 8, '0'), 'list',
        (select id from staff where code = 'Q1'), now()
      from generate_series(1, ${rows}::int) as n`,
  )
  await database.close()
  const { books } = await inProcess<BooksImported>('import', where, ...files)
  return books.map(({ previewed, written }, place) =>
    row(
      `${rows} rows of a book on the embedded database${place > 0 ? ', another book' : ''}`,
      [(previewed + written) / 1000, 's'],
      ['as many bare clients', bare / 1000],
      EMBEDDED,
    ),
  )
}

export async function inProcess<Result>(...words: readonly string[]): Promise<Result> {
  const child = fork(path.join(import.meta.dirname, 'import-book.ts'), words)
  const result = Promise.withResolvers<Result>()
  child.once('message', (message) => result.resolve(message as Result))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`importing ended with ${code}`)
  return result.promise
}
