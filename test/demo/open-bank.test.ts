/** @module-tag long */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureDemoBank } from '../../src/cli/demo-bank.ts'
import { day } from '../../src/core/calendar/time.ts'
import {
  isCreditCode,
  isIdNumber,
  organisationCodeOf,
} from '../../src/core/identity/identity-numbers.ts'
import { createDemoBank } from '../../src/demo/open-bank.ts'
import { headsAbove } from '../../src/features/tiers/approvals/store.ts'
import type { Database } from '../../src/infra/database/index.ts'
import { bankOn, CLIENTS } from '../support/bank.ts'
import { openTestDatabase } from '../support/open.ts'

const SEED = {
  seed: 7,
  today: day('2026-11-23'),
  now: new Date('2026-11-23T00:00:00Z'),
  clients: 400,
}

/** On the embedded database it is made by the demo itself, in a test of the command line. */
let bank: Database
beforeAll(async () => {
  bank = await openTestDatabase('postgres')
  await ensureDemoBank(bank, 'Asia/Shanghai')
})
afterAll(() => bank.close())

test('one seed and day make the same bank, another seed another', async () => {
  const made = async (seed: number) => {
    const database = await openTestDatabase('postgres')
    await database.transaction((tx) => createDemoBank(tx, { ...SEED, seed }))
    const [digest] = await database.prisma.$queryRaw<{ clients: string; tasks: string }[]>`
      select (select md5(string_agg(client::text, '' order by id)) from client) as clients,
        (select md5(string_agg(task::text, '' order by id)) from task) as tasks`
    await database.close()
    return digest
  }
  const first = await made(7)
  expect(await made(7)).toEqual(first)
  expect(await made(8)).not.toEqual(first)
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

test('is not written into a real bank', async () => {
  const real = await openTestDatabase('postgres')
  const { close } = await bankOn(real, CLIENTS)
  await expect(ensureDemoBank(real, 'Asia/Shanghai')).rejects.toThrow('演示数据不会写进去')
  expect(await real.prisma.client.count()).toBe(CLIENTS.length)
  await close()
})
