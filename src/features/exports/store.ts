import type { Queries } from '../../infra/database/index.ts'
import { identitiesOfClients } from '../clients/identity/store.ts'
import type { Book, ExportedClient } from './rules.ts'

/** Clients read at one time. */
const PAGE = 1000

/** Whose clients are in a book, in the order of units and codes. */
async function ownersOf(tx: Queries, book: Book): Promise<string[]> {
  if (book.kind === 'person') return [book.staffId]
  const owners = await tx.$queryRaw<{ id: string }[]>`
    select staff.id from unit as top join unit on starts_with(unit.path, top.path)
    join staff on staff.unit_id = unit.id
    where top.id = ${book.unitId}::uuid
      and exists (select from client where owner_id = staff.id)
    order by unit.path, staff.code`
  return owners.map(({ id }) => id)
}

export async function clientsIn(tx: Queries, book: Book): Promise<number> {
  const owners = await ownersOf(tx, book)
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from client where owner_id = any(${owners}::uuid[])`
  return row?.count ?? 0
}

/**
 * The clients of a book, some at a time: manager by manager, each by name. Days are of the bank's time
 * zone. Every page is a statement of its own, so that nothing waits for a long export.
 */
export async function* clientPages(
  tx: Queries,
  book: Book,
  timezone: string,
): AsyncGenerator<readonly ExportedClient[]> {
  for (const ownerId of await ownersOf(tx, book)) {
    let after: { readonly name: string; readonly id: string } | undefined
    do {
      const page = await clientsAfter(tx, ownerId, after, timezone)
      if (page.length > 0) yield await withNumbers(tx, page)
      after = page.length === PAGE ? page.at(-1) : undefined
    } while (after)
  }
}

type Row = Omit<ExportedClient, 'idNumber' | 'creditCode'>

const NOBODY = { name: '', id: '00000000-0000-0000-0000-000000000000' }

const clientsAfter = (
  tx: Queries,
  ownerId: string,
  { name, id } = NOBODY,
  timezone: string,
): Promise<Row[]> =>
  tx.$queryRaw<Row[]>`
    select client.id, client.name, client.business_name as "businessName", client.kind,
      client_tier.tier, coalesce(client_tier.provisional, false) as provisional, client.phone,
      client.industry, client.region, client.cluster, client.address, client.source,
      (client.entered_at at time zone ${timezone})::date::text as "enteredOn",
      owner.name as "ownerName", owner.code as "ownerCode", unit.name as "unitName",
      client_facts.credit_limit::float8 as "creditLimit", client_facts.usage_rate as "usageRate",
      client.credit_expires_on::text as "creditExpiresOn", client.loan_due_on::text as "loanDueOn",
      client.licence_ends_on::text as "licenceEndsOn",
      client.last_contact_on::text as "lastContactOn", client.last_visit_on::text as "lastVisitOn",
      next.due_on::text as "nextTaskOn",
      case when client.negative_list then 'negative-list' when client_tier.tier = 'F' then 'exit-tier'
        when client.do_not_contact is not null then 'do-not-contact' end as barred
    from client
    join staff as owner on owner.id = client.owner_id
    join unit on unit.id = owner.unit_id
    left join client_tier on client_tier.client_id = client.id
    left join client_facts on client_facts.client_id = client.id
    left join lateral (
      select min(task.due_on) as due_on from task
      where task.client_id = client.id and task.status = 'open'
    ) as next on true
    where client.owner_id = ${ownerId}::uuid and (client.name, client.id) > (${name}, ${id}::uuid)
    order by client.name, client.id limit ${PAGE}`

/** The numbers by which clients are known come from their one place. */
async function withNumbers(tx: Queries, rows: readonly Row[]): Promise<ExportedClient[]> {
  const known = await identitiesOfClients(
    tx,
    rows.map(({ id }) => id),
  )
  const numbers = new Map(known.map(({ clientId, kind, value }) => [`${kind} ${clientId}`, value]))
  return rows.map((row) => ({
    ...row,
    idNumber: numbers.get(`id ${row.id}`) ?? null,
    creditCode: numbers.get(`credit-code ${row.id}`) ?? null,
  }))
}
