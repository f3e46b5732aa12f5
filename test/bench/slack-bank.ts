import type { Database } from '../../src/infra/database/index.ts'
import type { SlackDouble } from '../doubles/slack/index.ts'

/** So many managers with accounts in Slack, a task due for each, and so many clients among them. */
export async function fillForSlack(
  database: Database,
  slack: SlackDouble,
  { people, clients }: { readonly people: number; readonly clients: number },
): Promise<void> {
  const { prisma } = database
  await prisma.$executeRaw`
    insert into staff (id, code, name, role, unit_id, language, active, joined_on)
    select gen_random_uuid(), 'Q' || n, '经理' || n, 'manager', (select id from unit where code = 'T1'),
      'zh', true, '2020-01-01'
    from generate_series(1, ${people}) as n`
  await prisma.$executeRaw`
    insert into account (channel, external_id, staff_id, conversation, last_seen_at)
    select 'slack', 'U' || code, id, 'U' || code, now() from staff where code like 'Q%'`
  await prisma.$executeRaw`
    insert into client (id, kind, name, pinyin, initials, phone, source, owner_id, entered_at)
    select gen_random_uuid(), 'prospect',
      chr(19968 + (n::bigint * 7919 % 20000)::int) || chr(19968 + (n::bigint * 104729 % 20000)::int),
      'kehu' || n, 'kh' || n,
      '+861349' || lpad(n::text, 7, '0'), 'list', staff.id, now()
    from generate_series(1, ${clients}) as n join staff on staff.code = 'Q' || (n % ${people} + 1)`
  await prisma.$executeRaw`
    insert into task (id, manager_id, client_id, kind, due_on, status, priority, reason, attempt, created_at)
    select gen_random_uuid(), owner_id, id, 'call', current_date, 'open', 45, 'entry', 0, now()
    from (select distinct on (owner_id) id, owner_id from client order by owner_id, id) as one`
  await prisma.$executeRawUnsafe('analyze')
  for (let n = 1; n <= people; n++) slack.users.set(`UQ${n}`, {})
}

/** The name of the n-th client, as the database makes it: two characters, few alike. */
export const nameOf = (n: number): string =>
  String.fromCharCode(19968 + ((n * 7919) % 20000), 19968 + ((n * 104729) % 20000))
