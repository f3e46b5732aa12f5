import { newId } from '../../src/core/ids.ts'
import type { Database, Queries } from '../../src/infra/database/index.ts'
import { median, timed } from './timing.ts'

/** Milliseconds of one `select 1` out of `count`, one after the other over the service's connections. */
export async function selectOne({ prisma }: Database, count: number): Promise<number> {
  const ms = await timed(async () => {
    for (let n = 0; n < count; n++) await prisma.$queryRaw`select 1`
  })
  return ms / count
}

/** Milliseconds of reading the open tasks of all managers, with their clients. */
export const readTasks = (database: Database): Promise<number> =>
  byManagers(
    database,
    (ids) => database.prisma.$queryRaw`
      select task.*, client.name, client.business_name, client_tier.tier from task
      join client on client.id = client_id left join client_tier using (client_id)
      where manager_id = any(${ids}::uuid[]) and status = 'open'
      order by manager_id, due_on, priority desc`,
  )

/** Milliseconds of reading the clients of all managers. */
export const readClients = (database: Database): Promise<number> =>
  byManagers(
    database,
    (ids) => database.prisma.$queryRaw`
      select client.*, client_tier.tier from client
      left join client_tier on client_id = client.id
      where owner_id = any(${ids}::uuid[]) order by owner_id, name`,
  )

/** As many as a push and a broadcast read for at a time. */
const AT_A_TIME = 50

async function byManagers(
  { prisma }: Database,
  read: (ids: readonly string[]) => Promise<unknown>,
): Promise<number> {
  const where = { active: true, role: 'manager' } as const
  const managers = await prisma.staff.findMany({ where, select: { id: true } })
  const ids = managers.map(({ id }) => id)
  return timed(async () => {
    for (let from = 0; from < ids.length; from += AT_A_TIME) {
      await read(ids.slice(from, from + AT_A_TIME))
    }
  })
}

/** What a push stores. */
const PUSHED = ['message', 'task_list'] as const

/**
 * Milliseconds of one INSERT … SELECT per table of all messages and lists, in one transaction:
 * the median of three. They stand there again afterwards.
 */
export async function insertAgain({ prisma, transaction }: Database): Promise<number> {
  for (const table of PUSHED) {
    await prisma.$executeRawUnsafe(`create unlogged table bare_${table} as select * from ${table}`)
  }
  const times: number[] = []
  while (times.length < 3) {
    await prisma.$executeRawUnsafe(`truncate ${PUSHED.join(', ')}`)
    const ms = await timed(() =>
      transaction(async (tx) => {
        for (const table of PUSHED) {
          await tx.$executeRawUnsafe(`insert into ${table} select * from bare_${table}`)
        }
      }),
    )
    times.push(ms)
  }
  for (const table of PUSHED) await prisma.$executeRawUnsafe(`drop table bare_${table}`)
  return median(times)
}

interface Outcome {
  readonly taskId: string
  readonly clientId: string
  readonly managerId: string
}

/** The row of the audit trail that whatever is said leaves. */
export const noteAct = (tx: Queries, staffId: string, command: string): Promise<number> =>
  tx.$executeRaw`
    insert into act (id, staff_id, channel, command, input, result, undoable, at)
    values (${newId()}::uuid, ${staffId}::uuid, 'console', ${command}, '{}', 'done', false, now())`

/** The statements that logging an outcome needs, without storing or understanding anything. */
export function logOutcome(database: Database, { taskId, clientId, managerId }: Outcome) {
  return database.transaction(async (tx) => {
    await tx.$queryRaw`select id from task where id = ${taskId}::uuid for update`
    await tx.$executeRaw`update task set note = note where id = ${taskId}::uuid`
    await tx.$executeRaw`
      insert into outcome (id, act_id, client_id, staff_id, kind, stage, logged_on, logged_at)
      values (${newId()}::uuid, ${newId()}::uuid, ${clientId}::uuid, ${managerId}::uuid,
        'thinking', 'reached', current_date, now())`
    await tx.$executeRaw`
      insert into need (id, client_id, registered_by, product, line, urgency, registered_at)
      values (${newId()}::uuid, ${clientId}::uuid, ${managerId}::uuid, 'pos', 'payments',
        'soon', now())`
    await noteAct(tx, managerId, 'log-outcome')
  })
}

/** The queries that answering for a client's tier needs. */
export async function readTier({ prisma }: Database, clientId: string): Promise<void> {
  await prisma.$queryRaw`select * from client where id = ${clientId}::uuid`
  await prisma.$queryRaw`select * from client_facts where client_id = ${clientId}::uuid`
  await prisma.$queryRaw`select body from edition`
}
