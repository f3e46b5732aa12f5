import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, type Day, day } from '../../../../src/core/calendar/time.ts'
import { newId } from '../../../../src/core/ids.ts'
import { insertRows } from '../../../../src/demo/rows.ts'
import type { WorthFacts } from '../../../../src/features/clients/filter/rules.ts'
import type { Playbook } from '../../../../src/features/playbook/rules.ts'
import { SHIPPED_PLAYBOOK } from '../../../../src/features/playbook/shipped-playbook.ts'
import { dueTasks } from '../../../../src/features/tasks/care/care-rules.ts'
import { weigh } from '../../../../src/features/tasks/care/priority-rules.ts'
import { night } from '../../../../src/features/tasks/care/run-night.ts'
import { careFacts } from '../../../../src/features/tasks/care/store.ts'
import { type Bank, openBank } from '../../../support/bank.ts'
import { DATABASES } from '../../../support/open.ts'
import { publishPlaybook } from '../../../support/playbook.ts'

const TODAY = day('2026-11-23')
const CLIENTS = 300
/** Of the shipped playbook. */
const LOAD = 40

const ago = (most: number) => fc.option(fc.integer({ min: 0, max: most }), { freq: 4 })

/** The shipped playbook without a load, and with worth that adds more than any other weight. */
const withWorth = (worth: Omit<Playbook['weights']['worth'], 'most'>): Partial<Playbook> => ({
  sizes: { page: 10, load: null, ahead: 3 },
  weights: { ...SHIPPED_PLAYBOOK.weights, worth: { most: 18, ...worth } },
})

/** A client in any state that makes tasks fall due. */
const anyClient = fc.record({
  tier: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'premium', 'ordinary', 'none', null),
  entered: fc.integer({ min: 0, max: 500 }),
  contacted: fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 10 }),
  visited: ago(400),
  credit: fc.option(fc.integer({ min: -30, max: 120 })),
  licence: fc.option(fc.integer({ min: -30, max: 120 })),
  since: fc.option(fc.integer({ min: 0, max: 4000 })),
  unused: ago(120),
  loan: fc.option(fc.integer({ min: -30, max: 60 }), { freq: 2 }),
  fell: ago(60),
  settled: fc.option(fc.integer({ min: 0, max: 250 }), { freq: 1 }),
  old: ago(90),
  barred: fc.constantFrom<'negative' | 'dnc' | null>(null, null, null, null, 'negative', 'dnc'),
  urgent: fc.boolean(),
  limit: fc.option(fc.constantFrom(0, 100_000, 350_001, 500_000, 2_000_000), { freq: 4 }),
  deposits: fc.option(fc.integer({ min: 0, max: 250_000 }), { freq: 2 }),
  income: fc.option(fc.integer({ min: -5000, max: 15_000 }), { freq: 2 }),
})

describe.each(DATABASES)('the night on %s', (kind) => {
  let bank: Bank
  let ids: string[]
  beforeAll(async () => {
    bank = await openBank(kind, [])
    ids = await fill(bank)
  })
  afterAll(() => bank.close())

  interface Made {
    clientId: string
    kind: string
    reason: string
    generatedFor: Day
    dueOn: Day
    priority: number
    because: string | null
    base: number
  }
  const made = () =>
    bank.rows<Made>(
      `select client_id as "clientId", kind, reason, generated_for::text as "generatedFor",
         due_on::text as "dueOn", priority, because, base from task order by client_id, kind`,
    )

  const bringsOf = async (clientId: string): Promise<WorthFacts> => {
    const [brings] = await bank.rows<WorthFacts>(
      `select credit_limit::float8 as "limit", usage_rate as usage, deposits::float8 as deposits,
         yearly_income::float8 as income from client_facts where client_id = '${clientId}'`,
    )
    if (!brings) throw new Error('no facts')
    return brings
  }

  test('makes for each client what the rules say, weighed as the rules say', async () => {
    const { services } = bank.app
    const at = services.moment()
    const full = await night(services, at)
    const laden = await bank.rows<{ tasks: number }>(
      `select count(*)::int as tasks from task where reason in ('care', 'quiet', 'unused', 'usage-falling', 'old-facts')
       group by manager_id`,
    )
    // The lists are full: no manager gets more of what can wait.
    expect(laden.map(({ tasks }) => tasks)).toEqual([LOAD, LOAD, LOAD])

    const playbook = await publishPlaybook(
      bank,
      withWorth({ balance: 600_000, deposits: null, income: 12_000 }),
    )
    const result = await night(services, at)
    const rows = Map.groupBy(await made(), (row) => row.clientId)
    let expected = 0
    for (const id of ids) {
      const facts = await careFacts(bank.database.prisma, id, at.timezone)
      if (!facts) throw new Error('no client')
      const due = dueTasks(playbook, { ...facts, made: new Set() }, at.today, at.workdays)
      const urgent = await bank.database.prisma.need.count({ where: { clientId: id } })
      const brings = await bringsOf(id)
      const weighed = due.map((task) => {
        const { priority, because } = weigh(
          playbook,
          { ...facts, ...task, wantsNow: urgent > 0, brings },
          at.today,
        )
        return { ...task, clientId: id, priority, because }
      })
      expected += due.length
      expect(rows.get(id) ?? []).toEqual(weighed.sort((a, b) => a.kind.localeCompare(b.kind)))
    }
    expect(expected).toBeGreaterThan(CLIENTS / 2)
    expect(
      Map.groupBy([...rows.values()].flat(), ({ because }) => because).get('worth'),
    ).toBeDefined()
    expect(full.made + result.made).toBe(expected)
  })

  test('a second run makes, moves and weighs nothing', async () => {
    const before = await made()
    const { services } = bank.app
    const again = await night(services, services.moment())
    expect(again).toEqual({ made: 0, cancelled: 0, heldBack: 0, weighed: 0, escalated: 0 })
    expect(await made()).toEqual(before)
  })

  test('weighs what is overdue for the day, as the rules say', async () => {
    bank.setClock('2026-12-02T02:20:00+08:00')
    // Some clients bring a loss.
    const income = { balance: null, deposits: null, income: 12_000 }
    const playbook = await publishPlaybook(bank, withWorth(income))
    const { services } = bank.app
    const at = services.moment()
    await night(services, at)
    for (const row of (await made()).filter((_, index) => index % 5 === 0)) {
      const facts = await careFacts(bank.database.prisma, row.clientId, at.timezone)
      if (!facts) throw new Error('no client')
      const wantsNow =
        (await bank.database.prisma.need.count({ where: { clientId: row.clientId } })) > 0
      const { priority, because } = weigh(
        playbook,
        { ...facts, ...row, wantsNow, brings: await bringsOf(row.clientId) },
        at.today,
      )
      expect(row).toMatchObject({ priority, because })
    }
    bank.setClock('2026-11-23T08:10:00+08:00')
  })

  test('who becomes barred loses the marketing tasks, each with its reason', async () => {
    const [task] = await bank.rows<{ clientId: string }>(
      `select client_id as "clientId" from task where status = 'open' and kind <> 'other' limit 1`,
    )
    await bank.rows(`update client set negative_list = true where id = '${task?.clientId}'`)
    const { services } = bank.app
    await night(services, services.moment())
    const left = await bank.rows<{ status: string; why: string }>(
      `select distinct status, no_next as why from task where client_id = '${task?.clientId}'
         and kind <> 'other'`,
    )
    expect(left).toEqual([{ status: 'cancelled', why: 'negative-list' }])
  })

  test('what was made before gives way to the next reason for a task of its kind', async () => {
    const { services } = bank.app
    const at = services.moment()
    await bank.rows("update task set status = 'done', closed_at = now() where status = 'open'")
    const expected = new Map<string, string[]>()
    for (const id of ids) {
      const facts = await careFacts(bank.database.prisma, id, at.timezone)
      if (!facts) throw new Error('no client')
      const due = dueTasks(SHIPPED_PLAYBOOK, facts, at.today, at.workdays)
      if (due.length > 0) expected.set(id, due.map((task) => `${task.kind} ${task.reason}`).sort())
    }
    expect(expected.size).toBeGreaterThan(10)
    await night(services, at)
    const found = await bank.rows<{ clientId: string; kind: string; reason: string }>(
      `select client_id as "clientId", kind, reason from task where status = 'open'`,
    )
    const tasks = Map.groupBy(found, ({ clientId }) => clientId)
    expect(
      new Map(
        [...tasks].map(([id, made]) => [
          id,
          made.map((each) => `${each.kind} ${each.reason}`).sort(),
        ]),
      ),
    ).toEqual(expected)
  })
})

async function fill(bank: Bank): Promise<string[]> {
  const drawn = fc.sample(anyClient, { numRuns: CLIENTS, seed: 7 })
  const staff = await bank.database.prisma.staff.findMany({ where: { role: 'manager' } })
  const ids = drawn.map(() => newId())
  const on = (days: number | null) => (days === null ? null : addDays(TODAY, -days))
  await bank.database.transaction(async (tx) => {
    await insertRows(
      tx,
      'client',
      drawn.map((each, index) => {
        const contacts = [...new Set(each.contacted)].sort((a, b) => a - b).map(on)
        return {
          id: ids[index],
          kind: each.settled === null ? 'existing' : 'lapsed',
          kind_since: on(each.settled),
          loan_due_on: each.loan === null ? null : addDays(TODAY, each.loan),
          usage_fell_on: on(each.fell),
          name: `客户${index}`,
          pinyin: '',
          initials: '',
          source: 'list',
          owner_id: staff[index % staff.length]?.id,
          entered_at: `${on(each.entered)}T09:00:00Z`,
          contacts,
          last_contact_on: contacts[0] ?? null,
          last_visit_on: on(each.visited),
          credit_expires_on: each.credit === null ? null : addDays(TODAY, each.credit),
          licence_ends_on: each.licence === null ? null : addDays(TODAY, each.licence),
          unused_since: on(each.unused),
          negative_list: each.barred === 'negative',
          do_not_contact: each.barred === 'dnc' ? '客户要求' : null,
        }
      }),
    )
    await insertRows(
      tx,
      'client_facts',
      drawn.map((each, index) => ({
        client_id: ids[index],
        operating_since: on(each.since),
        credit_limit: each.limit,
        usage_rate: each.unused === null ? 0.57 : 0,
        deposits: each.deposits,
        yearly_income: each.income,
      })),
    )
    await insertRows(
      tx,
      'need',
      drawn.flatMap((each, index) => {
        const need = {
          id: newId(),
          client_id: ids[index],
          registered_by: staff[0]?.id,
          product: 'credit-line',
          line: 'micro-credit',
          urgency: 'urgent',
          status: 'open',
          registered_at: '2026-11-20T01:00:00Z',
        }
        return each.urgent ? [need] : []
      }),
    )
    for (const [index, { tier, old }] of drawn.entries()) {
      if (!tier) continue
      await tx.$executeRaw`
        insert into client_tier (client_id, tier, decided, provisional, standard_version, since,
          old_facts_since)
        values (${ids[index]}::uuid, ${tier}, ${tier}, false, 1, ${TODAY}::date, ${on(old)}::date)`
    }
  })
  return ids
}
