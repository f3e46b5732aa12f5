import type { Database } from '../../src/infra/database/index.ts'
import { KEY } from '../support/keyed.ts'

/** Managers with an account each in a channel, and a task that is due; resolves to their ids there. */
export async function fillManagers(
  database: Database,
  count: number,
  channel: string,
): Promise<string[]> {
  const { prisma } = database
  await prisma.$executeRaw`
    insert into staff (id, code, name, role, unit_id, language, active, joined_on)
    select gen_random_uuid(), 'Q' || n, '经理' || n, 'manager', (select id from unit where code = 'T1'),
      'zh', true, '2020-01-01'
    from generate_series(1, ${count}) as n`
  await prisma.$executeRaw`
    insert into account (channel, external_id, staff_id, conversation, last_seen_at)
    select ${channel}, 'U' || code, id, 'U' || code, now() from staff where code like 'Q%'`
  await prisma.$executeRaw`
    insert into client (id, kind, name, pinyin, initials, phone, source, owner_id, entered_at)
    select gen_random_uuid(), 'prospect', '客户' || code, 'kehu', 'kh',
      '+86134' || lpad(substr(code, 2), 8, '0'), 'list', id, now()
    from staff where code like 'Q%'`
  await prisma.$executeRaw`
    insert into task (id, manager_id, client_id, kind, due_on, status, priority, reason, attempt, created_at)
    select gen_random_uuid(), owner_id, client.id, 'call', '2026-11-23', 'open', 45, 'entry', 0, now()
    from client join staff on staff.id = owner_id where staff.code like 'Q%'`
  return Array.from({ length: count }, (_, index) => `UQ${index + 1}`)
}

/** The environment of a service of its own process, whose morning lists are pushed by hand. */
export const settingsOf = (database: Database) => ({
  ...KEY,
  DATABASE_URL: database.url ?? '',
  MORNING_SPREAD_SECONDS: '0',
  MORNING_AT: '23:59',
  LOG_LEVEL: 'silent',
  PORT: '0',
})
