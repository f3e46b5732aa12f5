import { keepSnapshot, ownSnapshotsOf } from '../../bot/commands/undo-snapshot.ts'
import type { Moment } from '../../bot/moment.ts'
import { addDays, instantOf } from '../../core/calendar/time.ts'
import { newId } from '../../core/ids.ts'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import { idsOf } from '../../infra/database/raw-statements.ts'
import { CLIENT_SOURCES } from '../clients/rules.ts'
import {
  type Holder,
  idOf,
  MEASURES,
  type Measure,
  type SpanProgress,
  type Target,
} from './rules.ts'
import { daysIn, type Span, spansOf } from './span.ts'

/** The people with a list and the units at and below a path, by code or name; all without `said`. */
export async function holdersBelow(
  tx: Queries,
  unitPath: string,
  said: string | null,
): Promise<Holder[]> {
  const rows = await tx.$queryRaw<(Omit<Holder, 'whose'> & { id: string; person: boolean })[]>`
    select staff.id, staff.code, staff.name, null as "unitPath", true as person
    from staff join unit on unit.id = staff.unit_id
    where starts_with(unit.path, ${unitPath}) and staff.active and staff.role = 'manager'
      and (${said}::text is null or lower(staff.code) = lower(${said}) or staff.name = ${said})
    union all
    select id, code, name, path, false from unit
    where starts_with(path, ${unitPath}) and kind <> 'department'
      and (${said}::text is null or lower(code) = lower(${said}) or name = ${said})
    order by person, code`
  return rows.map(({ id, person, ...named }) => ({
    ...named,
    whose: person ? { staffId: id } : { unitId: id },
  }))
}

/** What is set for people and units: the target by their id, span and measure, with a blank between. */
export async function targetsOf(
  tx: Queries,
  holders: readonly string[],
  spans: readonly Span[],
): Promise<ReadonlyMap<string, Pick<Target, 'target' | 'stretch'>>> {
  const rows = await tx.$queryRaw<{ key: string; target: number; stretch: number | null }[]>`
    select coalesce(staff_id, unit_id) || ' ' || span || ' ' || measure as key,
      target::float8 as target, stretch::float8 as stretch
    from quota
    where (staff_id = any(${[...holders]}::uuid[]) or unit_id = any(${[...holders]}::uuid[]))
      and span = any(${[...spans]}::text[])`
  return new Map(rows.map(({ key, ...set }) => [key, set]))
}

/** A quota as it was, by the id of whose it is. */
interface Before {
  readonly of: string
  readonly measure: Measure
  readonly target: number
  readonly stretch: number | null
  readonly setBy: string
  readonly setAt: string
}

/** What an act set, and what stood there. */
interface Changed {
  readonly span: Span
  readonly changed: readonly { readonly of: string; readonly measure: Measure }[]
  readonly before: readonly Before[]
}

/** Quotas that an act set are what they were. */
export async function quotasBack(tx: Queries, actId: string): Promise<void> {
  for (const { before: was } of await ownSnapshotsOf<Changed>(tx, actId, 'quotas')) {
    const { span, changed, before } = was
    await tx.$executeRaw`
      delete from quota using jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as said (of uuid, measure text)
      where quota.span = ${span} and quota.measure = said.measure
        and (quota.staff_id = said.of or quota.unit_id = said.of)`
    await tx.$executeRaw`
      insert into quota (id, unit_id, staff_id, span, measure, target, stretch, set_by, set_at)
      select gen_random_uuid(), unit.id, staff.id, ${span}, measure, target, stretch, "setBy", "setAt"
      from jsonb_to_recordset(${JSON.stringify(before)}::jsonb) as was (of uuid, measure text, target bigint,
        stretch bigint, "setBy" uuid, "setAt" timestamptz)
      left join unit on unit.id = was.of left join staff on staff.id = was.of
      where coalesce(unit.id, staff.id) is not null`
  }
}

/**
 * Sets targets of a span; a target of 0 takes the quota away. A stretch that is not said stays, unless the
 * target is beyond it now.
 */
export async function putTargets(
  tx: Queries,
  span: Span,
  set: readonly (Target & Pick<Holder, 'whose'>)[],
  {
    setBy,
    now,
    actId,
  }: { readonly setBy: string; readonly now: Date; readonly actId: string | null },
): Promise<void> {
  const measures = set.map(({ measure }) => measure)
  const before = await tx.$queryRaw<Before[]>`
    delete from quota using unnest(${set.map(idOf)}::uuid[], ${measures}::text[]) as said(of, measure)
    where quota.span = ${span} and quota.measure = said.measure
      and (quota.staff_id = said.of or quota.unit_id = said.of)
    returning said.of, quota.measure, quota.target::float8 as target, quota.stretch::float8 as stretch,
      quota.set_by::text as "setBy", quota.set_at::text as "setAt"`
  if (actId) {
    const changed = set.map((each) => ({ of: idOf(each), measure: each.measure }))
    await keepSnapshot(tx, actId, 'quotas', null, { span, changed, before } satisfies Changed)
  }
  const stretchOf = (each: (typeof set)[number]) => {
    const old = before.find(({ of, measure }) => of === idOf(each) && measure === each.measure)
    const stretch = each.stretch ?? old?.stretch ?? null
    return stretch !== null && stretch > each.target ? stretch : null
  }
  const kept = set.filter(({ target }) => target > 0)
  const units = kept.map(({ whose }) => ('unitId' in whose ? whose.unitId : null))
  const people = kept.map(({ whose }) => ('staffId' in whose ? whose.staffId : null))
  await tx.$executeRaw`
    insert into quota (id, unit_id, staff_id, span, measure, target, stretch, set_by, set_at)
    select id, unit_id, staff_id, ${span}, measure, target, stretch, ${setBy}::uuid, ${now}::timestamptz
    from unnest(${kept.map(() => newId())}::uuid[], ${units}::uuid[], ${people}::uuid[],
      ${kept.map(({ measure }) => measure)}::text[], ${kept.map(({ target }) => target)}::bigint[],
      ${kept.map(stretchOf)}::bigint[]) as said(id, unit_id, staff_id, measure, target, stretch)`
}

/** The clients that were a person's when they came on file, whoever has them now. */
const ENTERED_AS_THEIRS = Prisma.sql`
  select entered_at, source from client where owner_id = people.person_id and not exists (
    select from owner_change where client_id = client.id and undone_at is null)
  union all
  select entered_at, source from owner_change as first join client on client.id = client_id
  where from_id = people.person_id and undone_at is null and not exists (
    select from owner_change as earlier
    where earlier.client_id = first.client_id and earlier.undone_at is null
      and (earlier.changed_at, earlier.id) < (first.changed_at, first.id))`

const NEW_BY_SOURCE = Prisma.join(
  CLIENT_SOURCES.map(
    (
      source,
    ) => Prisma.sql`when ${`new-${source}`} then (select count(*) from (${ENTERED_AS_THEIRS}) as theirs
      where source = ${source} and entered_at >= starts_at and entered_at < ends_at)`,
  ),
  ' ',
)

/** What of a person reached an application, or went beyond one. */
const APPLIED = Prisma.sql`
  select client_id, amount from outcome where outcome.staff_id = people.person_id and undone_at is null
    and logged_on between from_day and until_day
    and stage in ('applied', 'approved', 'signed', 'granted')`

/** A loan as it is counted: by its id once, whoever it counts for. */
const LOAN = Prisma.sql`loan.id, loan.client_id, claimed, claimed_amount, confirmed, confirmed_amount`

interface Row extends SpanProgress {
  readonly of: string
}

/**
 * How far holders have come with their quotas of some spans, by id, in the order of the spans and measures.
 * What one person did counts for them and for every unit above; a loan of a shared client for both who share it, and
 * once where they are summed up. Days are those of the bank's time zone.
 */
export async function progressOf(
  tx: Queries,
  holders: readonly string[],
  spans: readonly Span[],
  timezone: string,
): Promise<Map<string, SpanProgress[]>> {
  const having = holders.length > 0 ? await holdersWithQuotas(tx, holders, spans) : []
  if (having.length === 0) return new Map()
  const asked = Prisma.sql`
    select quota.id, coalesce(quota.staff_id, quota.unit_id) as of, measure, target, stretch,
      quota.staff_id, unit.path, spans.*
    from quota join spans on spans.span = quota.span left join unit on unit.id = quota.unit_id
    where quota.staff_id = any(${idsOf(having)}) or quota.unit_id = any(${idsOf(having)})`
  return reachedOf(tx, asked, spans, timezone)
}

/** Asked first: to plan what counts for them takes longer than everything else that a list of the day says. */
async function holdersWithQuotas(
  tx: Queries,
  holders: readonly string[],
  spans: readonly Span[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select distinct coalesce(staff_id, unit_id)::text as id from quota
    where span = any(${[...spans]}::text[])
      and (staff_id = any(${[...holders]}::uuid[]) or unit_id = any(${[...holders]}::uuid[]))`
  return rows.map(({ id }) => id)
}

/** What one person or unit did in a span, by measure, where no quota is set: their targets are 0. */
export async function figuresOf(
  tx: Queries,
  holder: string,
  measures: readonly Measure[],
  span: Span,
  timezone: string,
): Promise<readonly SpanProgress[]> {
  const asked = Prisma.sql`
    select gen_random_uuid() as id, holder.of, measure, 0::bigint as target, null::bigint as stretch,
      holder.staff_id, holder.path, spans.*
    from json_array_elements_text(${JSON.stringify(measures)}::json) as measure cross join spans cross join (
      select id as of, id as staff_id, null::text as path from staff where id = ${holder}::uuid
      union all select id, null::uuid, path from unit where id = ${holder}::uuid
    ) as holder`
  return (await reachedOf(tx, asked, [span], timezone)).get(holder) ?? []
}

/** How far those who are `asked` about have come: an id, of whom, a measure with its target, and the span. */
async function reachedOf(
  tx: Queries,
  asked: Prisma.Sql,
  spans: readonly Span[],
  timezone: string,
): Promise<Map<string, SpanProgress[]>> {
  const counted = spans.map((span) => {
    const { from, until } = daysIn(span)
    const starts = instantOf(from, '00:00', timezone)
    return { span, from, until, starts, ends: instantOf(addDays(until, 1), '00:00', timezone) }
  })
  const rows = await tx.$queryRaw<Row[]>`
    with spans as (
      select * from rows from (json_to_recordset(${JSON.stringify(counted)}::json)
        as (span text, "from" date, until date, starts timestamptz, ends timestamptz))
        with ordinality as said (span, from_day, until_day, starts_at, ends_at, place)
    ), asked as (${asked}
    ), people as (
      select asked.*, staff.id as person_id from asked join staff on staff.id = asked.staff_id
      union all
      select asked.*, staff.id
      from asked join unit on starts_with(unit.path, asked.path) join staff on staff.unit_id = unit.id
    ), loans as (
      select people.id as of_quota, ${LOAN} from people join loan_granted as loan on loan.staff_id = people.person_id
        and granted_on between from_day and until_day
      where measure in ('granted', 'granted-amount')
      union
      select people.id as of_quota, ${LOAN} from people join shared_time as shared on shared.staff_id = people.person_id
        join loan_granted as loan on loan.client_id = shared.client_id
        and granted_on between greatest(from_day, shared.since) and least(until_day, shared.until)
      where measure in ('granted', 'granted-amount')
    ), lent as (
      select of_quota as id, count(*) filter (where claimed) as claimed,
        count(distinct client_id) filter (where claimed) as clients,
        count(*) filter (where confirmed) as confirmed,
        coalesce(sum(confirmed_amount), 0) as confirmed_amount,
        coalesce(sum(claimed_amount), 0) as claimed_amount
      from loans group by of_quota
    ), reached as (
      select people.id, sum(case measure
        when 'visits' then (select count(*) from visit where visit.staff_id = people.person_id
          and undone_at is null and visited_on between from_day and until_day)
        when 'new-clients' then (select count(*) from (${ENTERED_AS_THEIRS}) as theirs
          where entered_at >= starts_at and entered_at < ends_at)
        ${NEW_BY_SOURCE}
        when 'needs' then (select count(*) from need where registered_by = people.person_id
          and need.status <> 'withdrawn' and registered_at >= starts_at and registered_at < ends_at)
        when 'touches' then (select count(*) from outcome where outcome.staff_id = people.person_id
          and undone_at is null and logged_on between from_day and until_day and stage <> 'none')
        when 'applied' then (select count(distinct client_id) from (${APPLIED}) as applied)
        when 'applied-amount' then (select sum(amount) from (
          select max(amount) as amount from (${APPLIED}) as applied group by client_id) as each)
        when 'covered' then (select count(*) from product_held
          join client on client.id = product_held.client_id and client.owner_id = people.person_id
          join client_tier on client_tier.client_id = client.id
          join key_product on key_product.tier = client_tier.tier and key_product.product = product_held.product
          where until is null and coalesce(product_held.since, as_of) between from_day and until_day)
        end) as reached
      from people group by people.id
    )
    select of, span, measure, target::float8 as target, stretch::float8 as stretch,
      coalesce(case
        when measure = 'granted' then case when confirms then confirmed else clients end
        when measure = 'granted-amount' then case when confirms then confirmed_amount else claimed_amount end
        else reached end, 0)::float8 as reached,
      case when measure = 'granted' then jsonb_build_object('claimed', coalesce(claimed, 0),
        'confirmedAmount', coalesce(confirmed_amount, 0), 'confirms', confirms) end as loans
    from asked left join reached on reached.id = asked.id left join lent on lent.id = asked.id
      cross join (select exists (select from facility) as confirms) as book
    order by place, array_position(${[...MEASURES]}::text[], measure)`
  return Map.groupBy(rows, ({ of }) => of)
}

/**
 * How far people or units have come with the quotas that are under way, by their id; who has none is left out.
 */
export const quotaProgress = (
  tx: Queries,
  holders: readonly string[],
  { today, timezone }: Pick<Moment, 'today' | 'timezone'>,
): ReturnType<typeof progressOf> => progressOf(tx, holders, spansOf(today), timezone)
