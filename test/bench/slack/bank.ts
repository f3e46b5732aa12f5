import type { Database } from '../../../src/infra/database/index.ts'
import type { SlackDouble } from '../../doubles/slack/index.ts'
import { type BookSize, fillBook } from '../book.ts'

/**
 * A book whose managers are in Slack, and a task due for each; resolves to the name of one client of
 * each, in the order of the managers.
 */
export async function fillForSlack(
  database: Database,
  slack: SlackDouble,
  size: Omit<BookSize, 'channel'>,
): Promise<string[]> {
  const { wholeBook: prisma } = database
  await fillBook(database, { ...size, channel: 'slack' })
  await prisma.$executeRaw`
    insert into task (id, manager_id, client_id, kind, due_on, status, priority, reason, attempt, created_at)
    select gen_random_uuid(), owner_id, id, 'call', current_date, 'open', 45, 'entry', 0, now()
    from (select distinct on (owner_id) id, owner_id from client order by owner_id, id) as one`
  // All of it, so that nothing is tidied up while something is measured.
  await prisma.$executeRawUnsafe('vacuum analyze')
  await prisma.$executeRawUnsafe('checkpoint')
  for (let n = 1; n <= size.managers; n++) slack.users.set(`UQ${n}`, {})
  const named = await prisma.$queryRaw<{ name: string }[]>`
    select (select client.name from client where owner_id = staff.id limit 1) as name
    from staff where code like 'Q%' order by substr(code, 2)::int`
  return named.map(({ name }) => name)
}
