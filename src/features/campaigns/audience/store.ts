import type { Moment } from '../../../bot/moment.ts'
import { addDays } from '../../../core/calendar/time.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { filterSql } from '../../clients/filter/store.ts'
import { filterAbout } from '../../completeness/filter-about.ts'
import { meantByNames } from '../../registers/store.ts'
import { peopleToPick, pickedAs } from '../../staff/store.ts'
import { contactCeiling } from '../../tasks/plan-task.ts'
import { type AudienceCounts, type Campaign, type Plan, SKIPS, type Skip } from '../rules.ts'

type Choosing = Pick<Plan, 'regions' | 'industries' | 'clusters' | 'filter'>
type Audience = Pick<Plan, 'audiencePaths' | 'audienceStaff'>
type Today = Pick<Moment, 'today' | 'timezone'>

/** The managers and leads that a plan is for, over `staff` and `unit`. */
export const memberSql = ({ audiencePaths, audienceStaff }: Audience): Prisma.Sql =>
  Prisma.sql`staff.active and staff.role in ('manager', 'lead')
    and (staff.id = any(${[...audienceStaff]}::uuid[])
      or exists (select from unnest(${[...audiencePaths]}::text[]) as path
        where starts_with(unit.path, path)))`

/** Whether a client fits, over `client`; no regions: all of them, and so with the others. */
async function fitsSql(tx: Queries, plan: Choosing, at: Today): Promise<Prisma.Sql> {
  const { regions, industries, clusters } = plan
  const chosen = filterSql(plan.filter, await filterAbout(tx, plan.filter, at))
  const placed = [
    regions.length === 0
      ? []
      : [Prisma.sql`client.region_id in ${meantByNames('region', regions)}`],
    // Part of a word will do: 汽修 for 汽修厂, which no register knows.
    industries.length === 0
      ? []
      : [
          Prisma.sql`(client.industry_id in ${meantByNames('industry', industries)} or exists (
            select from unnest(${[...industries]}::text[]) as word where strpos(client.industry, word) > 0))`,
        ],
    clusters.length === 0
      ? []
      : [Prisma.sql`client.cluster_id in ${meantByNames('cluster', clusters)}`],
  ].flat()
  return Prisma.join([...placed, chosen], ' and ')
}

/** Why a fitting client is skipped, over `client` and `client_tier`; null: it is not. */
async function skipSql(tx: Queries, { today }: Today): Promise<Prisma.Sql> {
  const { touches, days } = await contactCeiling(tx, today)
  return Prisma.sql`case
    when client.negative_list then 'negative-list'
    when client_tier.tier = 'F' then 'exit-tier'
    when client.do_not_contact is not null then 'do-not-contact'
    when client.contacts[${touches}::int] > ${addDays(today, -days)}::date then 'ceiling'
    end`
}

/** The audience's clients who fit: `from …` with `client`, `client_tier`, `staff`, and what they must meet. */
async function fittingSql(tx: Queries, plan: Audience & Choosing, at: Today): Promise<Prisma.Sql> {
  return Prisma.sql`from staff join unit on unit.id = staff.unit_id
    join client on client.owner_id = staff.id
    left join client_tier on client_tier.client_id = client.id
    where ${memberSql(plan)} and ${await fitsSql(tx, plan, at)}`
}

/** Whom a plan concerns, counted before it starts. */
export async function reachOf(
  tx: Queries,
  plan: Audience & Choosing,
  at: Today,
): Promise<AudienceCounts> {
  const [people] = await tx.$queryRaw<{ people: number; unreachable: number }[]>`
    select count(*)::int as people, count(*) filter (where not exists (
      select from account where account.staff_id = staff.id))::int as unreachable
    from staff join unit on unit.id = staff.unit_id where ${memberSql(plan)}`
  const rows = await tx.$queryRaw<{ skip: Skip | null; clients: number }[]>`
    select skip, count(*)::int as clients from (
      select ${await skipSql(tx, at)} as skip ${await fittingSql(tx, plan, at)}) as fitting
    group by skip`
  const of = (skip: Skip | null) => rows.find((row) => row.skip === skip)?.clients ?? 0
  return {
    people: people?.people ?? 0,
    unreachable: people?.unreachable ?? 0,
    clients: of(null),
    skipped: Object.fromEntries(SKIPS.map((skip) => [skip, of(skip)])) as Record<Skip, number>,
  }
}

/**
 * Draws who of the fitting clients is held out of a campaign, so that what comes of the others can be told from
 * what would have come anyway. Each client's lot is their own and the campaign's: drawn again it falls the same.
 */
export async function drawTrial(tx: Queries, campaign: Campaign, at: Today): Promise<void> {
  if (campaign.controlShare === 0) return
  await tx.$executeRaw`
    insert into campaign_trial (campaign_id, client_id, held_out)
    select ${campaign.id}::uuid, id,
      (hashtextextended(id::text || ${campaign.id}::text, 0) & 2147483647) % 100 < ${campaign.controlShare}::int
    from (select client.id, ${await skipSql(tx, at)} as skip ${await fittingSql(tx, campaign, at)}) as fitting
    where skip is null
    on conflict (campaign_id, client_id) do nothing`
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
const BEST_FIRST = Prisma.sql`array_position(array['A', 'B', 'premium', 'C', 'D'], tier),
  last_contact_on nulls first, id`

/** Clients named in one broadcast, and when somebody asks who is left. */
const FIRST = { broadcast: 5, asked: 12 }

/** The next so many people of the audience by staff code, each with their fitting clients. */
export const membersAfter = (
  tx: Queries,
  campaign: Campaign,
  after: string,
  most: number,
  at: Today,
): Promise<Member[]> => members(tx, campaign, at, FIRST.broadcast, { after, most, only: null })

/** One person's fitting clients that are not tagged yet. */
export async function fittingLeft(
  tx: Queries,
  campaign: Campaign,
  staffId: string,
  at: Today,
): Promise<Pick<Member, 'fitting' | 'first'>> {
  const one = { after: '', most: 1, only: staffId }
  const [member] = await members(tx, campaign, at, FIRST.asked, one)
  return member ?? { fitting: 0, first: [] }
}

async function members(
  tx: Queries,
  campaign: Campaign,
  at: Today,
  first: number,
  which: { readonly after: string; readonly most: number; readonly only: string | null },
): Promise<Member[]> {
  return tx.$queryRaw<Member[]>`
    with member as (
      select staff.id, staff.code from staff join unit on unit.id = staff.unit_id
      where ${memberSql(campaign)} and staff.code > ${which.after}
        and (${which.only}::uuid is null or staff.id = ${which.only}::uuid)
      order by staff.code limit ${which.most}
    )
    select member.id as "staffId", member.code, coalesce(book.fitting, 0) as fitting,
      coalesce(book.first, '[]'::jsonb) as first
    from member left join lateral (
      select count(*)::int as fitting, jsonb_agg(jsonb_build_object('clientId', id, 'name', name,
        'businessName', business_name, 'tier', tier, 'pendingTier', (select "to" from tier_change
          where tier_change.client_id = ordered.id and status = 'pending')) order by place)
        filter (where place <= ${first}::int) as first
      from (
        select *, row_number() over (order by ${BEST_FIRST}) as place from (
          select client.id, client.name, client.business_name, client.last_contact_on,
            client_tier.tier, ${await skipSql(tx, at)} as skip
          from client left join client_tier on client_tier.client_id = client.id
          where client.owner_id = member.id and ${await fitsSql(tx, campaign, at)}
            and not exists (select from campaign_response as response
              where response.campaign_id = ${campaign.id}::uuid and response.client_id = client.id)
            and not exists (select from campaign_trial as trial
              where trial.campaign_id = ${campaign.id}::uuid and trial.client_id = client.id
                and trial.held_out)
        ) as each where skip is null
      ) as ordered
    ) as book on true
    order by member.code`
}

export interface NamedAudience {
  readonly paths: readonly string[]
  readonly staff: readonly string[]
  /** Each of them, with the unit at or in which it is. */
  readonly places: readonly { readonly name: string; readonly path: string }[]
  /** Words that name nobody, and names that several people bear. */
  readonly unclear: readonly string[]
}

const EVERYBODY = /^(?:全部|全行|all|everybody|everyone)$/i
const OWN_UNIT = /^(?:全队|全组|[我本]们?(?:队|组|团队|支行|机构)|team)$/i

/**
 * Whom words name: units by name or code, one's own by 全队 or the end of its name (一队 of 城东支行一队), people by
 * staff code or by a name that is theirs alone. `own`: the path of the asker's unit.
 */
export async function audienceNamed(
  tx: Queries,
  words: readonly string[],
  own: string,
): Promise<NamedAudience> {
  const units = await tx.unit.findMany({ where: { kind: { not: 'department' } } })
  const codes = words.flatMap((word) => [word, ...(word.match(/[^()]+(?=\)$)/) ?? [])])
  const staff = await tx.staff.findMany({
    where: { active: true, OR: [{ code: { in: codes } }, { name: { in: [...words] } }] },
    include: { unit: true },
  })
  const paths = new Set<string>()
  const people = new Set<string>()
  const places: { name: string; path: string }[] = []
  const unclear: string[] = []
  for (const word of words) {
    const called = units.filter(({ name, code, kind, path }) =>
      EVERYBODY.test(word)
        ? kind === 'head-office'
        : OWN_UNIT.test(word)
          ? path === own
          : name === word || code.toLowerCase() === word.toLowerCase(),
    )
    const short = units.filter(({ name, path }) => path.startsWith(own) && name.endsWith(word))
    const named = called.length === 0 && word.length > 1 && short.length === 1 ? short : called
    const [person, ...others] = staff.filter(
      (each) => each.name === word || each.code === word || pickedAs(each) === word,
    )
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
  return [
    ...units.map(({ code, name }) => (codes ? code : name)),
    ...staff.map((each) => (codes ? pickedAs(each) : each.name)),
  ]
}

/** Units and people below a path that a plan may be for, to pick from. `but`: whoever picks. */
export const audienceToPick = async (tx: Queries, path: string, but: string): Promise<string[]> => [
  ...(await unitsToPick(tx, path)),
  ...(await peopleToPick(tx, path, but)),
]

/** Units below a path that work with clients, by name, to pick from. */
export async function unitsToPick(tx: Queries, path: string): Promise<string[]> {
  const units = await tx.unit.findMany({
    where: { path: { startsWith: path }, kind: { not: 'department' } },
    orderBy: { path: 'asc' },
    take: MOST_UNITS,
    select: { name: true },
  })
  return units.map(({ name }) => name)
}

/** So many units are offered in a form. */
const MOST_UNITS = 200
