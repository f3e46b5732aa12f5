import { type Days, daysOf } from '../../../core/calendar/period.ts'
import { addDays, type Day } from '../../../core/calendar/time.ts'
import { Prisma } from '../../../generated/client.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Register } from '../../registers/rules.ts'
import { meantBy } from '../../registers/store.ts'
import type { Bounds, ClientFilter, Condition, Filtered, Worth } from './rules.ts'

/** What a filter is read by. */
export interface FilterAbout {
  readonly today: Day
  /** That of the bank, in which moments are days. */
  readonly timezone: string
  /**
   * What a file lacks, as an array, over `client` and `facts` (`completeness/missing-sql.ts`); null where
   * no condition asks for it.
   */
  readonly missing: string | null
}

/** A filter as a condition on `client`: of any book, as each part is found by the client alone. */
export const filterSql = (filter: ClientFilter, about: FilterAbout): Prisma.Sql =>
  filter.length === 0
    ? Prisma.sql`true`
    : Prisma.join(
        filter.map((each) => conditionSql(each, about)),
        ' and ',
      )

const PLACE_COLUMN: Readonly<Record<Register, Prisma.Sql>> = {
  region: Prisma.sql`client.region_id`,
  cluster: Prisma.sql`client.cluster_id`,
  industry: Prisma.sql`client.industry_id`,
}

const WORTH_COLUMN: Readonly<Record<Worth, Prisma.Sql>> = {
  balance: Prisma.sql`credit_limit::float8 * usage_rate`,
  deposits: Prisma.sql`deposits`,
  income: Prisma.sql`yearly_income`,
}

function conditionSql(asked: Condition, about: FilterAbout): Prisma.Sql {
  const { today, timezone } = about
  switch (asked.by) {
    case 'tier':
      return Prisma.sql`exists (select from client_tier
        where client_id = client.id and tier = any(${asked.among}::text[]))`
    case 'kind':
      return Prisma.sql`client.kind = any(${asked.among}::text[])`
    case 'product': {
      const held = Prisma.sql`exists (select from product_held
        where client_id = client.id and product = ${asked.code}
          and (until is null or until >= ${today}::date))`
      return asked.held ? held : Prisma.sql`not ${held}`
    }
    case 'usage':
      return factSql(Prisma.sql`usage_rate`, asked.is)
    case 'limit':
      return factSql(Prisma.sql`credit_limit`, asked.is)
    case 'worth':
      return factSql(WORTH_COLUMN[asked.of], asked.is)
    case 'credit-ends':
      return onSql(Prisma.sql`client.credit_expires_on`, daysOf(asked.in, today))
    case 'loan-due':
      return onSql(Prisma.sql`client.loan_due_on`, daysOf(asked.in, today))
    case 'place':
      return Prisma.sql`${PLACE_COLUMN[asked.register]} in ${meantBy(asked.among.map(({ id }) => id))}`
    case 'source':
      return Prisma.sql`client.source = any(${asked.among}::text[])`
    case 'unit':
      return Prisma.sql`client.owner_id in (
        select staff.id from staff join unit on unit.id = staff.unit_id
        where starts_with(unit.path, ${asked.path}))`
    case 'owner':
      return Prisma.sql`client.owner_id = any(${asked.among.map(({ id }) => id)}::uuid[])`
    case 'uncontacted':
      return Prisma.sql`coalesce(client.last_contact_on, ${enteredOn(timezone)})
        <= ${addDays(today, -asked.days)}::date`
    case 'complete':
      return completeSql(asked.is, about)
    case 'next-task': {
      const open = Prisma.sql`exists (select from task
        where task.client_id = client.id and task.status = 'open')`
      return asked.is ? open : Prisma.sql`not ${open}`
    }
    case 'entered':
      return onSql(enteredOn(timezone), daysOf(asked.in, today))
  }
}

const enteredOn = (timezone: string): Prisma.Sql =>
  Prisma.sql`(client.entered_at at time zone ${timezone})::date`

function completeSql(is: boolean, { missing }: FilterAbout): Prisma.Sql {
  if (missing === null) throw new Error('the filter looks at what files lack, which was not said')
  // A self-join and no subquery for each row: a whole bank is read once.
  const complete = Prisma.raw(`(${missing}) = '{}'`)
  return Prisma.sql`client.id in (
    select client.id from client left join client_facts as facts on facts.client_id = client.id
    where client.kind <> 'lapsed' and ${is ? complete : Prisma.sql`not ${complete}`})`
}

const factSql = (column: Prisma.Sql, { atLeast, above, atMost, below }: Bounds): Prisma.Sql => {
  const compared = [
    atLeast === undefined ? [] : [Prisma.sql`${column} >= ${atLeast}::float8`],
    above === undefined ? [] : [Prisma.sql`${column} > ${above}::float8`],
    atMost === undefined ? [] : [Prisma.sql`${column} <= ${atMost}::float8`],
    below === undefined ? [] : [Prisma.sql`${column} < ${below}::float8`],
  ].flat()
  return Prisma.sql`exists (select from client_facts
    where client_id = client.id and ${Prisma.join(compared, ' and ')})`
}

function onSql(column: Prisma.Sql, { from, until }: Days): Prisma.Sql {
  const bounds = [
    from === null ? [] : [Prisma.sql`${column} >= ${from}::date`],
    until === null ? [] : [Prisma.sql`${column} <= ${until}::date`],
  ].flat()
  return Prisma.join(bounds, ' and ')
}

type Row = Omit<Filtered, 'places'> & Readonly<Record<`${Register}Ids`, readonly string[]>>

/** The entries by each of which a client is found: what the client's own is the same as, and its section. */
const foundBy = (register: Register): Prisma.Sql => Prisma.sql`array(
  select found.id::text from register_entry as own join register_entry as found on found.register = own.register
    and (coalesce(found.same_as, found.id) = coalesce(own.same_as, own.id) or starts_with(own.code, found.code))
  where own.id = ${PLACE_COLUMN[register]} order by found.id)`

/** What filters look at of clients, by id; who is not on file is left out. */
export async function filteredOf(
  tx: Queries,
  clientIds: readonly string[],
  { today, timezone, missing }: FilterAbout,
): Promise<Map<string, Filtered>> {
  const lacks =
    missing === null
      ? Prisma.sql`null::int`
      : Prisma.sql`case when client.kind <> 'lapsed' then cardinality(${Prisma.raw(missing)}) end`
  const rows = await tx.$queryRaw<Row[]>`
    select client.id::text, client.kind, client_tier.tier,
      array(select product from product_held where client_id = client.id
        and (until is null or until >= ${today}::date) order by product) as products,
      facts.usage_rate as usage, facts.credit_limit::float8 as "limit",
      facts.deposits::float8 as deposits, facts.yearly_income::float8 as income,
      client.credit_expires_on::text as "creditEndsOn",
      client.loan_due_on::text as "loanDueOn", ${foundBy('region')} as "regionIds",
      ${foundBy('cluster')} as "clusterIds", ${foundBy('industry')} as "industryIds",
      client.source, client.owner_id::text as "ownerId", unit.path as "unitPath",
      client.last_contact_on::text as "lastContactOn",
      (client.entered_at at time zone ${timezone})::date::text as "enteredOn",
      (select min(due_on) from task where task.client_id = client.id and task.status = 'open')::text
        as "nextTaskOn",
      ${lacks} as missing
    from client join staff on staff.id = client.owner_id join unit on unit.id = staff.unit_id
    left join client_tier on client_tier.client_id = client.id
    left join client_facts as facts on facts.client_id = client.id
    where client.id = any(${clientIds}::uuid[])`
  return new Map(
    rows.map(({ regionIds, clusterIds, industryIds, ...client }) => [
      client.id,
      { ...client, places: { region: regionIds, cluster: clusterIds, industry: industryIds } },
    ]),
  )
}
