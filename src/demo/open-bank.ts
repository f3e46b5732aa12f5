import type { Day } from '../core/calendar/time.ts'
import { chineseWorkdays } from '../core/calendar/workdays.ts'
import type { Queries } from '../infra/database/index.ts'
import { campaignsOf } from './campaigns.ts'
import { chanceOf } from './chance.ts'
import { clientsOf } from './clients.ts'
import { peopleOf } from './people.ts'
import { openingsOf } from './referrals.ts'
import { insertRows } from './rows.ts'
import { workOf } from './work.ts'

/** What the demo bank grows from; the same seed and day give the same bank. */
export interface DemoSeed {
  readonly seed: number
  readonly today: Day
  readonly now: Date
  /** 4000 unless told. */
  readonly clients?: number
}

/** Puts a made-up bank into an empty database: people, clients, facts, history and open tasks. */
export async function createDemoBank(tx: Queries, seed: DemoSeed): Promise<void> {
  const { today, now } = seed
  const chance = chanceOf(seed.seed)
  const people = peopleOf(chance, today, now)
  const clients = clientsOf(seed.clients ?? 4000, people.managers, chance, today)
  const workdays = chineseWorkdays()
  const work = workOf(clients, chance, today, workdays)
  const busy = new Set(work.tasks.map((task) => String(task['client_id'])))
  const offered = campaignsOf(people, clients, busy, chance, today, workdays)
  await insertRows(tx, 'unit', people.units)
  await insertRows(tx, 'staff', people.staff)
  await insertRows(tx, 'account', people.accounts)
  await insertRows(
    tx,
    'client',
    clients.map(({ row }) => row),
  )
  await insertRows(
    tx,
    'client_facts',
    clients.map(({ facts }) => facts),
  )
  await insertRows(tx, 'campaign', offered.campaigns)
  await insertRows(tx, 'act', [...work.acts, ...offered.acts])
  await insertRows(tx, 'outcome', work.outcomes)
  // What campaigns make of their outcomes is looked up among all of them.
  await tx.$executeRawUnsafe('analyze outcome, client, staff, campaign')
  await insertRows(tx, 'outcome', offered.outcomes)
  await insertRows(tx, 'need', [...work.needs, ...offered.needs])
  await insertRows(tx, 'task', work.tasks)
  await insertRows(tx, 'referral_link', work.links)
  await insertRows(tx, 'referral_entry', work.entries)
  const opened = openingsOf(work.links, today)
  await insertRows(tx, 'referral_click', opened.clicks)
  await insertRows(tx, 'referral_entry', opened.entries)
}
