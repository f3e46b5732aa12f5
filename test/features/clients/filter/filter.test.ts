import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { day } from '../../../../src/core/calendar/time.ts'
import { newId } from '../../../../src/core/ids.ts'
import { insertRows } from '../../../../src/demo/rows.ts'
import { whyChosen } from '../../../../src/features/clients/filter/labels.ts'
import { clientFilter, isChosen } from '../../../../src/features/clients/filter/rules.ts'
import { filteredOf, filterSql } from '../../../../src/features/clients/filter/store.ts'
import { ensureNames } from '../../../../src/features/registers/store.ts'
import type { Database } from '../../../../src/infra/database/index.ts'
import { DATABASES, openTestDatabase } from '../../../support/open.ts'
import { type AnyClient, anyClient, anyCondition, type World } from './any-filter.ts'

const CLIENTS = 100
const NOON = '2026-11-23T04:00:00Z'
const TODAY = day('2026-11-23')

const ABOUT = {
  today: TODAY,
  timezone: 'Asia/Shanghai',
  // Stands for what the standards ask for.
  missing: `array_remove(array[case when client.address is null then 'address' end,
    case when facts.savings is null then 'savings' end]::text[], null)`,
}

describe.each(DATABASES)('a filter of clients, on %s', (name) => {
  let database: Database
  let world: World
  let clients: readonly AnyClient[]
  beforeAll(async () => {
    database = await openTestDatabase(name)
    world = await fill(database)
    clients = fc.sample(anyClient(world), CLIENTS)
    await database.transaction((tx) => insert(tx, clients))
  })
  afterAll(() => database.close())

  test('chooses in SQL whom it explains, of any clients', async () => {
    const filters = fc.array(anyCondition(world), { maxLength: 3 })
    let some = 0
    await fc.assert(
      fc.asyncProperty(filters, async (filter) => {
        expect(clientFilter.parse(filter)).toEqual(filter)
        const found = await database.prisma.$queryRaw<{ id: string }[]>`
          select id::text from client where ${filterSql(filter, ABOUT)} order by id`
        const meant = clients.filter(({ client }) => isChosen(filter, client, TODAY))
        expect(found.map(({ id }) => id)).toEqual(meant.map(({ client }) => client.id).toSorted())
        some += found.length > 0 && found.length < CLIENTS ? 1 : 0
        for (const language of ['zh', 'en'] as const) {
          const wording = { today: TODAY, catalogue: [], language }
          for (const { client } of clients.slice(0, 20)) {
            const why = whyChosen(filter, client, wording)
            expect(why !== null).toBe(isChosen(filter, client, TODAY))
            for (const part of why ?? []) expect(part).toMatch(/\S/)
          }
        }
      }),
      { numRuns: 100 },
    )
    expect(some).toBeGreaterThan(30)
  })

  test('sees of each client what is on file', async () => {
    const ids = clients.map(({ client }) => client.id)
    const read = await filteredOf(database.prisma, ids, ABOUT)
    for (const { client } of clients) {
      expect(read.get(client.id)).toEqual({ ...client, products: client.products.toSorted() })
    }
  })
})

async function fill(database: Database): Promise<World> {
  const units = ['/HQ/', '/HQ/B1/', '/HQ/B1/T1/', '/HQ/B10/'].map((path) => ({ id: newId(), path }))
  const owners = units.map(({ id, path }) => ({ id: newId(), unit_id: id, unitPath: path }))
  return database.transaction(async (tx) => {
    await insertRows(
      tx,
      'unit',
      units.map(({ id, path }) => ({ id, path, code: path, name: path, kind: 'branch' })),
    )
    await insertRows(
      tx,
      'staff',
      owners.map(({ id, unit_id, unitPath }) => {
        const person = { id, unit_id, code: unitPath, name: unitPath, role: 'manager' }
        return { ...person, language: 'zh', active: true, joined_on: '2020-01-01' }
      }),
    )
    const by = { staffId: null, actId: null, now: new Date(NOON) }
    const idsOf = async (register: 'region' | 'cluster' | 'industry') =>
      (await ensureNames(tx, register, ['甲', '乙', '丙'], by)).flatMap((entry) => entry?.id ?? [])
    const entries = {
      region: await idsOf('region'),
      cluster: await idsOf('cluster'),
      industry: await idsOf('industry'),
    }
    // The third region is what the first one is called elsewhere; the second industry is a division of the first, and
    // the third another word for it.
    const [east, west, dong] = entries.region
    const [making, food, cakes] = entries.industry
    await tx.$executeRaw`update register_entry set same_as = ${east}::uuid where id = ${dong}::uuid`
    await tx.$executeRaw`update register_entry set code = 'C' where id = ${making}::uuid`
    await tx.$executeRaw`update register_entry set code = 'C14' where id = ${food}::uuid`
    await tx.$executeRaw`
      update register_entry set code = 'C14', same_as = ${food}::uuid where id = ${cakes}::uuid`
    const found: Record<string, readonly (string | undefined)[]> = {
      ...Object.fromEntries(entries.cluster.map((id) => [id, [id]])),
      [east ?? '']: [east, dong],
      [west ?? '']: [west],
      [dong ?? '']: [east, dong],
      [making ?? '']: [making],
      [food ?? '']: [making, food, cakes],
      [cakes ?? '']: [making, food, cakes],
    }
    const foundBy = new Map(
      Object.entries(found).map(([id, by]) => [id, by.flatMap((each) => each ?? []).toSorted()]),
    )
    return { today: TODAY, owners, entries, foundBy }
  })
}

type Queries = Parameters<Parameters<Database['transaction']>[0]>[0]

async function insert(tx: Queries, clients: readonly AnyClient[]): Promise<void> {
  await insertRows(
    tx,
    'client',
    clients.map(({ client, address, of }) => ({
      ...{ id: client.id, kind: client.kind, name: client.id, pinyin: 'a', initials: 'a', address },
      ...{ source: client.source, owner_id: client.ownerId, negative_list: false, contacts: [] },
      ...{ region_id: of.region, cluster_id: of.cluster },
      ...{ industry_id: of.industry, credit_expires_on: client.creditEndsOn },
      ...{ loan_due_on: client.loanDueOn },
      // The evening of that day in the bank's time zone.
      ...{ last_contact_on: client.lastContactOn, entered_at: `${client.enteredOn}T15:30:00Z` },
    })),
  )
  await insertRows(
    tx,
    'client_facts',
    clients.map(({ client: { id, usage, limit, deposits, income }, savings }) => {
      const worth = { usage_rate: usage, credit_limit: limit, deposits, yearly_income: income }
      return { client_id: id, ...worth, savings, as_of: {} }
    }),
  )
  const rows = (of: (each: AnyClient) => object[]) => JSON.stringify(clients.flatMap(of))
  const tiers = rows(({ client: { id, tier } }) => (tier ? [{ client_id: id, tier }] : []))
  await tx.$executeRaw`
    insert into client_tier (client_id, tier, decided, provisional, standard_version, since)
    select client_id, tier, tier, false, 1, ${TODAY}::date
    from jsonb_to_recordset(${tiers}::jsonb) as each (client_id uuid, tier text)`
  const held = rows(({ client: { id }, held, until }) =>
    held.map((product) => ({ client_id: id, product, until })),
  )
  await tx.$executeRaw`
    insert into product_held (id, client_id, product, until, told_by, as_of, recorded_at)
    select gen_random_uuid(), client_id, product, until, 'feed', ${TODAY}::date, ${NOON}::timestamptz
    from jsonb_to_recordset(${held}::jsonb) as each (client_id uuid, product text, until date)`
  await insertRows(
    tx,
    'task',
    clients.flatMap(({ client: { id, ownerId, nextTaskOn } }) => {
      const task = { manager_id: ownerId, client_id: id, kind: 'call', priority: 1, reason: 'own' }
      const row = { ...task, attempt: 0, postponed: 0, created_at: NOON }
      const done = { ...row, id: newId(), status: 'done', due_on: TODAY, closed_at: NOON }
      return nextTaskOn
        ? [done, { ...row, id: newId(), status: 'open', due_on: nextTaskOn }]
        : [done]
    }),
  )
}
