import type { BankSetting } from '../../bot/feature.ts'
import { newId } from '../../core/ids.ts'
import { pinyinOf } from '../../core/pinyin.ts'
import type { Actor } from '../../core/staff.ts'
import type { Day } from '../../core/time.ts'
import { Prisma } from '../../generated/client.ts'
import { toDayOrNull } from '../../infra/database/columns.ts'
import type { Queries } from '../../infra/database/index.ts'
import { screen } from '../risk/public.ts'
import { scopeOf } from '../staff/rules.ts'
import type { OutcomeKind, TaskKind } from '../tasks/playbook.ts'
import type { Client, ClientSource } from './rules.ts'

/** More matches than this are not offered; the reader is asked for a longer name. */
export const MOST_MATCHES = 8

interface Row extends Omit<Client, 'creditExpiresOn' | 'lastTouchOn'> {
  creditExpiresOn: Date | null
  lastTouchOn: Date | null
}

const SELECT = Prisma.sql`
  select client.id, client.kind, client.name, client.business_name as "businessName", client.phone,
    client.industry, client.source, client.owner_id as "ownerId", owner.name as "ownerName",
    client_tier.tier, coalesce(client_tier.provisional, false) as provisional,
    waiting."to" as "pendingTier",
    client.credit_expires_on as "creditExpiresOn", client.last_touch_on as "lastTouchOn",
    client.entered_at as "enteredAt", client.do_not_contact as "doNotContact",
    client.negative_list as "negativeList"
  from client
  join staff as owner on owner.id = client.owner_id
  left join client_tier on client_tier.client_id = client.id
  left join tier_change as waiting on waiting.client_id = client.id and waiting.status = 'pending'`

const toClient = (row: Row): Client => ({
  ...row,
  creditExpiresOn: toDayOrNull(row.creditExpiresOn),
  lastTouchOn: toDayOrNull(row.lastTouchOn),
})

/** The condition on `client` that leaves what this person may see. */
function visibleTo(who: Actor): Prisma.Sql {
  const scope = scopeOf(who)
  switch (scope.kind) {
    case 'own':
      return Prisma.sql`client.id in (
        select id from client where owner_id = any(${scope.staffIds}::uuid[])
        union all select client_id from share where staff_id = any(${scope.staffIds}::uuid[])
        union all select client_id from task
          where manager_id = any(${scope.staffIds}::uuid[]) and status = 'open')`
    case 'subtree':
      return Prisma.sql`client.owner_id in (
        select staff.id from staff join unit on unit.id = staff.unit_id
        where starts_with(unit.path, ${scope.path}))`
    case 'all':
      return Prisma.sql`true`
    case 'none':
      return Prisma.sql`false`
  }
}

/** The condition on `client` that a piece of text names it. */
function namedLike(named: string): Prisma.Sql {
  const text = named.toLowerCase()
  if (/^\d{4}$/.test(text)) return Prisma.sql`right(client.phone, 4) = ${text}`
  if (/^\+?\d{11,15}$/.test(text)) return Prisma.sql`client.phone in (${text}, ${`+86${text}`})`
  const pieces = [...new Set(grams(text))]
  const inName = Prisma.sql`(
    grams(client.name || ' ' || coalesce(client.business_name, '')) @> ${pieces}::text[]
    and strpos(lower(client.name || ' ' || coalesce(client.business_name, '')), ${text}) > 0)`
  if (!/^[a-z]+$/.test(text)) return inName
  const end = `${text.slice(0, -1)}${String.fromCharCode(text.charCodeAt(text.length - 1) + 1)}`
  return Prisma.sql`(
    (client.pinyin >= ${text} and client.pinyin < ${end})
    or (client.initials >= ${text} and client.initials < ${end}) or ${inName})`
}

/** As the database's function `grams`, of the longest size that the text has. */
function grams(text: string): string[] {
  const letters = [...text]
  if (letters.length < 2) return letters
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`)
}

/** Clients this person may see that a text names, exact names first; one more than is offered. */
export async function findNamed(tx: Queries, who: Actor, named: string): Promise<Client[]> {
  const rows = await tx.$queryRaw<Row[]>`
    ${SELECT} where ${visibleTo(who)} and ${namedLike(named)}
    order by client.name <> ${named}, client.owner_id <> ${who.id}::uuid,
      client.last_touch_on desc nulls last, client.id
    limit ${MOST_MATCHES + 1}`
  return rows.map(toClient)
}

/** The client, if this person may see it. */
export async function findVisible(tx: Queries, who: Actor, id: string): Promise<Client | null> {
  const rows = await tx.$queryRaw<Row[]>`
    ${SELECT} where client.id = ${id}::uuid and ${visibleTo(who)}`
  return rows[0] ? toClient(rows[0]) : null
}

/** Whoever holds this phone number, whether the asker may see them or not. */
export async function findByPhone(tx: Queries, phone: string): Promise<Client | null> {
  const rows = await tx.$queryRaw<Row[]>`${SELECT} where client.phone = ${phone}`
  return rows[0] ? toClient(rows[0]) : null
}

export interface NewProspect {
  readonly name: string
  readonly businessName: string | null
  readonly phone: string | null
  readonly source: ClientSource
  readonly ownerId: string
  /** The act that enters it; null when a visitor did. */
  readonly actId: string | null
}

/**
 * Puts a prospect on file, screened against the negative list; resolves to its id, or null when the
 * phone is on file already.
 */
export async function insertProspect(
  tx: Queries,
  prospect: NewProspect,
  bank: BankSetting,
  now: Date,
): Promise<string | null> {
  const id = newId()
  const { pinyin, initials } = pinyinOf(prospect.name)
  const inserted = await tx.$executeRaw`
    insert into client (id, kind, name, business_name, pinyin, initials, phone, source, owner_id,
      opened_by, entered_at)
    values (${id}::uuid, 'prospect', ${prospect.name}, ${prospect.businessName}, ${pinyin},
      ${initials}, ${prospect.phone}, ${prospect.source}, ${prospect.ownerId}::uuid,
      ${prospect.actId}::uuid, ${now}::timestamptz)
    on conflict (phone) do nothing`
  if (inserted === 0) return null
  await screen(tx, bank, [id])
  return id
}

/** A client with the next tasks, the open needs and the latest outcomes. */
export interface ClientHistory {
  readonly client: Client
  readonly tasks: readonly { id: string; kind: TaskKind; dueOn: Day; managerId: string }[]
  readonly needs: readonly { product: string; amount: number | null; wantedOn: Day | null }[]
  readonly visits: readonly { id: string; on: Day; by: string; note: string; photo: boolean }[]
  /** Whose the client was before, and since when it is not; null: never anybody else's. */
  readonly before: { name: string; until: Day } | null
  /** Colleagues who serve the client too. */
  readonly sharedWith: readonly { name: string; backup: boolean }[]
  readonly outcomes: readonly { kind: OutcomeKind; on: Day; by: string; note: string | null }[]
}

const LATEST = 5

/** In one statement, since every look at a client pays for it. */
export async function historyOf(tx: Queries, client: Client): Promise<ClientHistory> {
  const [history] = await tx.$queryRaw<Omit<ClientHistory, 'client'>[]>`
    with mine as (select ${client.id}::uuid as client_id)
    select
      (select coalesce(jsonb_agg(each), '[]') from (
        select id, kind, due_on as "dueOn", manager_id as "managerId"
        from task natural join mine where status = 'open' order by due_on
      ) as each) as tasks,
      (select coalesce(jsonb_agg(each), '[]') from (
        select product, amount, wanted_on as "wantedOn"
        from need natural join mine where status = 'open'
        order by registered_at desc limit ${LATEST}
      ) as each) as needs,
      (select coalesce(jsonb_agg(each), '[]') from (
        select outcome.kind, logged_on as on, staff.name as by, note
        from outcome natural join mine join staff on staff.id = staff_id
        where undone_at is null order by logged_at desc limit ${LATEST}
      ) as each) as outcomes,
      (select coalesce(jsonb_agg(each), '[]') from (
        select visit.id, visited_on as on, staff.name as by, note, photo_id is not null as photo
        from visit natural join mine join staff on staff.id = staff_id
        where undone_at is null order by logged_at desc limit ${LATEST}
      ) as each) as visits,
      (select to_jsonb(each) from (
        select staff.name, changed_at::date as until
        from owner_change natural join mine join staff on staff.id = from_id
        where undone_at is null order by changed_at desc, owner_change.id desc limit 1
      ) as each) as before,
      (select coalesce(jsonb_agg(each), '[]') from (
        select staff.name, backup from share natural join mine join staff on staff.id = staff_id
      ) as each) as "sharedWith"`
  const none = { tasks: [], needs: [], outcomes: [], visits: [], before: null, sharedWith: [] }
  return { ...none, ...history, client }
}
