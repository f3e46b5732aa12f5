import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type App, createApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import type { Channel } from '../../src/core/chat.ts'
import { newId } from '../../src/core/ids.ts'
import { SHIPPED_PLAYBOOK } from '../../src/features/playbook/shipped-playbook.ts'
import { generate } from '../../src/features/tasks/care/store.ts'
import { push } from '../../src/features/tasks/list/push-morning.ts'
import { NEW_ID } from '../../src/infra/database/new-id.ts'
import { openPostgres } from '../../src/infra/database/postgres.ts'
import { createLog } from '../../src/infra/log.ts'
import { bankOn } from '../support/bank.ts'
import { fillBook } from './book.ts'
import { type Figure, figure, median, type Part } from './figure.ts'
import { megabytesKept } from './memory.ts'
import { startServer } from './server.ts'
import { HAND_WRITTEN } from './tasks-by-hand.ts'

const CHANNEL = 'bench'
const NOW = new Date('2026-11-23T08:10:00+08:00').getTime() - performance.now()

/** A whole book's tasks, everybody's morning lists, and outcomes logged side by side. */
export const tasksBench: Part = async ({ quick }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'chenhui-bench-'))
  const postgres = await startServer(folder)
  try {
    const database = await openPostgres(postgres.url)
    await bankOn(database, [])
    const managers = quick ? 500 : 10_000
    await fillBook(database, { managers, clients: managers * 100, channel: CHANNEL })
    const sent = { count: 0 }
    const app = await createApp(readConfig({ LOG_LEVEL: 'silent', MORNING_SPREAD_SECONDS: '0' }), {
      database,
      log: createLog('silent'),
      channels: [answeringChannel(sent)],
      clock: () => new Date(NOW + performance.now()),
    })
    const figures = [
      await generation(app, quick ? 1 : 3),
      ...(await mornings(app, sent, managers)),
      await outcomes(app, managers, quick ? { seconds: 2, each: 25 } : { seconds: 15, each: 5 }),
    ]
    await app.stop()
    return figures
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function answeringChannel(sent: { count: number }): Channel {
  return {
    name: CHANNEL,
    can: {
      buttons: true,
      forms: true,
      edit: true,
      pictures: true,
      length: 100_000,
      paceMs: 0,
      burst: 0,
      perSecond: null,
    },
    senderIs: 'account',
    async start() {},
    async stop() {},
    async send({ key }) {
      sent.count++
      return key
    },
    find: async () => null,
  }
}

/** The due tasks of the whole book, by the playbook and by a statement written for it by hand. */
async function generation({ services }: App, rounds: number): Promise<Figure> {
  const { prisma } = services.database
  const playbook = { ...SHIPPED_PLAYBOOK, sizes: { page: 10, load: null, ahead: 3 } }
  const times: Record<'ours' | 'byHand', number[]> = { ours: [], byHand: [] }
  const ways = {
    byHand: () => prisma.$executeRawUnsafe(HAND_WRITTEN),
    ours: () => generate(prisma, playbook, services.moment()),
  }
  const seen = new Set<string>()
  for (let round = 0; round < rounds; round++) {
    // In turn first and second: what a run leaves to be tidied up falls upon the next.
    const order = ['byHand', 'ours'] as const
    for (const way of round % 2 === 0 ? order : order.toReversed()) {
      await prisma.$executeRawUnsafe('truncate task cascade')
      await prisma.$executeRawUnsafe('checkpoint')
      const began = performance.now()
      await ways[way]()
      times[way].push((performance.now() - began) / 1000)
      const [sum] = await prisma.$queryRawUnsafe<{ rows: bigint; sum: string }[]>(
        `select count(*) as rows, sum(hashtext(client_id::text || kind || due_on || generated_for
           || reason || priority || coalesce(because, '')))::text as sum from task`,
      )
      seen.add(`${sum?.rows} ${sum?.sum}`)
    }
  }
  if (seen.size !== 1) throw new Error(`not the same rows: ${[...seen].join(', ')}`)
  const [rows] = [...seen].map((each) => Number(each.split(' ')[0]))
  const theirs = median(times.byHand)
  return figure(
    'tasks',
    `${rows} tasks that fell due`,
    [median(times.ours), 's'],
    [theirs, `one INSERT … SELECT by hand ${theirs.toFixed(2)} s`],
    1.3,
  )
}

/** Fifty open tasks for each manager, and an outcome behind each client that was contacted. */
async function mornings(app: App, sent: { count: number }, managers: number): Promise<Figure[]> {
  const { database } = app.services
  const { prisma } = database
  await prisma.$executeRawUnsafe('truncate task cascade')
  await prisma.$executeRawUnsafe(`
    insert into task (id, manager_id, client_id, kind, due_on, status, priority, base, reason,
      attempt, created_at)
    select ${NEW_ID}, owner_id, id, 'call', date '2026-11-23' - place::int % 4, 'open',
      30 + place::int, 30, 'care', 0, now()
    from (select id, owner_id, row_number() over (partition by owner_id order by id) as place
      from client) as placed
    where place <= 50`)
  // What came of the last contact, as a book has it that is worked.
  await prisma.$executeRawUnsafe(`
    insert into outcome (id, act_id, client_id, staff_id, kind, note, logged_on, logged_at)
    select ${NEW_ID}, ${NEW_ID}, id, owner_id, 'thinking', '再看看', last_contact_on,
      last_contact_on
    from client where last_contact_on is not null`)
  await prisma.$executeRawUnsafe('vacuum analyze task, outcome')
  const few = await pushed(app, sent, Math.ceil(managers / 10), 1)
  // The same number of lists: a single small push may end before there is garbage to collect.
  const often = await pushed(app, sent, Math.ceil(managers / 10), 10)
  const all = await pushed(app, sent, managers, 1)
  return [
    figure(
      'tasks',
      `${managers} morning lists composed and queued`,
      [all.composed, 's'],
      [5, 'limit 5 s'],
      1,
    ),
    figure(
      'tasks',
      'one of them delivered to a channel that answers at once',
      [(all.delivered / managers) * 1000, 'ms'],
      [1, `limit 1000/s, was ${(managers / all.delivered).toFixed(0)}/s`],
      1,
    ),
    figure(
      'tasks',
      'memory of our process at its peak',
      [all.megabytes, 'MB'],
      [350, 'limit 350 MB'],
      1,
    ),
    figure(
      'tasks',
      `peak with ${managers} managers`,
      [all.megabytes, 'MB'],
      [few.megabytes, `with ${Math.ceil(managers / 10)} managers ${few.megabytes.toFixed(0)} MB`],
      1.15,
    ),
    figure(
      'tasks',
      `peak with ${managers} managers, as many lists`,
      [all.megabytes, 'MB'],
      [
        often.megabytes,
        `ten times ${Math.ceil(managers / 10)} managers ${often.megabytes.toFixed(0)} MB`,
      ],
      1.15,
    ),
    figure(
      'tasks',
      `memory kept after ${managers} managers`,
      [all.kept, 'MB'],
      [few.kept, `after ${Math.ceil(managers / 10)} managers ${few.kept.toFixed(1)} MB`],
      1.05,
    ),
  ]
}

/** Pushes to so many managers, so many times; the times are those of the last push, in seconds. */
async function pushed(
  { services, delivery }: App,
  sent: { count: number },
  managers: number,
  times: number,
) {
  const { prisma } = services.database
  await prisma.$executeRaw`
    update staff set active = substr(code, 2)::int <= ${managers}::int where code like 'Q%'`
  await prisma.$executeRawUnsafe('analyze staff')
  // What earlier parts of the run left behind is not this one's.
  await megabytesKept()
  let megabytes = 0
  const sampling = setInterval(() => {
    megabytes = Math.max(megabytes, process.memoryUsage.rss() / 2 ** 20)
  }, 10)
  let composed = 0
  let delivered = 0
  for (let time = 0; time < times; time++) {
    await prisma.$executeRawUnsafe('truncate task_list, message')
    const before = sent.count
    const began = performance.now()
    // Woken afterwards, so that composing and delivering are measured apart.
    const { queued } = await push({ ...services, wake: () => {} }, services.moment(), {
      dryRun: false,
    })
    composed = (performance.now() - began) / 1000
    const waiting = performance.now()
    await delivery.settled()
    delivered = (performance.now() - waiting) / 1000
    if (queued !== managers || sent.count - before !== managers) {
      throw new Error(`${queued} queued, ${sent.count - before} sent of ${managers}`)
    }
  }
  clearInterval(sampling)
  return { composed, delivered, megabytes, kept: await megabytesKept() }
}

const ABREAST = 50
/** Before anything is timed: a service that has just started compiles what it runs, and connects. */
const WARM_MS = 2000

/**
 * Fifty managers, each logging the next of their list when the last is answered; after `each` of them
 * it is another one's turn.
 */
async function outcomes(
  { inbox, services, delivery }: App,
  managers: number,
  { seconds, each }: { readonly seconds: number; readonly each: number },
): Promise<Figure> {
  const tasks = await services.database.prisma.$queryRaw<{ code: string; ids: string[] }[]>`
    select staff.code, to_json(items[:${each}::int]) as ids
    from staff join task_list on staff_id = staff.id where staff.code like 'Q%'`
  // What filling the book and the morning left to be tidied up is not these outcomes'.
  await services.database.prisma.$executeRawUnsafe('vacuum analyze')
  await services.database.prisma.$executeRawUnsafe('checkpoint')
  const times: number[] = []
  const warm = performance.now() + WARM_MS
  const until = warm + seconds * 1000
  let next = 0
  const one = async () => {
    while (performance.now() < until) {
      const manager = tasks[next++]
      if (!manager) throw new Error(`more than ${managers} managers' tasks`)
      for (const taskId of manager.ids) await log(`U${manager.code}`, taskId)
    }
  }
  const log = async (conversation: string, taskId: string) => {
    const intent = { command: 'log-outcome', input: { taskId, outcome: 'thinking' } }
    const began = performance.now()
    const { answered } = await inbox({
      id: newId(),
      channel: CHANNEL,
      conversation,
      sender: conversation,
      shared: false,
      says: { kind: 'intent', intent, label: '' },
    })
    await answered
    if (began >= warm) times.push(performance.now() - began)
  }
  await Promise.all(Array.from({ length: ABREAST }, one))
  await delivery.settled()
  times.sort((a, b) => a - b)
  const p99 = times[Math.floor(times.length * 0.99)] ?? Number.NaN
  const rate = (times.length / seconds).toFixed(0)
  const [server] = await services.database.prisma.$queryRaw<{ hugePages: string }[]>`
    select current_setting('huge_pages_status') as "hugePages"`
  return figure(
    'tasks',
    `an outcome logged, p99, ${ABREAST} at a time`,
    [p99, 'ms'],
    [60, `limit 60 ms, at ${rate}/s, huge pages ${server?.hugePages}`],
    1,
  )
}
