import { addDays, type Day } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { contactCeiling } from '../tasks/plan-task.ts'
import { type AudienceCounts, type Campaign, type Plan, SKIPS, type Skip } from './rules.ts'

type Filter = Pick<Plan, 'regions' | 'industries' | 'clusters'>
type Audience = Pick<Plan, 'audiencePaths' | 'audienceStaff'>

/** The managers and leads that a plan is for: `$1` paths, `$2` persons. */
const MEMBER = `staff.active and staff.role in ('manager', 'lead')
  and (staff.id = any($2::uuid[])
    or exists (select from unnest($1::text[]) as path where starts_with(unit.path, path)))`

/** Whether a client fits: `$3` regions, `$4` industries, `$5` clusters; empty: all. */
const FITS = `
  (cardinality($3::text[]) = 0 or client.region = any($3::text[]))
  and (cardinality($4::text[]) = 0 or exists (
    select from unnest($4::text[]) as word where strpos(client.industry, word) > 0))
  and (cardinality($5::text[]) = 0 or client.cluster = any($5::text[]))`

/** Why a fitting client is skipped; null: it is not. `$6` the day after which contacts count, `$7` how many are enough. */
const SKIP = `case
  when client.negative_list then 'negative-list'
  when client_tier.tier = 'F' then 'exit-tier'
  when client.do_not_contact is not null then 'do-not-contact'
  when client.contacts[$7::int] > $6::date then 'ceiling'
  end`

async function parametersOf(tx: Queries, plan: Audience & Filter, today: Day) {
  const { touches, days } = await contactCeiling(tx, today)
  const { audiencePaths, audienceStaff, regions, industries, clusters } = plan
  const from = addDays(today, -days)
  return [audiencePaths, audienceStaff, regions, industries, clusters, from, touches]
}

/** Whom a plan concerns, counted before it starts. */
export async function reachOf(
  tx: Queries,
  plan: Audience & Filter,
  today: Day,
): Promise<AudienceCounts> {
  const [people] = await tx.$queryRawUnsafe<{ people: number; unreachable: number }[]>(
    `select count(*)::int as people, count(*) filter (where not exists (
       select from account where account.staff_id = staff.id))::int as unreachable
     from staff join unit on unit.id = staff.unit_id where ${MEMBER}`,
    plan.audiencePaths,
    plan.audienceStaff,
  )
  const rows = await tx.$queryRawUnsafe<{ skip: Skip | null; clients: number }[]>(
    `select skip, count(*)::int as clients from (
       select ${SKIP} as skip
       from staff join unit on unit.id = staff.unit_id
       join client on client.owner_id = staff.id
       left join client_tier on client_tier.client_id = client.id
       where ${MEMBER} and ${FITS}) as fitting
     group by skip`,
    ...(await parametersOf(tx, plan, today)),
  )
  const of = (skip: Skip | null) => rows.find((row) => row.skip === skip)?.clients ?? 0
  return {
    people: people?.people ?? 0,
    unreachable: people?.unreachable ?? 0,
    clients: of(null),
    skipped: Object.fromEntries(SKIPS.map((skip) => [skip, of(skip)])) as Record<Skip, number>,
  }
}

export interface Fitting {
  readonly clientId: string
  readonly name: string
  readonly businessName: string | null
  readonly tier: string | null
  /** Waits for approval; null: nothing does. */
  readonly pendingTier: string | null
}

export interface Member {
  readonly staffId: string
  readonly code: string
  /** How many clients of theirs fit, and the first of them. */
  readonly fitting: number
  readonly first: readonly Fitting[]
}

/** What the first clients of a manager are shown by: tiers first that give most, then the longest not contacted. */
const BEST_FIRST = `array_position(array['A', 'B', 'premium', 'C', 'D'], tier), last_contact_on nulls first, id`

/** Clients named in one broadcast, and when somebody asks who is left. */
const FIRST = { broadcast: 5, asked: 12 }

/** The next so many people of the audience by staff code, each with their fitting clients. */
export const membersAfter = (
  tx: Queries,
  campaign: Campaign,
  after: string,
  most: number,
  today: Day,
): Promise<Member[]> => members(tx, campaign, today, FIRST.broadcast, { after, most, only: null })

/** One person's fitting clients that are not tagged yet. */
export async function fittingLeft(
  tx: Queries,
  campaign: Campaign,
  staffId: string,
  today: Day,
): Promise<Pick<Member, 'fitting' | 'first'>> {
  const one = { after: '', most: 1, only: staffId }
  const [member] = await members(tx, campaign, today, FIRST.asked, one)
  return member ?? { fitting: 0, first: [] }
}

async function members(
  tx: Queries,
  campaign: Campaign,
  today: Day,
  first: number,
  which: { readonly after: string; readonly most: number; readonly only: string | null },
): Promise<Member[]> {
  return tx.$queryRawUnsafe<Member[]>(
    `with member as (
       select staff.id, staff.code from staff join unit on unit.id = staff.unit_id
       where ${MEMBER} and staff.code > $8 and ($11::uuid is null or staff.id = $11::uuid)
       order by staff.code limit $9
     )
     select member.id as "staffId", member.code, coalesce(book.fitting, 0) as fitting,
       coalesce(book.first, '[]'::jsonb) as first
     from member left join lateral (
       select count(*)::int as fitting, jsonb_agg(jsonb_build_object('clientId', id, 'name', name,
         'businessName', business_name, 'tier', tier, 'pendingTier', (select "to" from tier_change
           where tier_change.client_id = ordered.id and status = 'pending')) order by place)
         filter (where place <= ${first}) as first
       from (
         select *, row_number() over (order by ${BEST_FIRST}) as place from (
           select client.id, client.name, client.business_name, client.last_contact_on,
             client_tier.tier, ${SKIP} as skip
           from client left join client_tier on client_tier.client_id = client.id
           where client.owner_id = member.id and ${FITS}
             and not exists (select from campaign_response as response
               where response.campaign_id = $10::uuid and response.client_id = client.id)
         ) as each where skip is null
       ) as ordered
     ) as book on true
     order by member.code`,
    ...(await parametersOf(tx, campaign, today)),
    which.after,
    which.most,
    campaign.id,
    which.only,
  )
}

export interface NamedAudience {
  readonly paths: readonly string[]
  readonly staff: readonly string[]
  /** Each of them, with the unit at or in which it is. */
  readonly places: readonly { readonly name: string; readonly path: string }[]
  /** Words that name nobody, and names that several people bear. */
  readonly unclear: readonly string[]
}

/** Whom words name: units by name or code, people by staff code or by a name that is theirs alone. */
export async function audienceNamed(tx: Queries, words: readonly string[]): Promise<NamedAudience> {
  const units = await tx.unit.findMany({ where: { kind: { not: 'department' } } })
  const staff = await tx.staff.findMany({
    where: { active: true, OR: [{ code: { in: [...words] } }, { name: { in: [...words] } }] },
    include: { unit: true },
  })
  const paths = new Set<string>()
  const people = new Set<string>()
  const places: { name: string; path: string }[] = []
  const unclear: string[] = []
  for (const word of words) {
    const everybody = /^(全部|全行|all|everybody|everyone)$/i.test(word)
    const named = units.filter(({ name, code, kind }) =>
      everybody
        ? kind === 'head-office'
        : name === word || code.toLowerCase() === word.toLowerCase(),
    )
    const [person, ...others] = staff.filter(({ name, code }) => name === word || code === word)
    for (const { path } of named) paths.add(path)
    places.push(...named)
    if (named.length > 0) continue
    if (person && others.length === 0) {
      people.add(person.id)
      places.push({ name: person.name, path: person.unit.path })
    } else unclear.push(word)
  }
  return { paths: [...paths], staff: [...people], places, unclear }
}

/** The names of an audience: to be read, or as codes where a form needs to understand them again. */
export async function audienceLabels(
  tx: Queries,
  plan: Audience,
  codes = false,
): Promise<string[]> {
  const units = await tx.unit.findMany({
    where: { path: { in: [...plan.audiencePaths] } },
    orderBy: { path: 'asc' },
  })
  const staff = await tx.staff.findMany({ where: { id: { in: [...plan.audienceStaff] } } })
  return [...units, ...staff].map(({ code, name }) => (codes ? code : name))
}
