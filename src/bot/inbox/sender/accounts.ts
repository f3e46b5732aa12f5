import type { Day } from '../../../core/calendar/time.ts'
import type { Actor } from '../../../core/staff.ts'
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

/** Whose account it is; null: nobody's, or a leaver's. */
export async function holderOf(
  tx: Queries,
  { channel, sender }: { readonly channel: string; readonly sender: string },
  today: Day,
): Promise<Actor | null> {
  const [who = null] = await tx.$queryRaw<Actor[]>`
    select staff.id, staff.code, staff.name, staff.role, staff.unit_id as "unitId",
      unit.path as "unitPath", staff.language,
      array(select staff_id from absence where stand_in_id = staff.id and cancelled_at is null
        and ${today}::date between from_day and until_day) as "standsInFor"
    from account join staff on staff.id = staff_id join unit on unit.id = staff.unit_id
    where channel = ${channel} and external_id = ${sender} and staff.active`
  return who
}

/** One line of a contact list. */
export interface DirectoryEntry {
  readonly code: string
  readonly userId: string
}

/**
 * Joins accounts to staff by their codes; those who are there keep where they were last seen. Who
 * has another account already hears of the new one.
 */
export async function joinDirectory(
  tx: Queries,
  contacts: readonly DirectoryEntry[],
  /** `reachable`: whether the bot may begin there. */
  { channel, reachable, now }: { channel: string; reachable: boolean; now: Date },
): Promise<void> {
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
    if (more) {
      // A whole list: whoever has accounts hears of it there.
      await announce(tx, { channel, externalId }, { staffId, issuedBy: null, ways: [], now })
    }
  }
}

/** How those of these accounts who work here are called: by name, or by code where several have that name. */
export async function staffOfAccounts(
  tx: Queries,
  channel: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.$queryRaw<{ id: string; called: string }[]>`
    select account.external_id as id,
      case when exists (
        select from staff as other where other.name = staff.name and other.id <> staff.id
      ) then staff.code else staff.name end as called
    from account join staff on staff.id = account.staff_id
    where account.channel = ${channel} and account.external_id = any(${ids}::text[])`
  return new Map(rows.map(({ id, called }) => [id, called]))
}
