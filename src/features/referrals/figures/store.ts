import { type Day, instantOf } from '../../../core/calendar/time.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Figures, Grouping, State } from './rules.ts'

/** Whose links: one member of staff's and their clients', one client's, or those of the units below a path. */
export type Whose =
  | { readonly staffId: string }
  | { readonly clientId: string }
  | { readonly path: string }

/**
 * Links of staff and of the clients they serve, found by whose they are, and not among all of the bank. `ids`: of the
 * staff, as an array, of which the planner expects few whatever it says.
 */
const linksOf = (ids: string): string => `(
    select * from referral_link where staff_id = any(${ids})
    union all
    select own.* from client join referral_link as own on own.client_id = client.id
    where owner_id = any(${ids}) and own.staff_id is null
  ) as link`

const LINKS_OF_STAFF = linksOf('array[$1::uuid]')
const LINKS_OF_UNITS = linksOf(
  'array(select staff.id from unit join staff on staff.unit_id = unit.id where starts_with(path, $1))',
)

/** The path of a unit that is the whole bank: one after the other its links would take longer than all at once. */
const WHOLE_BANK = /^\/[^/]*\/?$/

/** A table expression `link` and the condition on it, with `$1`, and what stands for that. */
function whoseSql(whose: Whose): { links: string; condition: string; of: string } {
  if ('staffId' in whose) return { links: LINKS_OF_STAFF, condition: 'true', of: whose.staffId }
  const links = 'referral_link as link'
  if ('clientId' in whose)
    return { links, condition: 'link.client_id = $1::uuid', of: whose.clientId }
  const condition = 'starts_with(unit.path, $1)'
  return { links: WHOLE_BANK.test(whose.path) ? links : LINKS_OF_UNITS, condition, of: whose.path }
}

export interface Span {
  readonly from: Day | null
  readonly until: Day | null
  readonly timezone: string
}

/** For each grouping, what a line stands for and how it is called; `moment` is that of a click or entry. */
const KEYS: Record<Grouping | 'whole', { key: string; label: string }> = {
  whole: { key: `''::text`, label: `''::text` },
  person: {
    key: 'coalesce(link.staff_id, link.client_id)::text',
    label: `coalesce(client.name || '*', staff.name)`,
  },
  unit: {
    key: 'coalesce(branch.id, unit.id)::text',
    label: 'coalesce(branch.name, unit.name)',
  },
  campaign: {
    key: `coalesce(link.campaign_id::text, link.product, '')`,
    label: `coalesce(link.offer, '')`,
  },
  month: {
    key: `to_char(moment at time zone $4, 'YYYY-MM')`,
    label: `to_char(moment at time zone $4, 'YYYY-MM')`,
  },
}

const WHOSE = `
  left join client on client.id = link.client_id
  join staff on staff.id = coalesce(link.staff_id, client.owner_id)
  join unit on unit.id = staff.unit_id
  left join lateral (
    select id, name from unit as above where starts_with(unit.path, above.path)
      and above.kind in ('branch', 'sub-branch') order by length(above.path) desc limit 1
  ) as branch on true`

/**
 * How far an entry with the credit got: the first outcomes of its client after it, before somebody
 * else's referral took the credit over. What was undone never happened.
 */
export const REACHED = `
  left join lateral (
    select min(logged_at) filter (where stage <> 'none') as contacted,
      min(logged_at) filter (where stage in ('applied', 'approved', 'signed', 'granted')) as applied,
      min(logged_at) filter (where stage = 'granted') as granted
    from outcome where outcome.client_id = entry.client_id and undone_at is null
      and logged_at >= entry.entered_at
      and not exists (select from referral_entry as later
        where later.client_id = entry.client_id and later.status = 'accepted'
          and later.credit = 'first' and later.entered_at > entry.entered_at
          and later.entered_at <= outcome.logged_at)
  ) as reached on entry.status = 'accepted' and entry.credit = 'first'`

/** Of the same entry, the loan to its client that a facility confirms. `$4`: the time zone of its days. */
export const CONFIRMED = `
  left join lateral (
    select min(granted_on) as confirmed from loan_granted as loan
    where loan.client_id = entry.client_id and loan.confirmed
      and granted_on >= (entry.entered_at at time zone $4)::date
      and not exists (select from referral_entry as later
        where later.client_id = entry.client_id and later.status = 'accepted'
          and later.credit = 'first' and later.entered_at > entry.entered_at
          and (later.entered_at at time zone $4)::date <= granted_on)
  ) as lent on entry.status = 'accepted' and entry.credit = 'first'`

const instants = ({ from, until, timezone }: Span): [Date, Date] => [
  from ? instantOf(from, '00:00', timezone) : new Date(0),
  until ? instantOf(until, '00:00', timezone) : new Date('9999-01-01T00:00:00Z'),
]

/** Figures of links, best first; clicks and entries count in the month they happened in. */
export async function figuresOf(
  tx: Queries,
  grouping: Grouping | 'whole',
  whose: Whose,
  span: Span,
): Promise<Figures[]> {
  const { key, label } = KEYS[grouping]
  const { links, condition, of } = whoseSql(whose)
  const [from, until] = instants(span)
  const at = (moment: string) => [key.replace('moment', moment), label.replace('moment', moment)]
  const [clickKey, clickLabel] = at('click.clicked_at')
  const [entryKey, entryLabel] = at('entry.entered_at')
  return tx.$queryRawUnsafe<Figures[]>(
    `with opened as (
       select ${clickKey} as key, min(${clickLabel}) as label,
         count(distinct click.visitor)::int as opened,
         count(distinct click.visitor) filter (where click.via = 'scan')::int as scanned
       from referral_click as click join ${links} on link.id = click.link_id ${WHOSE}
       where ${condition} and click.clicked_at >= $2::timestamptz
         and click.clicked_at < $3::timestamptz
       group by 1
     ), left_details as (
       select ${entryKey} as key, min(${entryLabel}) as label,
         count(*) filter (where entry.status in ('new', 'held', 'accepted'))::int as left,
         count(*) filter (where entry.status = 'held')::int as held,
         count(reached.contacted)::int as contacted, count(reached.applied)::int as applied,
         count(reached.granted)::int as granted, count(lent.confirmed)::int as confirmed,
         round(percentile_cont(0.5) within group (
           order by extract(epoch from reached.granted - entry.entered_at) / 86400))::int as days
       from referral_entry as entry join ${links} on link.id = entry.link_id
       ${WHOSE} ${REACHED} ${CONFIRMED}
       where ${condition} and entry.entered_at >= $2::timestamptz
         and entry.entered_at < $3::timestamptz
       group by 1
     )
     select coalesce(left_details.label, opened.label) as label, coalesce(opened, 0) as opened,
       coalesce(scanned, 0) as scanned, coalesce("left", 0) as "left", coalesce(held, 0) as held,
       coalesce(contacted, 0) as contacted, coalesce(applied, 0) as applied,
       coalesce(granted, 0) as granted, coalesce(confirmed, 0) as confirmed, confirms, days
     from opened full join left_details using (key)
     cross join (select exists (select from facility) as confirms) as bank
     order by ${grouping === 'month' ? 'label desc,' : ''}
       case when confirms then confirmed else granted end desc nulls last, granted desc, applied desc,
       "left" desc, opened desc, label`,
    of,
    from,
    until,
    span.timezone,
  )
}

/** Somebody who came, as far as the asker may know. */
export interface Arrived {
  readonly enteredAt: Date
  /** Null where they are none of the asker's clients. */
  readonly name: string | null
  /** The client who recommended them; null for the asker's own link. */
  readonly through: string | null
  readonly state: State
  readonly credit: 'first' | 'later' | 'none' | null
  readonly returning: boolean
}

/** The latest who came by a member of staff's own links and those of their clients. */
export async function latestArrived(
  tx: Queries,
  staffId: string,
  most: number,
): Promise<Arrived[]> {
  return tx.$queryRawUnsafe<Arrived[]>(
    `select entry.entered_at as "enteredAt", client.name as through, entry.credit, entry.returning,
       case when person.owner_id = $1::uuid then person.name end as name,
       case when entry.status in ('held', 'rejected', 'withdrawn') then entry.status
         when reached.granted is not null then 'granted'
         when reached.applied is not null then 'applied'
         when reached.contacted is not null then 'contacted' else 'left' end as state
     from referral_entry as entry join ${LINKS_OF_STAFF} on link.id = entry.link_id
     ${WHOSE} ${REACHED}
     left join client as person on person.id = entry.client_id
     where entry.status <> 'repeated'
     order by entry.entered_at desc, entry.id desc limit $2`,
    staffId,
    most,
  )
}
