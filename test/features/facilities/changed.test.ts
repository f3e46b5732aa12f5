import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, day } from '../../../src/core/calendar/time.ts'
import { newId } from '../../../src/core/ids.ts'
import { facilitiesChanged, putFacilities } from '../../../src/features/facilities/changed.ts'
import { creditSql } from '../../../src/features/facilities/credit/store.ts'
import { creditOf, type Facility } from '../../../src/features/facilities/rules.ts'
import {
  type ConfirmedFacility,
  facilitiesOf,
  saveFacilities,
} from '../../../src/features/facilities/store.ts'
import { restoreFacilities } from '../../../src/features/facilities/taken-back/store.ts'
import { type Bank, openBank } from '../../support/bank.ts'
import { momentOf } from '../../support/moment.ts'
import { DATABASES } from '../../support/open.ts'

const TODAY = day('2026-11-23')
const at = momentOf('2026-11-23T08:10:00+08:00')
const LATER = momentOf('2027-03-02T08:10:00+08:00')

const line = (clientId: string, more: Partial<ConfirmedFacility> = {}): ConfirmedFacility => ({
  clientId,
  product: 'working-capital',
  account: 'C1',
  kind: 'line',
  lineAccount: null,
  creditLimit: 900_000,
  balance: 180_000,
  openedOn: TODAY,
  endsOn: day('2027-11-30'),
  state: 'open',
  closedOn: null,
  confirmedBy: 'feed',
  asOf: TODAY,
  claimId: null,
  documentId: null,
  ...more,
})
const feed = (moment = at) => ({
  staffId: null,
  actId: null,
  at: moment,
  bank: { tellsReferrerOfGrant: true },
})

describe.each(DATABASES)('what follows from facilities, on %s', (kind) => {
  let bank: Bank
  beforeAll(async () => {
    bank = await openBank(kind)
  })
  afterAll(() => bank.close())

  const stateOf = async (name: string) => {
    const [row] = await bank.rows<Record<string, unknown>>(`
      select kind, last_tier as last, kind_since::text as since, credit_expires_on::text as ends,
        unused_since::text as unused, usage_fell_on::text as fell, loan_due_on::text as due,
        credit_limit::float8 as limit, usage_rate as usage, coalesce(as_of, '{}') as as_of, tier, decided, (
          select array_agg("from" || '>' || "to" || ' ' || status order by id) from tier_change
          where client_id = client.id and "from" is not null) as moves, array(
          select kind || ' ' || reason || ' ' || status from task where client_id = client.id
          order by 1) as tasks
      from client left join client_facts on client_facts.client_id = client.id
        left join client_tier on client_tier.client_id = client.id
      where name = '${name}'`)
    return row
  }

  test('a prospect with a facility is an existing client; without the facility it is as before', async () => {
    const tx = bank.database.prisma
    const clientId = await bank.clientId('赵强')
    await bank.say('M1', '今日')
    await bank.say('M1', '4 已放款 90万')
    const before = await stateOf('赵强')
    const actId = newId()
    await putFacilities(tx, [line(clientId)], { ...feed(), actId })
    expect(await stateOf('赵强')).toMatchObject({
      ...{ kind: 'existing', since: '2026-11-23', last: null, ends: '2027-11-30', unused: null },
      ...{ limit: 900_000, usage: 0.2, as_of: { creditLimit: TODAY, usageRate: TODAY } },
      tier: 'unclassified',
    })
    const [claim] = await bank.rows<{ amount: number }>(`
      select outcome.amount::int as amount from outcome join facility on claim_id = outcome.id`)
    expect(claim).toEqual({ amount: 900_000 })
    expect(await restoreFacilities(tx, actId, at)).toEqual([clientId])
    expect(await stateOf('赵强')).toEqual(before)
    expect(await facilitiesOf(tx, clientId)).toEqual([])
  })

  test('the last one settled, a client has lapsed and keeps its last tier; a new one brings it back', async () => {
    const tx = bank.database.prisma
    const clientId = await bank.clientId('钱进')
    const given = line(clientId, { account: 'C2', creditLimit: 300_000, balance: 0 })
    await putFacilities(tx, [given], feed())
    expect(await stateOf('钱进')).toMatchObject({ kind: 'existing', tier: 'D', unused: TODAY })
    await putFacilities(tx, [{ ...given, balance: 1, endsOn: day('2027-03-01') }], feed())
    await facilitiesChanged(tx, [clientId], feed(LATER))
    expect(await stateOf('钱进')).toMatchObject({ kind: 'existing', limit: 0, usage: null })
    await putFacilities(
      tx,
      [{ ...given, state: 'closed', closedOn: day('2027-03-02'), asOf: LATER.today }],
      feed(LATER),
    )
    expect(await stateOf('钱进')).toMatchObject({ kind: 'lapsed', since: '2027-03-02', ends: null })
    await putFacilities(tx, [line(clientId, { account: 'C3', asOf: LATER.today })], feed(LATER))
    expect(await stateOf('钱进')).toMatchObject({
      kind: 'existing',
      last: null,
      ends: '2027-11-30',
    })
  })

  test('whoever recommended the client is thanked once, and not for what was taken back', async () => {
    const tx = bank.database.prisma
    const clientId = await bank.clientId('孙丽')
    const [linkId, actId] = [newId(), newId()]
    await tx.$executeRaw`
      insert into referral_link (id, code, staff_id, created_at)
      select ${linkId}::uuid, 'abcd1234', id, ${at.now} from staff where code = 'S1'`
    await tx.$executeRaw`
      insert into referral_entry (id, link_id, client_id, status, credit, consent_version, entered_at)
      values (${newId()}::uuid, ${linkId}::uuid, ${clientId}::uuid, 'accepted', 'first', 1, ${at.now})`
    await tx.$executeRaw`update client set kind = 'prospect' where id = ${clientId}::uuid`
    const thanks = () =>
      bank.rows(`
        select state from message where conversation = 'console:S1' order by id`)
    const given = line(clientId, { account: 'C9' })
    await putFacilities(tx, [given], { ...feed(), actId })
    expect(await thanks()).toMatchObject([{ state: 'queued' }])
    await restoreFacilities(tx, actId, at)
    expect(await thanks()).toMatchObject([{ state: 'dropped' }])
    await putFacilities(tx, [given], feed())
    await putFacilities(tx, [{ ...given, balance: 0 }], feed())
    expect(await thanks()).toMatchObject([{ state: 'dropped' }, { state: 'queued' }])
  })

  test('SQL sums facilities as TypeScript does', async () => {
    const tx = bank.database.prisma
    const clientId = await bank.clientId('Tom')
    const near = fc.integer({ min: -2, max: 2 }).map((days) => addDays(TODAY, days))
    const any = fc.record({
      creditLimit: fc.constantFrom(0, 100_000, 300_000),
      balance: fc.constantFrom(0, 50_000, 400_000),
      endsOn: fc.option(near),
      state: fc.constantFrom('open' as const, 'closed' as const),
      kind: fc.constantFrom('line' as const, 'loan' as const),
      drawn: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 4 }), async (drawn) => {
        await tx.$executeRaw`delete from facility where client_id = ${clientId}::uuid`
        const given = drawn.map(({ drawn: on, ...each }, place) =>
          on && place > 0 && drawn[0]?.kind === 'line'
            ? line(clientId, { ...each, kind: 'loan', account: `X${place}`, lineAccount: 'X0' })
            : line(clientId, { ...each, account: `X${place}` }),
        )
        const opened = given.map((each) => ({ ...each, openedOn: null }))
        await saveFacilities(tx, opened, { staffId: null, actId: null, now: at.now })
        const rows = (await facilitiesOf(tx, clientId)) as readonly Facility[]
        const { live, limit, usage, creditEndsOn, loanDueOn } = creditOf(rows, TODAY)
        const [sum] = await tx.$queryRaw<object[]>`
          select live, credit_limit::float8 as limit, usage_rate as usage,
            credit_ends_on::text as "creditEndsOn", loan_due_on::text as "loanDueOn"
          from (${creditSql([clientId], TODAY)}) as credit`
        expect(sum).toEqual({ live, limit, usage, creditEndsOn, loanDueOn })
      }),
      { numRuns: 30 },
    )
  })
})
