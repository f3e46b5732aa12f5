import type { Moment } from '../../bot/moment.ts'
import type { Day } from '../../core/calendar/time.ts'
import { Prisma } from '../../generated/client.ts'
import type { Queries } from '../../infra/database/index.ts'
import { NEW_ID } from '../../infra/database/new-id.ts'
import { type Book, ownersOf } from '../pipeline/store.ts'
import type { Playbook } from '../playbook/rules.ts'
import { byTier, dateOf } from '../tasks/care/sql.ts'
import { type Covered, type Gap, type KeyProduct, PAGE } from './rules.ts'

export const keyProducts = (tx: Queries): Promise<KeyProduct[]> =>
  tx.keyProduct.findMany({
    select: { tier: true, product: true, talk: true },
    orderBy: [{ tier: 'asc' }, { position: 'asc' }],
  })

/** The key products of a tier from now on; what managers say for one stays with it. */
export async function putKeyProducts(
  tx: Queries,
  tier: string,
  products: readonly string[],
  by: string,
  now: Date,
): Promise<void> {
  const talks = new Map((await keyProducts(tx)).map(({ product, talk }) => [product, talk]))
  await tx.keyProduct.deleteMany({ where: { tier } })
  await tx.keyProduct.createMany({
    data: products.map((product, position) => {
      const talk = talks.get(product) ?? null
      return { tier, product, position, talk, namedBy: by, namedAt: now }
    }),
  })
}

export async function putTalk(tx: Queries, product: string, talk: string | null): Promise<void> {
  await tx.keyProduct.updateMany({ where: { product }, data: { talk } })
}

/** Holds where `client` has the product `key_product.product` on a day: as an entry of the file, or a facility. */
const HELD = (
  today: string,
) => `(exists (select from product_held where product_held.client_id = client.id
    and product_held.product = key_product.product and (until is null or until >= ${today}))
  or exists (select from facility where facility.client_id = client.id
    and facility.product = key_product.product and facility.state = 'open'))`

/** Each existing client of a book with each key product of the tier, and whether it is held. */
const askedOf = (book: Book, today: Day): Prisma.Sql => Prisma.sql`
  asked as (
    select client.id, client.name, client.business_name, client.owner_id, client_tier.tier,
      key_product.product, key_product.position, ${Prisma.raw(HELD(dateOf(today)))} as held
    from client join client_tier on client_tier.client_id = client.id
      join key_product on key_product.tier = client_tier.tier
    where client.kind = 'existing' and client.owner_id = any(${ownersOf(book)})
  )`

/** How far a book is covered, by part and product; parts are the units right below, and managers of the unit itself. */
export async function countCovered(tx: Queries, book: Book, today: Day): Promise<Covered[]> {
  const path = 'path' in book ? book.path : null
  return tx.$queryRaw<Covered[]>`
    with ${askedOf(book, today)}, placed as (
      select asked.*, staff.code, staff.name as manager, case when ${path}::text is not null
        then nullif(split_part(substr(unit.path, length(${path}::text) + 1), '/', 1), '') end as child
      from asked join staff on staff.id = owner_id join unit on unit.id = staff.unit_id
    )
    select coalesce(child, placed.code) as part, coalesce(min(below.name), min(manager)) as name,
      product, count(*)::int as clients, count(*) filter (where held)::int as held
    from placed left join unit as below on below.code = placed.child
    group by 1, 3 order by 1, min(position), 3`
}

/** Clients of a book with gaps, those of the first tiers first, from a place on. */
export const gapsIn = (tx: Queries, book: Book, today: Day, from: number): Promise<Gap[]> =>
  tx.$queryRaw<Gap[]>`
    with ${askedOf(book, today)}
    select name as client, business_name as business, tier,
      array_agg(product order by position) as missing
    from asked where not held
    group by id, name, business_name, tier order by tier, count(*) desc, name, id
    limit ${PAGE} offset ${from}`

/** Of one manager in one night: lists stay lists. */
const MOST_A_NIGHT = 3

/**
 * Makes a cross-sell task for clients who lack a key product of their tier, as often as the playbook says, for
 * the product that was asked for longest ago; of each manager a few a night, those of the weightiest tiers
 * first. Marketing that is barred, or beyond the contact ceiling, is left out. Resolves to how many.
 */
export async function askForCoverage(tx: Queries, playbook: Playbook, at: Moment): Promise<number> {
  const event = playbook.events.uncovered
  if (!event) return 0
  const { touches, days } = playbook.ceiling
  return tx.$executeRawUnsafe(
    `insert into task (id, manager_id, client_id, kind, due_on, generated_for, status, priority, base,
       reason, product, note, asked, created_at)
     select ${NEW_ID}, owner_id, id, $1, ${dateOf(at.workdays.onOrAfter(at.today))}, ${dateOf(at.today)}, 'open',
       greatest(0, least(100, $2::int + weight)), $2::int, 'uncovered', product, talk, false, $3::timestamptz
     from (
       select client.id, client.owner_id, missing.product, missing.talk, ${byTier(playbook.tierWeight, 0)} as weight,
         row_number() over (partition by client.owner_id
           order by ${byTier(playbook.tierWeight, 0)} desc, client.id) as place
       from client join client_tier on client_tier.client_id = client.id
       join staff on staff.id = client.owner_id and staff.active
       cross join lateral (
         select key_product.product, key_product.talk from key_product
         where key_product.tier = client_tier.tier and not ${HELD(dateOf(at.today))}
         order by (select max(task.created_at) from task where task.client_id = client.id
           and task.reason = 'uncovered' and task.product = key_product.product) nulls first, position
         limit 1
       ) as missing
       where client.kind = 'existing' and not client.negative_list and client.do_not_contact is null
         and client_tier.tier <> 'F'
         and (client.contacts[$4::int] is null or client.contacts[$4::int] <= ${dateOf(at.today)} - $5::int)
         and not exists (
           select from task where task.client_id = client.id and (
             task.kind = $1 and status = 'open' or reason = 'uncovered'
               and task.created_at > $3::timestamptz - make_interval(days => $6::int)))
     ) as gap
     where place <= ${MOST_A_NIGHT}
     order by id
     on conflict do nothing`,
    event.kind,
    event.priority,
    at.now,
    touches,
    days,
    event.days,
  )
}

/** What asked for a product that the client holds by now, or that is no longer asked for, is done. */
export const closeCovered = (tx: Queries, at: Moment): Promise<number> =>
  tx.$executeRawUnsafe(
    `update task set status = 'done', closed_at = $1::timestamptz
     from client join client_tier on client_tier.client_id = client.id
     where task.reason = 'uncovered' and task.status = 'open' and client.id = task.client_id
       and not exists (select from key_product where key_product.tier = client_tier.tier
         and key_product.product = task.product and not ${HELD(dateOf(at.today))})`,
    at.now,
  )
