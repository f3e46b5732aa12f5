import type { Language } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { announce } from './new-account.ts'

// Accounts that a service or the bank's own contact list tells about, and nobody enrolled.

/** Nobody is known by this account of these channels any more. */
export const forgetAccounts = (tx: Queries, channels: readonly string[], externalId: string) =>
  tx.$executeRaw`
    delete from account where channel = any(${channels}) and external_id = ${externalId}`

/** The same person has another id in the service. */
export const renameAccounts = (
  tx: Queries,
  channels: readonly string[],
  externalId: string,
  newId: string,
) => tx.$executeRaw`
    update account set external_id = ${newId},
      conversation = case when conversation = external_id then ${newId} else conversation end
    where channel = any(${channels}) and external_id = ${externalId}`

/** Whether the accounts of a channel reach people who never wrote there. */
export const setReachable = (tx: Queries, channel: string, reachable: boolean) =>
  tx.$executeRaw`
    update account set reachable = ${reachable}
    where channel = ${channel} and reachable is distinct from ${reachable}`

/** The language of whoever has this account or conversation; Chinese where nobody is known by it. */
export async function languageOf(
  tx: Queries,
  channel: string,
  conversation: string,
): Promise<Language> {
  const [row] = await tx.$queryRaw<{ language: Language }[]>`
    select language from account join staff on staff.id = staff_id
    where channel = ${channel} and (external_id = ${conversation} or conversation = ${conversation})
    limit 1`
  return row?.language ?? 'zh'
}

/** One line of a contact list. */
export interface DirectoryEntry {
  readonly code: string
  readonly userId: string
}

/** What would become of a line of a contact list. `moved`: the account is somebody else's now. */
export interface ComparedEntry extends DirectoryEntry {
  readonly verdict: 'new' | 'moved' | 'same' | 'unknown'
  /** The code of whoever has the account now; null: nobody, or the same person. */
  readonly before: string | null
}

/** Says of each line of a contact list what joining it in these channels would change. */
export const compareDirectory = (
  tx: Queries,
  contacts: readonly DirectoryEntry[],
  channels: readonly string[],
): Promise<ComparedEntry[]> =>
  tx.$queryRaw<ComparedEntry[]>`
    select contact.code, "userId", before, case when staff.id is null then 'unknown'
      when before is not null then 'moved' when own = ${channels.length} then 'same' else 'new' end as verdict
    from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as contact (code text, "userId" text)
    left join staff on staff.code = contact.code and staff.active
    cross join lateral (
      select min(holder.code) filter (where holder.id <> staff.id) as before,
        count(*) filter (where holder.id = staff.id) as own
      from account join staff as holder on holder.id = account.staff_id
      where channel = any(${[...channels]}::text[]) and external_id = "userId") as now`

/**
 * Joins accounts to staff by their codes; those who are there keep where they were last seen. Who
 * has another account already hears of the new one. Resolves to the codes that nobody on the staff has.
 */
export async function joinDirectory(
  tx: Queries,
  contacts: readonly DirectoryEntry[],
  /** `reachable`: whether the bot may begin there. */
  { channel, reachable, now }: { channel: string; reachable: boolean; now: Date },
): Promise<string[]> {
  const list = JSON.stringify(contacts)
  const joined = await tx.$queryRaw<{ externalId: string; staffId: string; more: boolean }[]>`
    insert into account (channel, external_id, staff_id, conversation, last_seen_at, reachable,
      joined_at)
    select ${channel}, "userId", staff.id, "userId", 'epoch', ${reachable}, ${now}::timestamptz
    from jsonb_to_recordset(${list}::jsonb) as contact (code text, "userId" text)
    join staff using (code) where staff.active
    on conflict (channel, external_id) do update set staff_id = excluded.staff_id,
      joined_at = excluded.joined_at
    where account.staff_id <> excluded.staff_id
    returning external_id as "externalId", staff_id as "staffId", exists (
      select from account as other where other.staff_id = account.staff_id
        and other.external_id <> account.external_id) as more`
  for (const { externalId, staffId, more } of joined) {
    if (more) await announce(tx, { channel, externalId }, { staffId, issuedBy: null, now })
  }
  const unknown = await tx.$queryRaw<{ code: string }[]>`
    select code from jsonb_to_recordset(${list}::jsonb) as contact (code text)
    where code not in (select code from staff where active)`
  return unknown.map(({ code }) => code)
}
