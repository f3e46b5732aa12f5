import type { Job } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Services } from '../../../bot/services.ts'
import { type Day, day } from '../../../core/calendar/time.ts'
import type { Database, Queries } from '../../../infra/database/index.ts'
import { playbookOn } from '../../playbook/store.ts'
import { escalateAll } from '../escalation/escalate.ts'
import type { Part } from './due-sql.ts'
import { cancelBarred, generate, holdBack, noteUnused, weighAll } from './store.ts'

/** What a night came to, in tasks. */
export interface Night {
  readonly made: number
  readonly cancelled: number
  /** Put off by the contact ceiling. */
  readonly heldBack: number
  readonly weighed: number
  /** Came to a lead for being overdue. */
  readonly escalated: number
}

/**
 * The whole book, once a night: what is barred is cancelled, what falls due is made, what the
 * ceiling does not allow is put off, every open task is weighed for the day, and what nobody works on
 * goes a step further.
 */
export const runNight: Job = {
  name: 'run-night',
  at: () => '02:20',
  // The lists wait for it, and so does whoever asks for today's: all day.
  catchUpHours: 21,
  async run(services, moment) {
    if (await nightIsDone(services.database.prisma, moment.today)) return
    services.log.info({ ...(await night(services, moment)) }, 'tasks of the night')
    // A server has its own rounds.
    if (services.database.kind === 'pglite')
      await services.database.prisma.$executeRawUnsafe('analyze')
  },
}

/** In the settings: the last day whose night is done. */
const DONE = 'night-done'

/** Whether the tasks of the night before a day are there. */
export async function nightIsDone(tx: Queries, today: Day): Promise<boolean> {
  return ((await lastNight(tx)) ?? '') >= today
}

/** The last day whose night is done; null: there was none. */
export async function lastNight(tx: Queries): Promise<Day | null> {
  const row = await tx.setting.findUnique({ where: { key: DONE } })
  return row ? day(String(row.value)) : null
}

export async function night(services: Services, at: Moment): Promise<Night> {
  const { database } = services
  const { wholeBook: prisma } = database
  const playbook = await playbookOn(prisma, at.today)
  const total = { made: 0, cancelled: 0, heldBack: 0, weighed: 0, escalated: 0 }
  for (const part of await partsOf(database)) {
    await noteUnused(prisma, at.today, part)
    total.cancelled += await cancelBarred(prisma, at.now, part)
    total.made += await generate(prisma, playbook, at, part)
    total.heldBack += await holdBack(prisma, playbook, at, part)
    total.weighed += await weighAll(prisma, playbook, at, part)
  }
  total.escalated = await database.transaction((tx) => escalateAll(tx, services, playbook, at))
  await prisma.setting.upsert({
    where: { key: DONE },
    create: { key: DONE, value: at.today },
    update: { value: at.today },
  })
  services.wake()
  return total
}

/** Managers whose clients an embedded database does in one statement without keeping its process waiting. */
const BATCH = 20

/** A server takes the whole book in one statement; an embedded database some managers at a time. */
async function partsOf({ kind, prisma }: Database): Promise<Part[]> {
  if (kind === 'postgres') return [{}]
  const owners = await prisma.$queryRaw<{ id: string }[]>`
    select distinct owner_id as id from client order by id`
  const ids = owners.map(({ id }) => id)
  const batches = Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, index) => ({
    owners: ids.slice(index * BATCH, (index + 1) * BATCH),
  }))
  return batches
}
