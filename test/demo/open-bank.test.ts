/** @module-tag long */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, createApp } from '../../src/app.ts'
import { ensureDemoBank } from '../../src/cli/demo/demo-bank.ts'
import { readConfig } from '../../src/config.ts'
import { day } from '../../src/core/calendar/time.ts'
import {
  isCreditCode,
  isIdNumber,
  organisationCodeOf,
} from '../../src/core/identity/identity-numbers.ts'
import { demoBankOf } from '../../src/demo/open-bank.ts'
import { headsAbove } from '../../src/features/tiers/approvals/approvers-store.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { createLog } from '../../src/infra/log.ts'
import { bankOn, CLIENTS } from '../support/bank.ts'
import { openNewPostgres } from '../support/open.ts'

const appOn = (database: Database, clock = () => new Date()) =>
  createApp(readConfig({ LOG_LEVEL: 'silent' }), {
    ...{ database, log: createLog('silent'), channels: [], clock },
  })

/**
 * It comes in as any bank does, which takes a while on two busy processors; on the embedded database it does in a
 * test of the command line.
 */
const IMPORTED_MS = 240_000

let app: App
let bank: Database
beforeAll(async () => {
  bank = await openNewPostgres()
  app = await appOn(bank)
  await ensureDemoBank(app)
}, IMPORTED_MS)
afterAll(() => app.stop())

/** All that is told of clients and tasks; ids are given as they come on file, and tell nothing. */
async function digestOf({ prisma }: Database) {
  const [digest] = await prisma.$queryRaw<{ clients: string; tasks: string; count: number }[]>`
    with told as (
      select client.id, concat(client.name, business_name, entered_at, address) as place, concat_ws('|', client.phone, client.kind, client.name, business_name, id_number,
        credit_code, region, cluster, industry, address, source, staff.code, staff.name, entered_at,
        last_contact_on, last_visit_on, credit_expires_on, negative_list, do_not_contact, tier,
        to_jsonb(facts) - 'client_id') as says
      from client join staff on staff.id = owner_id join client_tier on client_tier.client_id = client.id
      left join client_facts as facts on facts.client_id = client.id
    )
    select string_agg(says, '' order by place) as clients, (
        select string_agg(each, '' order by each) from (
          select concat_ws('|', place, task.kind, due_on, status, priority, reason, product,
            amount, note, attempt, created_at) as each
          from task join told on told.id = client_id) as said) as tasks, count(*)::int as count
    from told`
  return digest
}

const MORNING = () => new Date('2026-11-23T00:00:00Z')
const SEED = { seed: 7, clients: 200 }

test('one seed and day make the same bank, another seed another', () => {
  const grown = (seed: number) => demoBankOf({ ...SEED, seed, today: day('2026-11-23') })
  expect(grown(7)).toEqual(grown(7))
  expect(grown(8)).not.toEqual(grown(7))
})

/** A database writes the rows of a range in the order in which its plan of the moment comes to them. */
async function giveIdsInAnyOrder({ prisma }: Database): Promise<void> {
  await prisma.$executeRawUnsafe(`
    create function in_any_order() returns trigger language plpgsql as
      $$ begin new.client_id = gen_random_uuid(); return new; end $$`)
  await prisma.$executeRawUnsafe(`
    create trigger in_any_order before update of client_id on import_row for each row
      when (old.client_id is null and new.client_id is not null and new.kind = 'client')
      execute function in_any_order()`)
}

test('what one process left unfinished others finish, with nothing twice', async () => {
  const database = await openNewPostgres()
  const app = await appOn(database, MORNING)
  const dying = (after: number): App['services'] => ({
    ...app.services,
    moment() {
      if (after-- === 0) throw new Error('the process ended')
      return app.services.moment()
    },
  })
  const ends: number[] = []
  for (let after = 1; after < 40; after += 5) {
    const start = { services: dying(after), working: app.working }
    const ended = await ensureDemoBank(start, SEED).then(
      () => false,
      (error) => {
        expect(String(error)).toContain('the process ended')
        return true
      },
    )
    if (ended) ends.push(after)
  }
  expect(ends.length).toBeGreaterThan(2)
  const unbroken = await openNewPostgres()
  await giveIdsInAnyOrder(unbroken)
  const other = await appOn(unbroken, MORNING)
  await ensureDemoBank(other, SEED)
  const digest = await digestOf(unbroken)
  expect(digest?.count).toBe(SEED.clients)
  expect(await digestOf(database)).toEqual(digest)
  await Promise.all([app.stop(), other.stop()])
})

test('has a head office, 3 branches, 8 teams, 40 managers and 4000 clients', async () => {
  const count = (kind: string) => bank.prisma.unit.count({ where: { kind } })
  expect([await count('head-office'), await count('branch'), await count('team')]).toEqual([
    1, 3, 8,
  ])
  expect(await bank.prisma.staff.count({ where: { role: 'manager' } })).toBe(40)
  expect(await bank.prisma.client.count()).toBe(4000)
})

test('above marketing and risk there is a head, and whoever is marked stands on the negative list', async () => {
  const code = async (role: 'marketing' | 'risk') =>
    bank.prisma.staff.findMany({
      where: { id: { in: await headsAbove(bank.prisma, role) } },
      select: { code: true },
    })
  expect([await code('marketing'), await code('risk')]).toEqual([
    [{ code: 'H00' }],
    [{ code: 'H00' }],
  ])
  const marked = await bank.prisma.client.count({ where: { negativeList: true } })
  expect(marked).toBeGreaterThan(20)
  const [listed] = await bank.prisma.$queryRaw<{ clients: number; keys: number }[]>`
    select (select count(distinct client_id)::int from negative_hit) as clients,
      (select count(distinct entry_id)::int from negative_key) as keys`
  expect(listed).toEqual({ clients: marked, keys: marked })
})

test('every number has a valid check character, in a range that belongs to nobody', async () => {
  const clients = await bank.prisma.client.findMany({
    select: { idNumber: true, creditCode: true, phone: true },
  })
  const ids = clients.flatMap(({ idNumber }) => idNumber ?? [])
  const codes = clients.flatMap(({ creditCode }) => creditCode ?? [])
  expect(ids.length).toBeGreaterThan(2000)
  expect(codes.length).toBeGreaterThan(1000)
  expect(ids.filter((id) => !isIdNumber(id) || !id.startsWith('99'))).toEqual([])
  expect(codes.filter((code) => !isCreditCode(code) || code.slice(2, 8) !== '990000')).toEqual([])
  const organisation = (code: string) => code.slice(8, 17)
  expect(
    codes.filter((code) => organisationCodeOf(code.slice(8, 16)) !== organisation(code)),
  ).toEqual([])
  expect(clients.filter(({ phone }) => !phone?.startsWith('+861349'))).toEqual([])
})

test('every tier and class is there, and many facts are unknown', async () => {
  const rows = await bank.prisma.clientTier.groupBy({ by: ['tier'], _count: true })
  const share = Object.fromEntries(rows.map(({ tier, _count }) => [tier, _count / 40]))
  for (const tier of [
    'A',
    'B',
    'C',
    'D',
    'E',
    'F',
    'unclassified',
    'premium',
    'ordinary',
    'none',
    'undetermined',
  ]) {
    expect(share[tier], tier).toBeGreaterThan(1)
  }
  expect(await bank.prisma.clientFacts.count({ where: { netAssets: null } })).toBeGreaterThan(3000)
})

test('tiers moved in the weeks before, each by what its manager recorded, and moves wait today', async () => {
  const moves = await bank.prisma.$queryRaw<{ status: string; paths: number; known: boolean }[]>`
    select status, count(distinct ("from", "to"))::int as paths,
      bool_and(exists (select from fact_entry as entry where entry.client_id = change.client_id)
        or exists (select from tier_nomination as nomination where nomination.client_id = change.client_id))
        as known
    from tier_change as change where "from" is not null group by status order by status`
  expect(moves).toEqual([
    { status: 'applied', paths: expect.toSatisfy((paths: number) => paths > 2), known: true },
    { status: 'pending', paths: 2, known: true },
  ])
  const waiting = await bank.prisma.tierChange.groupBy({
    by: ['approverRole'],
    where: { status: 'pending' },
    _count: true,
    orderBy: { approverRole: 'asc' },
  })
  expect(waiting.map(({ approverRole, _count }) => [approverRole, _count])).toEqual([
    ['marketing', 5],
    ['risk', 2],
  ])
})

test('every manager has at least three tasks today, and none with a client who is not marketed to', async () => {
  const due = await bank.prisma.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from task where status = 'open' and due_on <= current_date + 1
    group by manager_id`
  expect(due).toHaveLength(40)
  expect(Math.min(...due.map(({ count }) => count))).toBeGreaterThanOrEqual(3)
  const barred = await bank.prisma.$queryRaw`
    select client.name from task join client on client.id = task.client_id
    left join client_tier on client_tier.client_id = client.id
    where task.status = 'open' and (negative_list or do_not_contact is not null or tier = 'F')`
  expect(barred).toEqual([])
})

test('a campaign runs and one is over, with responses that their figures count', async () => {
  const figures = await bank.prisma.$queryRaw`
    select name, status, sum(figure.reached)::int > 30 as reached,
      sum(figure.interested)::int > 10 as interested, sum(figure.granted)::int > 5 as granted,
      sum(figure.reached)::int = (select count(*)::int from campaign_response as response
        where response.campaign_id = campaign.id) as exact
    from campaign join campaign_figure as figure on campaign_id = campaign.id and dimension = 'unit'
    group by campaign.id order by starts_on desc`
  const seen = { reached: true, interested: true, exact: true }
  expect(figures).toEqual([
    { name: '旺季备货', status: 'running', ...seen, granted: true },
    { name: '金秋助商', status: 'ended', ...seen, granted: true },
  ])
})

test('comes in by workbooks and feeds, with its industries and regions in the registers', async () => {
  const [came] = await bank.prisma.$queryRaw<unknown[]>`
    select (select count(*)::int from import where state = 'done') as books,
      (select array_agg(feed order by feed) from feed_load) as feeds,
      (select count(*)::int from client where industry_id is null or region_id is null) as unplaced,
      (select count(*)::int from client where kind = 'existing' and not exists (
        select from facility where client_id = client.id and confirmed_by = 'feed')) as unconfirmed,
      (select count(*)::int from outcome join act on act.id = act_id
        where act.command = 'import-rows') > 300 as history`
  expect(came).toEqual({
    ...{ books: 1, feeds: ['facilities', 'facts'], unplaced: 0, unconfirmed: 0, history: true },
  })
})

test('is not written into a real bank', async () => {
  const real = await openNewPostgres()
  const { app, close } = await bankOn(real, CLIENTS)
  await expect(ensureDemoBank(app)).rejects.toThrow('演示数据不会写进去')
  expect(await real.prisma.client.count()).toBe(CLIENTS.length)
  await close()
})
