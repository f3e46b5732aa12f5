import type { Day } from '../core/calendar/time.ts'
import { chineseWorkdays } from '../core/calendar/workdays.ts'
import { encryptedRow } from '../infra/database/encryption/columns.ts'
import { secretKey } from '../infra/database/encryption/secret.ts'
import type { Queries } from '../infra/database/index.ts'
import { type Campaigns, campaignsOf } from './campaigns.ts'
import { chanceOf } from './chance.ts'
import { clientsOf, type DemoClient } from './clients.ts'
import { type People, peopleOf } from './people.ts'
import { openingsOf } from './referrals.ts'
import { insertRows, onFile } from './rows.ts'
import { type Work, workOf } from './work.ts'

/** What the demo bank grows from; the same seed and day give the same bank. */
export interface DemoSeed {
  readonly seed: number
  readonly today: Day
  /** 4000 unless told. */
  readonly clients?: number
}

/** A made-up bank: people, clients, facts, history and open tasks. */
export interface DemoBank {
  readonly people: People
  readonly clients: readonly DemoClient[]
  readonly work: Work
  readonly offered: Campaigns
}

export function demoBankOf({ seed, today, clients: count = 4000 }: DemoSeed): DemoBank {
  const chance = chanceOf(seed)
  const people = peopleOf(chance, today)
  const clients = clientsOf(count, people.managers, chance, today)
  const workdays = chineseWorkdays()
  const work = workOf(clients, chance, today, workdays)
  const busy = new Set(work.tasks.map((task) => String(task['client_id'])))
  const offered = campaignsOf(people, clients, busy, chance, today, workdays)
  return { people, clients, work, offered }
}

/**
 * Gives a bank whose people and clients came on file just now the past that no workbook can carry: since when
 * everybody is there, who was spoken to and with what outcome, campaigns, referrals, and the tasks of all that in
 * place of the first ones of newcomers.
 */
export async function addPast(
  tx: Queries,
  { people, clients, work, offered }: DemoBank,
  { today, now }: { readonly today: Day; readonly now: Date },
): Promise<void> {
  const ids = await idsOnFile(tx, people, clients)
  const add = (table: Parameters<typeof insertRows>[1], rows: Parameters<typeof onFile>[0]) =>
    insertRows(tx, table, onFile(rows, ids))
  await dateStaff(tx, people)
  await add('account', accountsOf(people, now))
  await dateClients(tx, clients)
  await tx.$executeRawUnsafe('delete from task')
  await add('campaign', offered.campaigns)
  await add('act', [...work.acts, ...offered.acts])
  await add('outcome', work.outcomes)
  // What campaigns make of their outcomes is looked up among all of them.
  await tx.$executeRawUnsafe('analyze outcome, staff, campaign')
  await add('outcome', offered.outcomes)
  await add('need', [...work.needs, ...offered.needs])
  await add('task', work.tasks)
  await add('referral_link', work.links)
  await add('referral_entry', work.entries)
  const opened = openingsOf(work.links, today)
  await add('referral_click', opened.clicks)
  await add('referral_entry', opened.entries)
}

/** By the ids that stand for people and clients, those under which they are on file. */
async function idsOnFile(
  tx: Queries,
  people: People,
  clients: readonly DemoClient[],
): Promise<ReadonlyMap<unknown, string>> {
  const staff = await tx.$queryRaw<{ id: string; code: string }[]>`select id, code from staff`
  const numbers = await tx.$queryRaw<{ clientId: string; number: string }[]>`
    select client_id as "clientId", number from client_phone`
  const byKey = new Map([
    ...staff.map(({ id, code }) => [code, id] as const),
    ...numbers.map(({ clientId, number }) => [number, clientId] as const),
  ])
  const pair = (id: string, key: string): [string, string] => {
    const known = byKey.get(key)
    if (!known) throw new Error(`${key} of the made-up bank did not come on file`)
    return [id, known]
  }
  return new Map([
    ...people.staff.map(({ id, code }) => pair(id, code)),
    ...clients.map(({ id, phone }) => pair(id, phone)),
  ])
}

const accountsOf = ({ staff }: People, now: Date) =>
  staff.map(({ id, code }) => ({
    channel: 'web',
    external_id: code,
    staff_id: id,
    conversation: `web:${code}`,
    last_seen_at: now.toISOString(),
  }))

const dateStaff = (tx: Queries, { staff }: People) => tx.$executeRaw`
  update staff set joined_on = made.joined_on, language = made.language
  from jsonb_to_recordset(${JSON.stringify(
    staff.map(({ code, joinedOn, language }) => ({ code, joined_on: joinedOn, language })),
  )}::jsonb) as made (code text, joined_on date, language text)
  where staff.code = made.code`

const dateClients = (tx: Queries, clients: readonly DemoClient[]) => tx.$executeRaw`
  update client set entered_at = made.entered_at, last_contact_on = made.last_contact_on,
    last_visit_on = made.last_visit_on, do_not_contact = made.do_not_contact
  from jsonb_to_recordset(${JSON.stringify(
    clients.map(({ phone, row }) => ({
      ...encryptedRow('client', row),
      phone: secretKey('phone', phone),
    })),
  )}::jsonb) as made (phone text, entered_at timestamptz, last_contact_on date, last_visit_on date,
    do_not_contact text)
  where secret_key(client.phone) = made.phone`
