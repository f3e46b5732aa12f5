import type { Context } from '../../bot/command.ts'
import { type Asker, scopeOf } from '../../bot/policy.ts'
import type { Day } from '../../core/calendar/time.ts'
import { nameKey } from '../../core/identity/name-key.ts'
import { pinyinBeginnings, pinyinOf } from '../../core/identity/pinyin.ts'
import { newId } from '../../core/ids.ts'
import { Prisma } from '../../generated/client.ts'
import { batchPerTransaction } from '../../infra/batch.ts'
import { toDayOrNull } from '../../infra/database/columns.ts'
import { secret, secretKey } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Register } from '../registers/rules.ts'
import { ensureNames } from '../registers/store.ts'
import { type By, keepHistory } from './file/store.ts'
import { type ClientPhone, phonesOf } from './identity/phones-store.ts'
import { isQualified, nameEndings } from './identity/qualified-name.ts'
import { meaningOf } from './meant/meaning.ts'
import { MOST_OF_ONE_TAIL, visibleAndMeant } from './meant/store.ts'
import type { Client, ClientSource, Place } from './rules.ts'

/** More matches than this are not offered; the reader is asked for a longer name. */
export const MOST_MATCHES = 8

interface Row extends Omit<Client, 'creditExpiresOn' | 'lastContactOn'> {
  creditExpiresOn: Date | null
  lastContactOn: Date | null
}

const COLUMNS = Prisma.sql`client.id, client.kind, client.name, client.business_name as "businessName", client.phone,
    client.industry, client.source, client.owner_id as "ownerId", owner.name as "ownerName",
    client_tier.tier, coalesce(client_tier.provisional, false) as provisional,
    waiting."to" as "pendingTier",
    client.credit_expires_on as "creditExpiresOn", client.last_contact_on as "lastContactOn",
    client.entered_at as "enteredAt", client.do_not_contact as "doNotContact",
    client.negative_list as "negativeList"`
const JOINED = Prisma.sql`
  join staff as owner on owner.id = client.owner_id
  left join client_tier on client_tier.client_id = client.id
  left join tier_change as waiting on waiting.client_id = client.id and waiting.status = 'pending'`

const toClient = (row: Row): Client => ({
  ...row,
  creditExpiresOn: toDayOrNull(row.creditExpiresOn),
  lastContactOn: toDayOrNull(row.lastContactOn),
})

/** Who looks for whom, as the statements below read it. */
interface Looking {
  readonly asker: Asker
  readonly for: { readonly named: string } | { readonly id: string }
}

/** The first text that no longer begins so; of no text there is none. */
const beyond = (text: string): string =>
  text && `${text.slice(0, -1)}${String.fromCharCode(text.charCodeAt(text.length - 1) + 1)}`

/** As the database's function `grams`, of the longest size that the text has. */
function grams(text: string): string[] {
  const letters = [...text]
  if (letters.length < 2) return letters
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`)
}

/** A look as the statement reads it; which statement, the scope and what was said decide. */
function askedOf({ asker, for: wanted }: Looking, place: number) {
  const scope = scopeOf(asker)
  const { by, typed, key } =
    'id' in wanted
      ? ({ by: 'id', typed: wanted.id, key: undefined } as const)
      : meaningOf(wanted.named)
  const [text, other] =
    by === 'letters' ? pinyinBeginnings(typed.replaceAll("'", '')) : [typed, typed]
  return {
    ...{ place, scope: scope.kind, by, typed, text, other, key, me: asker.who.id },
    said: 'id' in wanted ? null : nameKey(wanted.named),
    staff: scope.kind === 'own' ? scope.staffIds : [],
    path: scope.kind === 'subtree' ? scope.path : null,
    pieces: [...new Set(grams(typed))],
    beyond: beyond(text),
    beyondOther: beyond(other),
    beyondTyped: beyond(typed),
  }
}

/**
 * The order of those who are meant. They are taken before anything is joined to them: of three initials a planner
 * expects so many that it reads the tiers of the whole bank.
 */
const FIRST_OF_ALL = Prisma.sql`name_key(client.name) <> asked.said, client.owner_id <> asked.me,
  client.last_contact_on desc nulls last, client.id`

const look = batchPerTransaction(async (tx, looks: readonly Looking[]): Promise<Client[][]> => {
  const found: Client[][] = looks.map(() => [])
  const sorts = Map.groupBy(looks.map(askedOf), ({ scope, by }) => `${scope} ${by}`)
  await Promise.all(
    [...sorts.values()].map(async (asked) => {
      const [{ scope, by }] = asked as [ReturnType<typeof askedOf>]
      const rows = await tx.$queryRaw<(Row & { place: number })[]>`
        select asked.place, met.*
        from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked (
          place int, text text, other text, typed text, key text, said text, me uuid, staff uuid[], path text,
          pieces text[], beyond text, "beyondOther" text, "beyondTyped" text)
        cross join lateral (
          select ${COLUMNS} from (
            select * from client where ${visibleAndMeant(scope, by)}
            order by ${FIRST_OF_ALL} limit ${by === 'end' ? MOST_OF_ONE_TAIL : MOST_MATCHES + 1}
          ) as client ${JOINED} order by ${FIRST_OF_ALL}
        ) as met`
      for (const { place, ...row } of rows) found[place]?.push(toClient(row))
    }),
  )
  return found
})

/** Clients within reach that a text names, exact names first; one more than is offered. */
export async function findNamed(tx: Queries, asker: Asker, named: string): Promise<Client[]> {
  const found = await look(tx, { asker, for: { named } })
  if (found.length === 0) return findQualified(tx, asker, named)
  const { by, typed } = meaningOf(named)
  if (by !== 'end') return found
  const phones = await Promise.all(found.map(({ id }) => phonesOf(tx, id)))
  const ends = ({ number, person }: ClientPhone) => person === null && number.endsWith(typed)
  return found.filter((_, index) => phones[index]?.some(ends)).slice(0, MOST_MATCHES + 1)
}

/** Those whom a name with the business before it means: 制衣厂的王芳. */
async function findQualified(tx: Queries, asker: Asker, said: string): Promise<Client[]> {
  const found = await Promise.all(
    nameEndings(said).map((named) => look(tx, { asker, for: { named } })),
  )
  const meant = found.flat().filter((client) => isQualified(said, client))
  return [...new Map(meant.map((client) => [client.id, client])).values()]
}

/** The client, if it is within reach. */
export async function findVisible(tx: Queries, asker: Asker, id: string): Promise<Client | null> {
  const [client = null] = await look(tx, { asker, for: { id } })
  return client
}

/** Whoever holds this phone number, whether the asker may see them or not. */
export async function findByPhone(tx: Queries, phone: string): Promise<Client | null> {
  const rows = await tx.$queryRaw<Row[]>`
    select ${COLUMNS} from client ${JOINED} where client.id in (
      select client_id from client_identity where kind = 'phone' and key = ${secretKey('phone', phone)})`
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
 * Puts a prospect on file and tells every feature; resolves to its id, or null when the phone is on
 * file already.
 */
export async function insertProspect(
  tx: Queries,
  prospect: NewProspect,
  { at, clientEntered }: Pick<Context, 'at' | 'clientEntered'>,
): Promise<string | null> {
  const id = newId()
  const { pinyin, initials } = pinyinOf(prospect.name)
  const inserted = await tx.$executeRaw`
    insert into client (id, kind, name, business_name, pinyin, initials, phone, source, owner_id,
      opened_by, entered_at)
    values (${id}::uuid, 'prospect', ${prospect.name.normalize('NFKC')},
      ${prospect.businessName?.normalize('NFKC') ?? null}, ${pinyin}, ${initials}, ${secret('phone', prospect.phone)}, ${prospect.source}, ${prospect.ownerId}::uuid,
      ${prospect.actId}::uuid, ${at.now}::timestamptz)
    on conflict (secret_key(phone)) do nothing`
  if (inserted === 0) return null
  await clientEntered(tx, [id])
  return id
}

export async function placeOf(tx: Queries, clientId: string): Promise<Place> {
  const [place] = await tx.$queryRaw<Place[]>`
    select region, industry, cluster from client where id = ${clientId}::uuid`
  return place ?? { region: null, industry: null, cluster: null }
}

/** Writes where a client belongs; a name that its register does not have becomes an entry of it. */
export async function savePlace(
  tx: Queries,
  clientId: string,
  place: Place,
  by: By,
): Promise<void> {
  const idOf = async (register: Register) => {
    const [entry] = await ensureNames(tx, register, [place[register] ?? ''], by)
    return entry?.id ?? null
  }
  const [region, industry, cluster] = [
    await idOf('region'),
    await idOf('industry'),
    await idOf('cluster'),
  ]
  await keepHistory(
    tx,
    { clientId, table: 'client' },
    by,
    () => tx.$executeRaw`
      update client set region_id = ${region}::uuid, industry_id = ${industry}::uuid,
        cluster_id = ${cluster}::uuid
      where id = ${clientId}::uuid`,
  )
}

/** Who serves a client besides the owner. */
export interface Serving {
  /** Whose the client was before, and since when it is not; null: never anybody else's. */
  readonly before: { readonly name: string; readonly until: Day } | null
  /** Colleagues, and departments of other lines, who serve the client too. */
  readonly sharedWith: readonly { readonly name: string; readonly backup: boolean }[]
}

/** A client looked at, in the time zone that moments are told as days in. */
interface Viewed {
  readonly clientId: string
  readonly timezone: string
}

/** Who serves a client, and did before. */
export const servingOf = batchPerTransaction(
  (tx, viewed: readonly Viewed[]): Promise<Serving[]> => tx.$queryRaw<Serving[]>`
    select
      (select to_jsonb(each) from (
        select staff.name, (changed_at at time zone asked.timezone)::date as until
        from owner_change join staff on staff.id = from_id
        where client_id = asked.id and undone_at is null
        order by changed_at desc, owner_change.id desc limit 1
      ) as each) as before,
      (select coalesce(jsonb_agg(each), '[]') from (
        select staff.name, backup from share join staff on staff.id = staff_id where client_id = asked.id
        union all
        select name, false from department_share join unit on unit.id = unit_id where client_id = asked.id
      ) as each) as "sharedWith"
    from rows from (json_to_recordset(${JSON.stringify(viewed)}::json) as ("clientId" uuid, timezone text))
      with ordinality as asked (id, timezone, place)
    order by asked.place`,
)
