import type { Day } from '../../core/calendar/time.ts'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Grouping } from './rules.ts'
import { type Asked, counted, mine, sourceOf, within } from './sources/store.ts'

/** How many there are, with the sum of the amounts that are known, of so many. */
export interface Count {
  readonly count: number
  /** Whole yuan. */
  readonly amount: number
  readonly known: number
}

export async function countOf(tx: Queries, asked: Asked): Promise<Count> {
  const source = sourceOf(asked)
  const amount =
    asked.question.of === 'clients' && asked.question.as !== 'sum' ? null : source.amount
  const [row] = await tx.$queryRaw<Count[]>`
    select count(*)::int as count, coalesce(sum(amount), 0)::float8 as amount,
      count(amount)::int as known
    from (select ${amount ?? Prisma.sql`null::bigint`} as amount from ${source.from}
      where ${mine(source.staff, asked)} and ${counted(asked, source)}) as each`
  return row ?? { count: 0, amount: 0, known: 0 }
}

/** A part of a count; `key` null: nobody recorded it. */
export interface Part extends Count {
  readonly key: string | null
}

/** What is of a part of a unit; null: a unit that is gone. */
export interface UnitPart extends Count {
  readonly name: string | null
}

/** So many parts are told. */
export const MOST_PARTS = 30

/** A count by what clients are, or of what sort; the largest first. What is written empty is not recorded. */
export async function partsOf(
  tx: Queries,
  asked: Asked,
  by: Exclude<Grouping, 'manager' | 'unit'>,
): Promise<Part[]> {
  const source = sourceOf(asked)
  const [join, key] = KEYS[by] ?? [Prisma.empty, source.sort]
  return tx.$queryRaw<Part[]>`
    select nullif(key, '') as key, count(*)::int as count,
      coalesce(sum(amount), 0)::float8 as amount, count(amount)::int as known
    from (select ${key} as key, ${source.amount} as amount from ${source.from} ${join}
      where ${mine(source.staff, asked)} and ${counted(asked, source)}) as each
    group by key order by count(*) desc, key limit ${MOST_PARTS}`
}

const KEYS: Readonly<Partial<Record<Grouping, readonly [Prisma.Sql, Prisma.Sql]>>> = {
  tier: [
    Prisma.sql`left join client_tier on client_tier.client_id = client.id`,
    Prisma.sql`client_tier.tier`,
  ],
  kind: [Prisma.empty, Prisma.sql`client.kind`],
  source: [Prisma.empty, Prisma.sql`client.source`],
  region: [Prisma.empty, Prisma.sql`client.region`],
  cluster: [Prisma.empty, Prisma.sql`client.cluster`],
  industry: [Prisma.empty, Prisma.sql`client.industry`],
}

/** A count by the parts of a unit; managers of the unit itself are one part. */
export async function unitsOf(tx: Queries, asked: Asked): Promise<UnitPart[]> {
  const source = sourceOf(asked)
  return tx.$queryRaw<UnitPart[]>`
    select coalesce(min(below.name), (select name from unit where path = ${asked.base})) as name,
      count(*)::int as count, coalesce(sum(amount), 0)::float8 as amount, count(amount)::int as known
    from (
      select split_part(substr(unit.path, length(${asked.base}) + 1), '/', 1) as child,
        ${source.amount} as amount
      from ${source.from} join staff as worker on worker.id = ${source.staff}
      join unit on unit.id = worker.unit_id
      where ${mine(source.staff, asked)} and ${counted(asked, source)}
    ) as each left join unit as below on below.code = child
    group by child order by count(*) desc, child limit ${MOST_PARTS}`
}

/** A manager with what is theirs, and whether they are away today. */
export interface PersonPart extends Count {
  readonly name: string
  readonly away: boolean
  /** Of how many people this is one. */
  readonly total: number
}

/** So many lines of an answer at once. */
export const PAGE = 10

/** By manager, who has least first, or with `most` most, zeros too; with `none` only they. */
export async function peopleOf(tx: Queries, asked: Asked): Promise<PersonPart[]> {
  const source = sourceOf(asked)
  const { none, most, from } = asked.question
  return tx.$queryRaw<PersonPart[]>`
    select staff.name, coalesce(theirs.count, 0) as count,
      coalesce(theirs.amount, 0) as amount, coalesce(theirs.known, 0) as known,
      exists (select from absence where absence.staff_id = staff.id and cancelled_at is null
        and ${asked.about.today}::date between from_day and until_day) as away,
      count(*) over ()::int as total
    from staff left join (
      select staff_id, count(*)::int as count, coalesce(sum(amount), 0)::float8 as amount,
        count(amount)::int as known
      from (select ${source.staff} as staff_id, ${source.amount} as amount from ${source.from}
        where ${mine(source.staff, asked)} and ${counted(asked, source)}) as each
      group by staff_id
    ) as theirs on theirs.staff_id = staff.id
    where staff.active and staff.role = 'manager' and ${mine(Prisma.sql`staff.id`, asked)}
      and (not ${none} or theirs.count is null)
    order by coalesce(theirs.count, 0) * ${most ? -1 : 1}::int, away, staff.code limit ${PAGE * 2} offset ${from}`
}

/** One of what is asked for. */
export interface Line {
  /** Null: of a referral, nobody within reach. */
  readonly clientId: string | null
  readonly name: string | null
  readonly businessName: string | null
  readonly tier: string | null
  readonly phone: string | null
  readonly sort: string
  readonly on: Day
  readonly amount: number | null
  readonly product: string | null
  readonly note: string | null
  /** The name of whose it is. */
  readonly by: string
  /** Of how many lines this is one. */
  readonly total: number
}

const ENDS = { 'credit-ends': 'credit_expires_on', 'loan-due': 'loan_due_on' } as const

/** A page of what is asked for: clients by what ends first, else by who was not contacted longest. */
export async function linesOf(tx: Queries, asked: Asked): Promise<Line[]> {
  const source = sourceOf(asked)
  const ending = asked.question.where.find(({ by }) => by in ENDS)?.by as keyof typeof ENDS
  const order =
    asked.question.of === 'clients' && ending
      ? Prisma.sql`${Prisma.raw(`client.${ENDS[ending]}`)}, client.id`
      : source.order
  return tx.$queryRaw<Line[]>`
    select "clientId", client.name, client.business_name as "businessName", client.phone,
      client_tier.tier, sort, page.on, page.amount, page.product, page.note, worker.name as by, total
    from (
      select case when ${within(Prisma.sql`client.owner_id`, asked.scope)}
          then client.id end::text as "clientId",
        ${source.sort} as sort, (${source.on})::text as on, (${source.amount})::float8 as amount,
        ${source.product} as product, ${source.note} as note, ${source.staff} as staff_id,
        count(*) over ()::int as total, row_number() over (order by ${order}) as place
      from ${source.from} where ${mine(source.staff, asked)} and ${counted(asked, source)}
      order by ${order} limit ${PAGE} offset ${asked.question.from}
    ) as page join staff as worker on worker.id = page.staff_id
    left join client on client.id = page."clientId"::uuid
    left join client_tier on client_tier.client_id = client.id
    order by page.place`
}
