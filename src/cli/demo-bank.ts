import { addDays, type Day, dayIn } from '../core/calendar/time.ts'
import { chineseWorkdays } from '../core/calendar/workdays.ts'
import { newId } from '../core/ids.ts'
import { createDemoBank } from '../demo/open-bank.ts'
import { installCatalogue } from '../features/catalogue/store.ts'
import { identitiesOf } from '../features/clients/identity/rules.ts'
import { openKeyedHash } from '../features/risk/key.ts'
import { addEntries } from '../features/risk/list/store.ts'
import { installStandards } from '../features/tier-rules/store.ts'
import { saveFacts } from '../features/tiers/entry/store.ts'
import { nameByRisk } from '../features/tiers/nominations/name-by-risk.ts'
import { retier } from '../features/tiers/retier.ts'
import type { Database, Queries } from '../infra/database/index.ts'
import { Fault } from './fault.ts'
import { demoSince } from './open.ts'

/** The demo bank is the same at every birth. */
const SEED = 20261123
const BATCH = 1000

/** Makes the demo bank where there is none; resolves to the day it was made. Never on real rows. */
export async function ensureDemoBank(
  database: Database,
  timezone: string,
  negativeListKey?: string,
): Promise<string> {
  const known = await demoSince(database.prisma)
  if (known) return known
  if ((await database.prisma.staff.count()) > 0) {
    throw new Fault(
      '这个数据库里已有真实数据，演示数据不会写进去；请换一个 DATA_DIR 或 DATABASE_URL。',
      'This database holds a real bank; the demo will not write into it. Set another DATA_DIR or DATABASE_URL.',
    )
  }
  const now = new Date()
  const today = dayIn(now, timezone)
  const hash = await openKeyedHash(database, negativeListKey ?? null)
  await database.transaction(async (tx) => {
    await installStandards(tx)
    await createDemoBank(tx, { seed: SEED, today, now })
    await listMarked(tx, hash, now)
    await installCatalogue(tx)
    await tx.businessLine.update({
      where: { code: 'payments' },
      data: { unit: { connect: { code: 'DP' } } },
    })
    await makeMoves(tx, today)
    const clients = await tx.client.findMany({ select: { id: true } })
    const ids = clients.map((client) => client.id)
    for (let from = 0; from < ids.length; from += BATCH) {
      await retier(tx, ids.slice(from, from + BATCH), today)
    }
    await proposeMoves(tx, today, now)
    await tx.setting.create({ data: { key: 'demo', value: today } })
    await tx.$executeRawUnsafe('analyze')
  })
  return today
}

const REASONS = ['冒用他人资料', '虚假流水', '失信被执行', '骗取贷款'] as const

/** The clients whom the demo bank marks stand on its negative list, each for a reason. */
async function listMarked(tx: Queries, hash: (text: string) => string, now: Date): Promise<void> {
  const clients = await tx.client.findMany({
    where: { negativeList: true },
    orderBy: { id: 'asc' },
  })
  const { id: staffId } = await tx.staff.findFirstOrThrow({ where: { role: 'risk' } })
  const entries = clients.map((client, place) => ({
    identities: identitiesOf(client),
    reason: REASONS[place % REASONS.length] ?? REASONS[0],
    until: null,
  }))
  await addEntries(tx, hash, entries, { staffId, actId: newId(), now })
}

/** Workdays on which somebody's tier moved, and clients who moved on each. */
const MOVES = { days: 12, each: 4 } as const
/** What the line of such a client was before, or how much of it was used. */
const before = (fact: 'creditLimit' | 'usageRate', usageRate: number): number =>
  fact === 'creditLimit' ? 300_000 : usageRate > 0.5 ? 0.3 : 0.75

/** The weeks before: managers recorded what had changed, and tiers moved by it. */
async function makeMoves(tx: Queries, today: Day): Promise<void> {
  const clients = await tx.$queryRaw<
    { id: string; ownerId: string; creditLimit: number; usageRate: number }[]
  >`
    select client.id, owner_id as "ownerId", credit_limit::int as "creditLimit",
      usage_rate as "usageRate"
    from client join client_facts on client_id = client.id
    where kind = 'existing' and credit_limit between 500001 and 799999 and usage_rate is not null
    order by client.id limit ${MOVES.days * MOVES.each}`
  const ids = clients.map(({ id }) => id)
  const changes = clients.map((client, place) => {
    const fact = place % 3 === 0 ? 'creditLimit' : 'usageRate'
    return { ...client, fact, before: before(fact, client.usageRate), after: client[fact] } as const
  })
  for (const { id: clientId, fact, before } of changes) {
    await tx.clientFacts.update({ where: { clientId }, data: { [fact]: before } })
  }
  await retier(tx, ids, addDays(today, -60))
  for (const [place, day] of workdaysBefore(today, MOVES.days).entries()) {
    const those = changes.slice(place * MOVES.each, (place + 1) * MOVES.each)
    const now = new Date(`${day}T02:00:00Z`)
    for (const { id, ownerId, fact, before, after } of those) {
      const by = { who: { id: ownerId }, actId: newId(), at: { now, today: day } }
      await saveFacts(tx, id, [{ fact, before, after }], by)
    }
    await retier(
      tx,
      those.map(({ id }) => id),
      day,
    )
  }
  await tx.tierChange.updateMany({ data: { told: 1 } })
}

function workdaysBefore(today: Day, count: number): Day[] {
  const workdays = chineseWorkdays()
  const days: Day[] = []
  for (let day = addDays(today, -1); days.length < count; day = addDays(day, -1)) {
    if (workdays.isWorkday(day)) days.unshift(day)
  }
  return days
}

/** What waits today: clients in decline for marketing, named ones for risk. */
async function proposeMoves(tx: Queries, today: Day, now: Date): Promise<void> {
  const clients = await tx.$queryRaw<{ id: string; ownerId: string }[]>`
    select client.id, owner_id as "ownerId" from client
    join client_tier on client_tier.client_id = client.id
    join client_facts on client_facts.client_id = client.id
    where tier = 'B' and trend_declining is null order by client.id limit 7`
  const [declining, named] = [clients.slice(0, 5), clients.slice(5)]
  for (const { id, ownerId } of declining) {
    const change = { fact: 'trendDeclining', before: null, after: true } as const
    const by = { who: { id: ownerId }, actId: newId(), at: { now, today } }
    await saveFacts(tx, id, [change], by)
  }
  await retier(
    tx,
    declining.map(({ id }) => id),
    today,
  )
  const { id: staffId } = await tx.staff.findFirstOrThrow({ where: { role: 'risk' } })
  const why = { reason: '连续两期欠息', evidence: '催收记录', until: addDays(today, 180) }
  await nameByRisk(
    tx,
    named.map(({ id }) => ({ clientId: id, ...why })),
    { staffId, actId: newId(), today, now },
  )
}
