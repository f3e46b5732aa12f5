import { addDays, type Day } from '../../core/calendar/time.ts'
import { chineseWorkdays } from '../../core/calendar/workdays.ts'
import { newId } from '../../core/ids.ts'
import type { DemoClient } from '../../demo/clients.ts'
import { identitiesOf } from '../../features/clients/identity/rules.ts'
import { addEntries } from '../../features/risk/list/store.ts'
import { saveFacts } from '../../features/tiers/entry/store.ts'
import { nameByRisk } from '../../features/tiers/nominations/name-by-risk.ts'
import { retier } from '../../features/tiers/retier.ts'
import { secretKey } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'

const REASONS = ['冒用他人资料', '虚假流水', '失信被执行', '骗取贷款'] as const

/** The clients whom the demo bank marks stand on its negative list, each for a reason. */
export async function listMarked(
  tx: Queries,
  marked: readonly DemoClient[],
  hash: (text: string) => string,
  now: Date,
): Promise<void> {
  const { id: staffId } = await tx.staff.findFirstOrThrow({ where: { role: 'risk' } })
  const entries = marked.map(({ phone, row }, place) => ({
    identities: identitiesOf({
      phone,
      idNumber: row['id_number'] as string | null,
      creditCode: row['credit_code'] as string | null,
    }),
    reason: REASONS[place % REASONS.length] ?? REASONS[0],
    until: null,
  }))
  await addEntries(tx, hash, entries, { staffId, actId: newId(), now })
}

const BATCH = 1000

/**
 * Decides tiers as they stand in a bank that has been at it for long, in place of those that were decided while
 * clients, facts and facilities came in one after the other.
 */
export async function decideTiers(
  tx: Queries,
  clients: readonly DemoClient[],
  today: Day,
): Promise<void> {
  await tx.$executeRawUnsafe('delete from tier_change')
  await tx.$executeRawUnsafe('delete from client_tier')
  // No feed says so: risk names whom it wants to leave.
  const named = clients.flatMap(({ phone, facts }) =>
    facts['named_by_risk'] ? [secretKey('phone', phone)] : [],
  )
  await tx.$executeRaw`
    update client_facts set named_by_risk = true from client
    where client.id = client_id and secret_key(phone) = any(${named}::text[])`
  await makeMoves(tx, clients, today)
  const all = await tx.client.findMany({ select: { id: true } })
  const ids = all.map(({ id }) => id)
  for (let from = 0; from < ids.length; from += BATCH) {
    await retier(tx, ids.slice(from, from + BATCH), today)
  }
}

/** Workdays on which somebody's tier moved, and clients who moved on each. */
const MOVES = { days: 12, each: 4 } as const
/** What the line of such a client was before, or how much of it was used. */
const before = (fact: 'creditLimit' | 'usageRate', usageRate: number): number =>
  fact === 'creditLimit' ? 300_000 : usageRate > 0.5 ? 0.3 : 0.75

/**
 * The phones of the made-up clients as keys, in the order in which they were made up. That of their ids is the
 * order in which the database came to write them, which is another in every bank.
 */
const keysInOrder = (made: readonly DemoClient[]) =>
  JSON.stringify(made.map(({ phone }) => secretKey('phone', phone)))

/** The weeks before: managers recorded what had changed, and tiers moved by it. */
async function makeMoves(tx: Queries, made: readonly DemoClient[], today: Day): Promise<void> {
  const clients = await tx.$queryRaw<
    { id: string; ownerId: string; creditLimit: number; usageRate: number }[]
  >`
    select client.id, owner_id as "ownerId", credit_limit::int as "creditLimit",
      usage_rate as "usageRate"
    from jsonb_array_elements_text(${keysInOrder(made)}::jsonb) with ordinality as made (key, place)
    join client on secret_key(phone) = key join client_facts on client_id = client.id
    where kind = 'existing' and credit_limit between 500001 and 799999 and usage_rate is not null
    order by place limit ${MOVES.days * MOVES.each}`
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
export async function proposeMoves(
  tx: Queries,
  made: readonly DemoClient[],
  { today, now }: { readonly today: Day; readonly now: Date },
): Promise<void> {
  const clients = await tx.$queryRaw<{ id: string; ownerId: string }[]>`
    select client.id, owner_id as "ownerId"
    from jsonb_array_elements_text(${keysInOrder(made)}::jsonb) with ordinality as made (key, place)
    join client on secret_key(phone) = key
    join client_tier on client_tier.client_id = client.id
    join client_facts on client_facts.client_id = client.id
    where tier = 'B' and trend_declining is null order by place limit 7`
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
