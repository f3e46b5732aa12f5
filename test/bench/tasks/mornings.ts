import type { App } from '../../../src/app.ts'
import { push } from '../../../src/features/tasks/list/push-morning.ts'
import { insertAgain, readTasks, selectOne } from '../bare.ts'
import { workBook } from '../book.ts'
import { megabytesKept } from '../memory.ts'
import { type Row, row } from '../row.ts'
import { timed } from '../timing.ts'

/** On a calm machine: 5 s (measured: 4.4) by 6.9 s of the bare statements; 1 ms (0.13) by a `select 1` of 0.13 ms. */
const LIMIT = { composed: 0.72, delivered: 7.5 }
/** For our process on a machine of any size. */
const PEAK_MEGABYTES = 350

/** Fifty open tasks for each manager, and an outcome behind each client that was contacted. */
export async function mornings(
  app: App,
  sent: { count: number },
  managers: number,
): Promise<Row[]> {
  const { database } = app.services
  const { wholeBook: prisma } = database
  await prisma.$executeRawUnsafe('truncate task cascade')
  await workBook(database)
  const tenth = Math.ceil(managers / 10)
  const few = await pushed(app, sent, tenth, 1)
  // The same number of lists: a single small push may end before there is garbage to collect.
  const often = await pushed(app, sent, tenth, 10)
  const all = await pushed(app, sent, managers, 1)
  return [
    row(
      `${managers} morning lists composed and queued`,
      [all.composedMs, 'ms'],
      ['its bare statements', (await readTasks(database)) + (await insertAgain(database))],
      LIMIT.composed,
    ),
    row(
      'one of them delivered to a channel that answers at once',
      [all.deliveredMs / managers, 'ms'],
      ['one `select 1`', await selectOne(database, 1000)],
      LIMIT.delivered,
    ),
    row('peak of our process', [all.megabytes, 'MB'], ['limit', PEAK_MEGABYTES], 1),
    row(
      `peak with ${managers} managers`,
      [all.megabytes, 'MB'],
      [`with ${tenth} managers`, few.megabytes],
      1.15,
    ),
    row(
      `peak with ${managers} managers, as many lists`,
      [all.megabytes, 'MB'],
      [`ten times ${tenth} managers`, often.megabytes],
      1.15,
    ),
    row(
      `memory kept after ${managers} managers`,
      [all.kept, 'MB'],
      [`after ${tenth} managers`, few.kept],
      1.05,
    ),
  ]
}

/** Pushes to so many managers, so many times; the times are those of the last push. */
async function pushed(
  { services, delivery }: App,
  sent: { count: number },
  managers: number,
  times: number,
) {
  const { wholeBook: prisma } = services.database
  await prisma.$executeRaw`
    update staff set active = substr(code, 2)::int <= ${managers}::int where code like 'Q%'`
  await prisma.$executeRawUnsafe('analyze staff')
  // What earlier parts of the run left behind is not this one's.
  await megabytesKept()
  let megabytes = 0
  const sampling = setInterval(() => {
    megabytes = Math.max(megabytes, process.memoryUsage.rss() / 2 ** 20)
  }, 10)
  let composedMs = 0
  let deliveredMs = 0
  for (let time = 0; time < times; time++) {
    await prisma.$executeRawUnsafe('truncate task_list, message')
    const before = sent.count
    const began = performance.now()
    // Woken afterwards, so that composing and delivering are measured apart.
    const { queued } = await push({ ...services, wake: () => {} }, services.moment(), {
      dryRun: false,
    })
    composedMs = performance.now() - began
    deliveredMs = await timed(() => delivery.settled())
    if (queued !== managers || sent.count - before !== managers) {
      throw new Error(`${queued} queued, ${sent.count - before} sent of ${managers}`)
    }
  }
  clearInterval(sampling)
  return { composedMs, deliveredMs, megabytes, kept: await megabytesKept() }
}
