import type { Language } from '../../../core/text.ts'
import { encryptedRow } from '../../../infra/database/encryption/columns.ts'
import { secretKey } from '../../../infra/database/encryption/secret.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { Via } from '../rules.ts'
import { CREDIT_DAYS, type Evidence, type NewEntry } from './rules.ts'

/** Writes entries down to be looked at; one whose receipt is there already is dropped. */
export async function insertEntries(
  tx: Queries,
  entries: readonly (NewEntry & { readonly id: string })[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into referral_entry (id, link_id, status, name, phone, business, need, consent_version,
      language, via, device, network, evidence, receipt, entered_at)
    select id, "linkId", 'new', name, phone, business, need, "consentVersion", language, via,
      decode(device, 'hex'), decode(network, 'hex'), evidence, receipt, ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(entries.map((each) => encryptedRow('referral_entry', each)))}::jsonb) as entry (id uuid, "linkId" uuid,
      name text, phone text, business text, need text, "consentVersion" int, language text,
      via text, device text, network text, evidence jsonb, receipt text)
    order by id
    on conflict (receipt) do nothing`
}

/** An entry that is worked on, with what the visitor wrote. */
export interface Entry {
  readonly id: string
  readonly linkId: string
  readonly name: string
  readonly phone: string
  readonly business: string | null
  readonly need: string | null
  readonly language: Language
  readonly via: Via
  readonly evidence: readonly Evidence[]
  readonly enteredAt: Date
  /** Of a held one: who is to serve the visitor; null: nobody was told. */
  readonly managerId: string | null
}

const ENTRY = `
  select entry.id, entry.link_id as "linkId", entry.name, entry.phone, entry.business, entry.need,
    entry.language, entry.via, entry.evidence, entry.entered_at as "enteredAt",
    entry.manager_id as "managerId"
  from referral_entry as entry`
/** Nobody can work on an entry once what the visitor wrote is erased. */
const WRITTEN = 'entry.name is not null and entry.phone is not null'

/** The oldest entries that nobody has looked at, locked. */
export async function takeNew(tx: Queries, most: number): Promise<Entry[]> {
  return tx.$queryRawUnsafe<Entry[]>(
    `${ENTRY} where status = 'new' and ${WRITTEN} order by id limit $1 for update skip locked`,
    most,
  )
}

/** A held entry of a link in the units below a path, locked; null when there is none. */
export async function lockHeld(tx: Queries, id: string, path: string): Promise<Entry | null> {
  const [entry] = await tx.$queryRawUnsafe<Entry[]>(
    `${ENTRY} join referral_link as link on link.id = entry.link_id
     left join client on client.id = link.client_id
     join staff on staff.id = coalesce(link.staff_id, client.owner_id)
     join unit on unit.id = staff.unit_id
     where entry.id = $1::uuid and entry.status = 'held' and ${WRITTEN}
       and starts_with(unit.path, $2)
     for update of entry`,
    id,
    path,
  )
  return entry ?? null
}

/** What came lately from the same device, network and kind of number, in other numbers. */
export interface Neighbours {
  readonly fromDevice: number
  readonly fromNetwork: number
  readonly disposable: number
}

/** Numbers that are let by the minute. */
const DISPOSABLE = /^\+861(?:62|65|67|70|71)/

export async function neighboursOf(tx: Queries, entry: Entry): Promise<Neighbours> {
  const phone = secretKey('phone', entry.phone)
  const [counted] = await tx.$queryRaw<
    [Omit<Neighbours, 'disposable'> & { readonly phones: readonly string[] }]
  >`
    with own as (select device, network from referral_entry where id = ${entry.id}::uuid)
    select
      (select count(distinct secret_key(phone))::int from referral_entry where device = own.device
        and id < ${entry.id}::uuid and secret_key(phone) <> ${phone}) as "fromDevice",
      (select count(distinct secret_key(phone))::int from referral_entry where network = own.network
        and link_id = ${entry.linkId}::uuid and id < ${entry.id}::uuid
        and secret_key(phone) <> ${phone}) as "fromNetwork",
      array(select distinct coalesce(client.phone, referral_entry.phone)
        from referral_entry left join client on client.id = client_id
        where link_id = ${entry.linkId}::uuid and referral_entry.id < ${entry.id}::uuid
          and referral_entry.entered_at > ${entry.enteredAt}::timestamptz - interval '30 days'
          and num_nonnulls(client.phone, referral_entry.phone) > 0) as phones
    from own`
  const { phones, ...others } = counted
  const disposable = phones.filter((each) => DISPOSABLE.test(each) && each !== entry.phone)
  return { ...others, disposable: new Set(disposable).size }
}

/** Whether this person came by the same link before within the days of credit. */
export async function cameBefore(
  tx: Queries,
  entry: Entry,
  clientId: string | null,
): Promise<{ readonly need: string | null } | null> {
  const [before] = await tx.$queryRaw<{ need: string | null }[]>`
    select need from referral_entry
    where link_id = ${entry.linkId}::uuid and id < ${entry.id}::uuid
      and entered_at > ${entry.enteredAt}::timestamptz - make_interval(days => ${CREDIT_DAYS}::int)
      and ((client_id = ${clientId}::uuid and status = 'accepted')
        or (secret_key(phone) = ${secretKey('phone', entry.phone)} and status = 'held'))
    order by id desc limit 1`
  return before ?? null
}

/** Who has the credit for a client on a day of entry; null when nobody has. */
export async function creditedFor(
  tx: Queries,
  entry: Entry,
  clientId: string,
): Promise<{ readonly id: string; readonly enteredAt: Date } | null> {
  const [first] = await tx.$queryRaw<{ id: string; enteredAt: Date }[]>`
    select id, entered_at as "enteredAt" from referral_entry
    where client_id = ${clientId}::uuid and status = 'accepted' and credit = 'first'
      and id <> ${entry.id}::uuid and entered_at <= ${entry.enteredAt}::timestamptz
      and entered_at > ${entry.enteredAt}::timestamptz - make_interval(days => ${CREDIT_DAYS}::int)
    order by entered_at limit 1`
  return first ?? null
}

export interface Accepted {
  readonly clientId: string
  readonly credit: 'first' | 'later' | 'none'
  readonly creditedId: string | null
  readonly returning: boolean
}

/** Accepts an entry; what the visitor wrote of themselves is in the client's file from now on. */
export async function acceptEntry(tx: Queries, id: string, accepted: Accepted): Promise<void> {
  await tx.$executeRaw`
    update referral_entry set status = 'accepted', client_id = ${accepted.clientId}::uuid,
      credit = ${accepted.credit}, credited_id = ${accepted.creditedId}::uuid,
      "returning" = ${accepted.returning}, name = null, business = null
    where id = ${id}::uuid`
}

export async function repeatEntry(tx: Queries, id: string, clientId: string | null): Promise<void> {
  await tx.$executeRaw`
    update referral_entry set status = 'repeated', client_id = ${clientId}::uuid, name = null,
      business = null
    where id = ${id}::uuid`
}

/** An entry waits for a reviewer, and then for whoever is to serve the visitor. */
export async function holdEntry(
  tx: Queries,
  id: string,
  evidence: readonly Evidence[],
  managerId: string,
): Promise<void> {
  await tx.$executeRaw`
    update referral_entry set status = 'held', evidence = ${JSON.stringify(evidence)}::jsonb,
      manager_id = ${managerId}::uuid
    where id = ${id}::uuid`
}

/** What could not be looked at waits for a reviewer, so that it is not lost. */
export async function holdForFault(tx: Queries, id: string): Promise<void> {
  await tx.$executeRaw`
    update referral_entry set status = 'held', evidence = evidence || '[{"kind":"fault"}]'
    where id = ${id}::uuid and status = 'new'`
}

/** Notes who reviewed an entry, and with `rejected` that nothing comes of it. */
export async function decideEntry(
  tx: Queries,
  id: string,
  by: string,
  now: Date,
  rejected: boolean,
): Promise<void> {
  await tx.$executeRaw`
    update referral_entry set decided_by = ${by}::uuid, decided_at = ${now}::timestamptz,
      status = case when ${rejected} then 'rejected' else status end
    where id = ${id}::uuid`
}

/** Held entries of links in the units below a path, oldest first, and how many there are. */
export async function heldBelow(
  tx: Queries,
  path: string,
  most: number,
): Promise<{ readonly entries: readonly Entry[]; readonly total: number }> {
  const rows = await tx.$queryRawUnsafe<(Entry & { total: number })[]>(
    `select entry.*, count(*) over ()::int as total
     from (${ENTRY} where status = 'held' and ${WRITTEN}) as entry
     join referral_link as link on link.id = entry."linkId"
     left join client on client.id = link.client_id
     join staff on staff.id = coalesce(link.staff_id, client.owner_id)
     join unit on unit.id = staff.unit_id
     where starts_with(unit.path, $1) order by entry.id limit $2`,
    path,
    most,
  )
  return { entries: rows, total: rows[0]?.total ?? 0 }
}

/** Held entries that wait for somebody, oldest first. */
export const heldFor = (
  tx: Queries,
  managerId: string,
  most: number,
): Promise<{ readonly name: string; readonly enteredAt: Date }[]> =>
  tx.$queryRaw<{ name: string; enteredAt: Date }[]>`
    select name, entered_at as "enteredAt" from referral_entry
    where status = 'held' and manager_id = ${managerId}::uuid and name is not null
    order by id limit ${most}`
