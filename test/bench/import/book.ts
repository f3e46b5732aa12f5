import { day } from '../../../src/core/calendar/time.ts'
import { retierAll } from '../../../src/features/tiers/batch/retier-all.ts'
import type { Database } from '../../../src/infra/database/index.ts'
import { NEW_ID } from '../../../src/infra/database/new-id.ts'
import { fillBook } from '../book.ts'

export const TODAY = '2026-11-23'
export const NOW = '2026-11-23T08:10:00+08:00'

/** Clients of one manager. */
const BOOK = 100

/**
 * Clients of managers Q1 … as a bank has them after a year: tiers as the standard decides them, of four in five,
 * who hold a facility, with facts of an earlier day.
 */
export async function fillBank(database: Database, clients: number): Promise<void> {
  const { wholeBook: tx } = database
  await fillBook(database, { managers: Math.ceil(clients / BOOK), clients, channel: 'console' })
  await tx.$executeRaw`
    update account set external_id = code, conversation = 'console:' || code
    from staff where staff.id = staff_id and code like 'Q%'`
  await tx.$executeRaw`
    update client_facts set industry_class = 'neutral', stable_home = true, owns_home_in_province = true, home_value = 800000,
      annual_sales = 1000000, as_of = '{"usageRate": "2026-11-22", "annualSales": "2026-11-22"}'`
  await tx.$executeRawUnsafe('truncate client_tier, tier_change cascade')
  await retierAll(database, day(TODAY))
  await tx.$executeRawUnsafe('truncate tier_change cascade')
  await tx.$executeRawUnsafe('vacuum full analyze client_facts, client_tier')
}

/** Thirty open tasks for each of the first managers. */
export async function openTasks({ wholeBook: tx }: Database): Promise<void> {
  await tx.$executeRawUnsafe(`
    insert into task (id, manager_id, client_id, kind, due_on, status, priority, base, reason, attempt, created_at)
    select ${NEW_ID}, owner_id, id, 'call', date '${TODAY}' - place::int % 4, 'open', 30 + place::int, 30, 'care', 0,
      now()
    from (
      select client.id, owner_id, row_number() over (partition by owner_id order by client.id) as place
      from client join staff on staff.id = owner_id where code ~ '^Q([1-9]|[1-9][0-9]|1[0-9][0-9]|200)$'
    ) as placed where place <= 30`)
  await tx.$executeRawUnsafe('vacuum analyze task')
}
