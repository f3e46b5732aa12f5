import { joinDirectory } from '../../../bot/inbox/sender/accounts.ts'
import type { Role } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { CHANNELS, reachesNow } from './store.ts'

const WECOM = CHANNELS.filter(({ service }) => service === 'wecom').map(({ channel }) => channel)

/** Whose account in WeCom. */
export interface SaidAccount {
  /** A staff code. */
  readonly code: string
  readonly userId: string
}

/** What stands where an account is to be. */
export interface AccountNow {
  /** Of whoever has the code, as it is on file; null: nobody of these units. */
  readonly code: string | null
  readonly role: Role | null
  /** The code of somebody else who has the account; null: nobody. */
  readonly holder: string | null
  /** They said that it is not theirs. */
  readonly disowned: boolean
  /** In how many channels it is theirs already, and whether they have another one. */
  readonly own: number
  readonly others: boolean
}

/** An account that is theirs in all channels is nothing new. */
export const ALL_CHANNELS = WECOM.length

/** What stands on file of each of these accounts, in their order; staff codes count below a path. */
export const accountsNow = (
  tx: Queries,
  accounts: readonly SaidAccount[],
  path: string,
): Promise<AccountNow[]> =>
  tx.$queryRaw<AccountNow[]>`
    select person.code, person.role, coalesce(own, 0)::int as own, coalesce(others, false) as others,
      (select min(holder.code) from account join staff as holder on holder.id = account.staff_id
        where channel = any(${WECOM}) and lower(external_id) = lower("userId")
          and holder.id is distinct from person.id) as holder,
      exists (select from disowned_account where channel = any(${WECOM})
        and disowned_account.staff_id = person.id and lower(external_id) = lower("userId")) as disowned
    from jsonb_to_recordset(${numbered(accounts)}::jsonb) as said (place int, code text, "userId" text)
    left join (select staff.* from staff join unit on unit.id = staff.unit_id
      where active and starts_with(unit.path, ${path})) as person on lower(person.code) = lower(said.code)
    left join lateral (
      select count(*) filter (where lower(external_id) = lower("userId")) as own,
        bool_or(lower(external_id) <> lower("userId")) as others
      from account where account.staff_id = person.id and channel = any(${WECOM})) as theirs on true
    order by place`

const numbered = (accounts: readonly SaidAccount[]): string =>
  JSON.stringify(accounts.map(({ code, userId }, place) => ({ place, code, userId })))

/** Joins accounts to people, by staff codes as they are on file; who has another one hears of it. */
export async function joinAccounts(
  tx: Queries,
  accounts: readonly SaidAccount[],
  now: Date,
): Promise<void> {
  for (const { channel, service, reachable } of await reachesNow(tx)) {
    if (service === 'wecom') await joinDirectory(tx, accounts, { channel, reachable, now })
  }
}

/** Takes off accounts that an act joined and nobody has spoken from since; resolves to those that stay. */
export async function leaveAccounts(
  tx: Queries,
  accounts: readonly SaidAccount[],
  actId: string,
): Promise<ReadonlySet<string>> {
  const ids = accounts.map(({ userId }) => userId)
  await tx.$executeRaw`
    delete from account using act
    where act.id = ${actId}::uuid and joined_at = act.at and last_seen_at = 'epoch'
      and account.channel = any(${WECOM}) and external_id = any(${ids}::text[])`
  const left = await tx.$queryRaw<{ externalId: string }[]>`
    select external_id as "externalId" from account join act on act.id = ${actId}::uuid
    where joined_at >= act.at and account.channel = any(${WECOM}) and external_id = any(${ids}::text[])`
  return new Set(left.map(({ externalId }) => externalId))
}

/** Ends requests for such accounts that nobody has confirmed yet. */
export const withdrawAccounts = (tx: Queries, accounts: readonly SaidAccount[], now: Date) =>
  tx.$executeRaw`
    update request set status = 'superseded', decided_at = ${now}::timestamptz
    from jsonb_to_recordset(${numbered(accounts)}::jsonb) as said (code text, "userId" text)
    where kind = 'post' and subject = lower(said.code) and status = 'asked'
      and payload->'after'->>'wecom' = "userId"`

/** Everybody below a path with the account that they have in WeCom, unit by unit; null: none. */
export const accountsBelow = (
  tx: Queries,
  path: string,
): Promise<{ code: string; name: string; unit: string; userId: string | null }[]> =>
  tx.$queryRaw`
    select staff.code, staff.name, unit.name as unit, (
      select min(external_id) from account where staff_id = staff.id and channel = any(${WECOM})) as "userId"
    from staff join unit on unit.id = staff.unit_id
    where active and starts_with(unit.path, ${path}) order by unit.path, staff.code`
