import { emptyUpload, readBytes } from '../../bot/inbox/uploads.ts'
import { tell } from '../../bot/outbox/enqueue.ts'
import type { Services } from '../../bot/services.ts'
import type { Work } from '../../bot/work.ts'
import { newId } from '../../core/ids.ts'
import type { Text } from '../../core/text.ts'
import { text } from '../../core/text.ts'
import { analyzeAfter } from '../../infra/database/analyze.ts'
import { passing } from '../../infra/database/fault.ts'
import type { Queries } from '../../infra/database/index.ts'
import { createLease } from '../../infra/lease.ts'
import { previewCard, resultCard } from './cards/import-cards.ts'
import { checkRange } from './check/check-range.ts'
import { countRows } from './check/count-store.ts'
import { pairRows } from './check/pair-store.ts'
import { choicesKept } from './columns/choices-store.ts'
import { matchEvents, pairEvents } from './history/match-store.ts'
import { writeEvents } from './history/write-store.ts'
import { checkList, undoList, writeList } from './lists/list-ranges.ts'
import { pairListRows } from './lists/list-store.ts'
import { listOf } from './lists/lists.ts'
import { refreshCards } from './refresh-store.ts'
import { type Importer, type ImportRecord, NO_COUNTS } from './rules.ts'
import { BookFault, readBook } from './stage/read-book.ts'
import { stage, unstage } from './stage/store.ts'
import {
  countAttempt,
  importById,
  importerOf,
  nextImport,
  noteAct,
  noteStep,
  type Step,
} from './store.ts'
import { countUndone, lastAct } from './undo/store.ts'
import { undoRange } from './undo/undo-range.ts'
import { writeRange } from './write/write-range.ts'

/** Rows looked through, and rows written, in one transaction: others wait for the embedded database meanwhile. */
const CHECKED = 2000
const WRITTEN = { postgres: 1000, pglite: 500 }
/** A step that ended neither well nor ill so often is not begun again: it ends the process. */
const MOST_ATTEMPTS = 3

/** Tables whose statistics are old once a book is staged, and once it is written. */
const STAGED = ['import_row']
const FILLED = [
  ...['client', 'client_phone', 'client_facts', 'client_tier', 'client_note', 'facility'],
  ...['product_held', 'register_name', 'task', 'fact_entry', 'undo_snapshot'],
]

/** Reads, looks through and writes books, one at a time in the whole bank. */
export const importWork: Work = {
  name: 'import',
  begin(services) {
    const lease = createLease(services.database.prisma, 'import')
    return {
      async step() {
        const { prisma } = services.database
        if (!(await nextImport(prisma))) return false
        // Another instance is at it, or died a moment ago.
        if (!(await lease.hold())) return false
        const id = await nextImport(prisma)
        if (id) await goOn(services, id, async () => void (await lease.hold()))
        if (!(await nextImport(prisma))) await lease.release()
        return id !== null
      },
      end: () => lease.release(),
    }
  },
}

async function goOn(services: Services, id: string, renew: () => Promise<void>): Promise<void> {
  const { database } = services
  const attempts = await countAttempt(database.prisma, id)
  const record = await importById(database.prisma, id)
  if (!record) return
  const importer = await importerOf(database.prisma, record)
  if (!importer) return end(services, record, NO_LONGER)
  if (attempts > MOST_ATTEMPTS) return end(services, record, NOT_DONE)
  try {
    if (record.state === 'reading') await read(services, record, importer, renew)
    else if (record.state === 'checking') await check(services, record, importer)
    else if (record.state === 'running') await write(services, record, importer)
    else if (record.state === 'undoing') await undo(services, record, importer)
  } catch (error) {
    // What is away now is there in a while: it counts for nothing.
    if (passing(error)) await noteStep(database.prisma, id, {}).catch(() => {})
    throw error
  }
}

/** Ends it with a sentence, which whoever sent it is told. */
async function end(
  { database, moment }: Services,
  record: ImportRecord,
  fault: Text,
): Promise<void> {
  const { now } = moment()
  await database.transaction(async (tx) => {
    await emptyUpload(tx, record.uploadId)
    await noteStep(tx, record.id, { state: 'failed', fault, endedAt: now })
    await show(tx, { ...record, state: 'failed', fault }, now, resultCard)
  })
}

/** Nothing of a book can be taken before somebody says what its columns mean. */
const NOTHING_READ = { state: 'preview', next: 0, rows: 0, counts: NO_COUNTS } as const

/** Shows how it was understood, and what is to be said of it. */
async function ask({ database, moment }: Services, record: ImportRecord, step: Step) {
  await database.transaction(async (tx) => {
    await noteStep(tx, record.id, step)
    await show(tx, { ...record, ...step }, moment().now, previewCard)
  })
}

async function read(
  services: Services,
  record: ImportRecord,
  importer: Importer,
  renew: () => Promise<void>,
): Promise<void> {
  const { database, bank, moment } = services
  const file = record.uploadId ? await readBytes(database.prisma, record.uploadId) : null
  if (!file) return end(services, record, GONE)
  await unstage(database.prisma, record.id)
  const { today, catalogue, kinds } = moment()
  const said = record.mapping.tables.map(({ layout, chosen }) => [layout, { chosen }] as const)
  const kept = new Map([...(await choicesKept(database.prisma, record.staffId)), ...said])
  const list = listOf(record.kind)
  const reading = { importer, list, kept, today, catalogue, kinds, keyedHash: bank.keyedHash }
  const book = await readBook({ ...file, name: record.fileName }, reading, async (rows) => {
    await database.transaction((tx) => stage(tx, record.id, rows))
    await renew()
  })
  if (book instanceof BookFault) {
    const { why, mapping } = book
    return mapping && record.staffId
      ? ask(services, record, { ...NOTHING_READ, fault: why, mapping })
      : end(services, record, why)
  }
  await database.transaction(async (tx) => {
    await analyzeAfter(tx, book.rows, STAGED)
    await (list ? pairListRows(tx, record.id) : pairRows(tx, record.id))
    await noteStep(tx, record.id, {
      state: 'checking',
      next: 0,
      rows: book.rows,
      mapping: book.mapping,
    })
  })
}

/** Clients come first, then, in a second pass over the rows, what was done with them before. */
const stageOf = ({ next, rows }: ImportRecord) =>
  next >= rows ? { events: true, after: next - rows } : { events: false, after: next }

const bringsEvents = ({ mapping }: ImportRecord): boolean =>
  mapping.tables.some(({ kind }) => kind === 'history')

async function check(services: Services, record: ImportRecord, importer: Importer): Promise<void> {
  const { database, moment } = services
  const { id, rows } = record
  const { events, after } = stageOf(record)
  const last = Math.min(rows, after + CHECKED)
  const whole = last === rows && (events || !bringsEvents(record))
  const at = moment()
  const { now } = at
  await database.transaction(async (tx) => {
    const list = listOf(record.kind)
    const range = { importId: id, after, last }
    if (list) await checkList(tx, list, range, { importId: id, importer, actId: id, at, services })
    else if (events) await matchEvents(tx, range, importer)
    else await checkRange(tx, range, importer)
    if (!whole) {
      if (!events && last === rows) {
        // What becomes of the clients is news to the statistics.
        await analyzeAfter(tx, rows, STAGED)
        await pairEvents(tx, id)
      }
      await noteStep(tx, id, { next: events ? rows + last : last })
      return refreshCards(tx, record, now)
    }
    const step: Step = { state: 'preview', next: 0, counts: await countRows(tx, id) }
    await noteStep(tx, id, step)
    await show(tx, { ...record, ...step }, now, previewCard)
  })
}

async function write(services: Services, record: ImportRecord, importer: Importer): Promise<void> {
  const { database, bank, clientEntered, moment } = services
  const { id, rows, staffId } = record
  const { events, after } = stageOf(record)
  const last = Math.min(rows, after + WRITTEN[database.kind])
  const whole = last === rows && (events || record.counts.history === 0)
  const at = moment()
  const actId = newId()
  await database.transaction(async (tx) => {
    const range = { importId: id, after, last }
    await noteAct(tx, { id: actId, staffId, command: 'import-rows', input: range }, at.now)
    const list = listOf(record.kind)
    if (list) await writeList(tx, list, range, { importId: id, importer, actId, at, services })
    else if (events) {
      await matchEvents(tx, range, importer)
      await writeEvents(tx, range, actId, at)
    } else await writeRange(tx, range, { importer, actId, at, bank, clientEntered })
    // Tables that were nearly empty grow a thousandfold while a first book is written.
    const ranges = Math.round(last / WRITTEN[database.kind])
    if (whole || (ranges & (ranges - 1)) === 0) await analyzeAfter(tx, last, FILLED)
    if (!whole) {
      await noteStep(tx, id, { next: events ? rows + last : last })
      return refreshCards(tx, record, at.now)
    }
    const step: Step = { state: 'done', next: 0, counts: await countRows(tx, id), endedAt: at.now }
    await noteStep(tx, id, step)
    await show(tx, { ...record, ...step }, at.now, resultCard)
  })
}

async function undo(services: Services, record: ImportRecord, importer: Importer): Promise<void> {
  const { database, moment } = services
  const { id, actId: yes } = record
  const at = moment()
  await database.transaction(async (tx) => {
    const actId = await lastAct(tx, id)
    if (actId && yes) {
      const list = listOf(record.kind)
      if (list) await undoList(tx, list, { importId: id, importer, actId, at, services })
      else await undoRange(tx, { importId: id, actId, yes }, at)
      return noteStep(tx, id, {})
    }
    const counts = { ...record.counts, undone: await countUndone(tx, id) }
    const step: Step = { state: 'undone', counts, endedAt: at.now }
    await noteStep(tx, id, step)
    await show(tx, { ...record, ...step }, at.now, resultCard)
  })
}

/** Tells whoever sent it in a message of its own, as not every service can change one that stands. */
async function show(
  tx: Queries,
  record: ImportRecord,
  now: Date,
  card: typeof previewCard,
): Promise<void> {
  if (record.staffId) await tell(tx, record.staffId, (language) => card(record, language), now)
}

const GONE = text('没有收到这个文件，请再发一次。', 'The file is gone; please send it again.')
const NO_LONGER = text(
  '您现在的岗位不能导入这份表，没有办。',
  'Your role may not import this any more, so it was not done.',
)
const NOT_DONE = text(
  '没有办成，已停下。已写入的可以"撤销导入"，请告诉管理员。',
  'It could not be done and was stopped. What was written can be taken back ("undo import"); please tell your administrator.',
)
