import type { Day } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { type ApproverRole, approverOf } from '../../tier-rules/rules.ts'
import type { Standard } from '../../tier-rules/standard.ts'
import { PAGE, type Page, pagesOf } from './pages.ts'
import { tierOf, tierSql } from './tier-sql.ts'

/** Clients in one cell of the matrix: decided so by the standard in force, and so by the draft. */
export interface MatrixCell {
  readonly from: string
  readonly to: string
  readonly count: number
}

/** What a draft would do to the book today, were it in force; nothing is written. */
export interface DryRun {
  readonly looked: number
  readonly moved: number
  /** Those who stay included. */
  readonly matrix: readonly MatrixCell[]
  /** Moves that would wait for somebody. */
  readonly waits: Readonly<Record<ApproverRole, number>>
  /** Those who would move with the largest credit limits. */
  readonly largest: readonly {
    readonly name: string
    readonly businessName: string | null
    readonly manager: string
    readonly from: string
    readonly to: string
    readonly creditLimit: number | null
  }[]
  /** Managers with clients who would move: how many, and those with most. */
  readonly managers: number
  readonly busiest: readonly {
    readonly name: string
    readonly unit: string
    readonly count: number
  }[]
}

/** Clients and managers that are named. */
const NAMED = 8

interface Compared {
  readonly cells: readonly MatrixCell[] | null
  readonly largest: readonly { id: string; from: string; to: string; limit: number | null }[] | null
  readonly owners: Readonly<Record<string, number>> | null
}

/** Decides everybody by both standards, page by page, and counts who would move where. */
export async function dryRun(
  tx: Queries,
  inForce: Standard,
  draft: Standard,
  today: Day,
): Promise<DryRun> {
  const cells = new Map<string, MatrixCell>()
  const owners = new Map<string, number>()
  let largest: NonNullable<Compared['largest']> = []
  for await (const page of pagesOf(tx, PAGE.pglite)) {
    const compared = await comparedIn(tx, page, inForce, draft, today)
    for (const { from, to, count } of compared.cells ?? []) {
      const key = `${from}\n${to}`
      cells.set(key, { from, to, count: count + (cells.get(key)?.count ?? 0) })
    }
    for (const [id, count] of Object.entries(compared.owners ?? {})) {
      owners.set(id, count + (owners.get(id) ?? 0))
    }
    largest = [...largest, ...(compared.largest ?? [])]
      .sort((a, b) => (b.limit ?? -1) - (a.limit ?? -1))
      .slice(0, NAMED)
  }
  const matrix = [...cells.values()]
  const moves = matrix.filter(({ from, to }) => from !== to)
  const total = (some: readonly MatrixCell[]) => some.reduce((sum, { count }) => sum + count, 0)
  const waiting = (role: ApproverRole) =>
    total(moves.filter(({ from, to }) => approverOf(from, to) === role))
  return {
    looked: total(matrix),
    moved: total(moves),
    matrix,
    waits: { marketing: waiting('marketing'), risk: waiting('risk') },
    largest: await namedClients(tx, largest),
    managers: owners.size,
    busiest: await namedManagers(tx, owners),
  }
}

async function comparedIn(
  tx: Queries,
  { after, last }: Page,
  inForce: Standard,
  draft: Standard,
  today: Day,
): Promise<Compared> {
  const [row] = await tx.$queryRawUnsafe<{ compared: Compared }[]>(
    `with both_ways as materialized (
      select client.id, client.owner_id, facts.credit_limit,
        ${tierOf(tierSql(inForce, today))} as before, ${tierOf(tierSql(draft, today))} as after
      from client left join client_facts as facts on facts.client_id = client.id
      where client.kind = $3 and client.id > $1::uuid and client.id <= $2::uuid
    ), moved as (select * from both_ways where before <> after)
    select jsonb_build_object(
      'cells', (select jsonb_agg(cell) from (
        select before as "from", after as "to", count(*)::int as count
        from both_ways group by before, after) as cell),
      'largest', (select jsonb_agg(one) from (
        select id, before as "from", after as "to", credit_limit as limit from moved
        order by credit_limit desc nulls last, id limit ${NAMED}) as one),
      'owners', (select jsonb_object_agg(owner_id, count) from (
        select owner_id, count(*)::int as count from moved group by owner_id) as owner)
    ) as compared`,
    after,
    last,
    draft.kind,
  )
  return row?.compared ?? { cells: null, largest: null, owners: null }
}

async function namedClients(
  tx: Queries,
  largest: NonNullable<Compared['largest']>,
): Promise<DryRun['largest']> {
  const clients = await tx.client.findMany({
    where: { id: { in: largest.map(({ id }) => id) } },
    select: { id: true, name: true, businessName: true, owner: { select: { name: true } } },
  })
  return largest.flatMap(({ id, from, to, limit }) => {
    const client = clients.find((each) => each.id === id)
    if (!client) return []
    const { name, businessName, owner } = client
    return [{ name, businessName, manager: owner.name, from, to, creditLimit: limit }]
  })
}

async function namedManagers(
  tx: Queries,
  owners: ReadonlyMap<string, number>,
): Promise<DryRun['busiest']> {
  const most = [...owners].sort(([, a], [, b]) => b - a).slice(0, NAMED)
  const staff = await tx.staff.findMany({
    where: { id: { in: most.map(([id]) => id) } },
    select: { id: true, name: true, unit: { select: { name: true } } },
  })
  return most.flatMap(([id, count]) => {
    const person = staff.find((each) => each.id === id)
    return person ? [{ name: person.name, unit: person.unit.name, count }] : []
  })
}
