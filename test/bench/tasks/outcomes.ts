import type { App } from '../../../src/app.ts'
import { newId } from '../../../src/core/ids.ts'
import { logOutcome } from '../bare.ts'
import { type Row, row } from '../row.ts'
import { p99, timed } from '../timing.ts'

const ABREAST = 50
/** Before anything is timed: a service that has just started compiles what it runs, and connects. */
const WARM_SECONDS = 2
/** 60 ms (measured: 54 to 59) by the bare statements' p99 of 70 ms on a calm machine. */
const LIMIT = 0.85

/**
 * Fifty managers, each logging the next of their list when the last is answered; after `each` of them
 * it is another one's turn. In turn with the bare statements of as many at once.
 */
export async function outcomes(
  { inbox, services, delivery }: App,
  channel: string,
  { seconds, each }: { readonly seconds: number; readonly each: number },
): Promise<Row> {
  const { database } = services
  const lists = await database.prisma.$queryRaw<{ code: string; ids: string[] }[]>`
    select staff.code, to_json(items[:${each}::int]) as ids
    from staff join task_list on staff_id = staff.id where staff.code like 'Q%'`
  // Those at the end of the lists, which nobody comes to.
  const bare = await database.prisma.$queryRaw<Parameters<typeof logOutcome>[1][]>`
    select id::text as "taskId", client_id::text as "clientId", manager_id::text as "managerId"
    from task where status = 'open' order by priority, id limit 5000`
  // What filling the book and the morning left to be tidied up is not these outcomes'.
  await database.wholeBook.$executeRawUnsafe('vacuum analyze')
  await database.wholeBook.$executeRawUnsafe('checkpoint')
  const waiting = lists.map(({ code, ids }) => ids.map((taskId) => ({ code, taskId })))
  const one = async () => {
    const list = waiting.shift()
    if (!list) throw new Error('more than all tasks on the lists')
    const times: number[] = []
    for (const { code, taskId } of list) times.push(await timed(() => log(`U${code}`, taskId)))
    return times
  }
  const log = async (conversation: string, taskId: string) => {
    const intent = { command: 'log-outcome', input: { taskId, outcome: 'thinking' } }
    const { answered } = await inbox({
      id: newId(),
      channel,
      conversation,
      sender: conversation,
      shared: false,
      says: { kind: 'intent', intent, label: '' },
    })
    await answered
  }
  let next = 0
  const oneBare = async () => {
    const outcome = bare[next++ % bare.length]
    if (!outcome) throw new Error('no task')
    return [await timed(() => logOutcome(database, outcome))]
  }
  await abreast(WARM_SECONDS, oneBare)
  await abreast(WARM_SECONDS, one)
  const before = await abreast(seconds / 2, oneBare)
  const ours = await abreast(seconds, one)
  await delivery.settled()
  const after = await abreast(seconds / 2, oneBare)
  const [server] = await database.prisma.$queryRaw<{ hugePages: string }[]>`
    select current_setting('huge_pages_status') as "hugePages"`
  const rate = (ours.length / seconds).toFixed(0)
  return row(
    `an outcome logged, p99, ${ABREAST} at a time, ${rate} a second, huge pages ${server?.hugePages}`,
    [p99(ours), 'ms'],
    ['its bare statements, as many at a time', p99([...before, ...after])],
    LIMIT,
  )
}

/** So many doing `one` again and again for so many seconds; the milliseconds that each took. */
async function abreast(seconds: number, one: () => Promise<number[]>): Promise<number[]> {
  const until = performance.now() + seconds * 1000
  const times: number[] = []
  const again = async () => {
    while (performance.now() < until) times.push(...(await one()))
  }
  await Promise.all(Array.from({ length: ABREAST }, again))
  return times
}
