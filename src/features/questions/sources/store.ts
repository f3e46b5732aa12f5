import type { Scope } from '../../../bot/policy.ts'
import { Prisma } from '../../../generated/client.ts'
import { type FilterAbout, filterSql } from '../../clients/filter/store.ts'
import { daysAsked, type Of, type Question } from '../rules.ts'

/** A question with everything that it is asked within. */
export interface Asked {
  readonly question: Question
  /** As far as the asker may see: nothing beyond is counted, whatever the question says. */
  readonly scope: Scope
  /** The unit whose parts are told apart, by its path. */
  readonly base: string
  readonly about: FilterAbout
}

/** What is asked for, as SQL: one row for each, beside its `client`. */
export interface Source {
  readonly from: Prisma.Sql
  /** Whose it is, by their id. */
  readonly staff: Prisma.Sql
  /** The day it is of. */
  readonly on: Prisma.Sql
  /** What `Question.sorts` chooses. */
  readonly sort: Prisma.Sql
  /** Whole yuan; null: none, or not said. */
  readonly amount: Prisma.Sql
  readonly product: Prisma.Sql
  readonly note: Prisma.Sql
  readonly stands: Prisma.Sql
  readonly order: Prisma.Sql
}

const NOTHING = Prisma.sql`null::text`
const ANY = Prisma.sql`true`

const SOURCES: Readonly<Record<Of, (timezone: string) => Source>> = {
  clients: (timezone) => ({
    from: Prisma.sql`client`,
    staff: Prisma.sql`client.owner_id`,
    on: Prisma.sql`(client.entered_at at time zone ${timezone})::date`,
    sort: Prisma.sql`client.kind`,
    amount: Prisma.sql`(select credit_limit from client_facts where client_id = client.id)`,
    product: NOTHING,
    note: NOTHING,
    stands: ANY,
    order: Prisma.sql`client.last_contact_on nulls first, client.id`,
  }),
  tasks: () => ({
    from: Prisma.sql`task join client on client.id = task.client_id`,
    staff: Prisma.sql`task.manager_id`,
    on: Prisma.sql`task.due_on`,
    sort: Prisma.sql`task.kind`,
    amount: Prisma.sql`task.amount`,
    product: Prisma.sql`task.product`,
    note: Prisma.sql`task.note`,
    stands: Prisma.sql`task.status = 'open'`,
    order: Prisma.sql`task.due_on, task.priority desc, task.id`,
  }),
  outcomes: () => ({
    from: Prisma.sql`(
      select id, client_id, staff_id, kind, amount, product, note, logged_on as on, logged_at
      from outcome where undone_at is null
      union all
      select id, client_id, staff_id, 'visit', null, null, note, visited_on, logged_at
      from visit where undone_at is null
    ) as done join client on client.id = done.client_id`,
    staff: Prisma.sql`done.staff_id`,
    on: Prisma.sql`done.on`,
    sort: Prisma.sql`done.kind`,
    amount: Prisma.sql`done.amount`,
    product: Prisma.sql`done.product`,
    note: Prisma.sql`done.note`,
    stands: ANY,
    order: Prisma.sql`done.logged_at desc, done.id desc`,
  }),
  needs: (timezone) => ({
    from: Prisma.sql`need join client on client.id = need.client_id`,
    staff: Prisma.sql`need.registered_by`,
    on: Prisma.sql`(need.registered_at at time zone ${timezone})::date`,
    sort: Prisma.sql`need.product`,
    amount: Prisma.sql`need.amount`,
    product: Prisma.sql`need.product`,
    note: Prisma.sql`need.note`,
    stands: Prisma.sql`need.status <> 'withdrawn'`,
    order: Prisma.sql`need.registered_at desc, need.id desc`,
  }),
  // Whose link it was, or whose client's; who came stays unnamed where they are nobody's within reach.
  referrals: (timezone) => ({
    from: Prisma.sql`referral_entry as entry join referral_link as link on link.id = entry.link_id
      left join client as referrer on referrer.id = link.client_id
      left join client on client.id = entry.client_id`,
    staff: Prisma.sql`coalesce(link.staff_id, referrer.owner_id)`,
    on: Prisma.sql`(entry.entered_at at time zone ${timezone})::date`,
    sort: Prisma.sql`entry.status`,
    amount: Prisma.sql`null::bigint`,
    product: Prisma.sql`link.product`,
    note: NOTHING,
    stands: Prisma.sql`entry.status in ('new', 'held', 'accepted')`,
    order: Prisma.sql`entry.entered_at desc, entry.id desc`,
  }),
}

/** As an array, which the indexes by person are looked up with: a join would read the whole bank's rows. */
const below = (staff: Prisma.Sql, path: string): Prisma.Sql => Prisma.sql`${staff} = any(array(
  select staff.id from staff join unit on unit.id = staff.unit_id
  where starts_with(unit.path, ${path})))`

export function within(staff: Prisma.Sql, scope: Scope): Prisma.Sql {
  switch (scope.kind) {
    case 'own':
      return Prisma.sql`${staff} = any(${[...scope.staffIds]}::uuid[])`
    case 'subtree':
      return below(staff, scope.path)
    case 'all':
      return ANY
    case 'none':
      return Prisma.sql`false`
  }
}

/** Whose it is, as the question says and within reach. */
export function mine(staff: Prisma.Sql, { question: { whose }, scope }: Asked): Prisma.Sql {
  const reach = within(staff, scope)
  if (whose === null || typeof whose === 'string') return reach
  const said =
    'people' in whose
      ? Prisma.sql`${staff} = any(${whose.people.map(({ id }) => id)}::uuid[])`
      : below(staff, whose.path)
  return Prisma.sql`${reach} and ${said}`
}

/** What is counted, but for whose it is. */
export function counted({ question, about }: Asked, source: Source): Prisma.Sql {
  const { from, until } = daysAsked(question.of, question.when, about.today)
  const parts = [
    source.stands,
    ...(from === null ? [] : [Prisma.sql`${source.on} >= ${from}::date`]),
    ...(until === null ? [] : [Prisma.sql`${source.on} <= ${until}::date`]),
    ...(question.sorts.length === 0
      ? []
      : [Prisma.sql`${source.sort} = any(${question.sorts}::text[])`]),
    filterSql(question.where, about),
  ]
  return Prisma.join(parts, ' and ')
}

export const sourceOf = ({ question: { of }, about: { timezone } }: Asked): Source =>
  SOURCES[of](timezone)
