import type { Event } from '../core/chat.ts'
import type { Actor } from '../core/staff.ts'
import type { Day } from '../core/time.ts'
import type { Queries } from '../infra/database/index.ts'
import type { Expected } from './dialog.ts'

/** What an event begins with. */
export interface Turn {
  /** Who is behind it; null for somebody unknown or who left. */
  readonly who: Actor | null
  /** What the bot waited to hear from them here; asked for once, it is gone. */
  readonly expected: Expected | null
}

/**
 * Marks an event as answered and finds out who is behind it: the holder of the account, or, where
 * the channel names people by their staff code, that person. Notes where they were last seen, so
 * that pushes reach them there. Null when another process answered the event. One statement, since
 * every event pays for it.
 */
export async function openTurn(
  tx: Queries,
  id: string,
  event: Event,
  senderIs: 'account' | 'staff-code',
  now: Date,
  today: Day,
): Promise<Turn | null> {
  const { channel, sender, conversation, shared } = event
  const byCode = senderIs === 'staff-code'
  const [row] = await tx.$queryRaw<
    (Actor & { marked: boolean; expects: Expected | null; expired: boolean })[]
  >`
    with marked as (
      update received set answered_at = ${now}::timestamptz
      where id = ${id}::uuid and answered_at is null returning id
    ), seen as (
      update account set last_seen_at = ${now}::timestamptz, reachable = reachable is not false or not ${shared},
        conversation = case when ${shared} then conversation else ${conversation} end
      where channel = ${channel} and external_id = ${sender} and not ${byCode}
        and exists (select from marked)
      returning staff_id
    ), who as (
      select staff.id, staff.code, staff.name, staff.role, staff.unit_id as "unitId",
        unit.path as "unitPath", staff.language,
        array(select staff_id from absence where stand_in_id = staff.id and cancelled_at is null
          and ${today}::date between from_day and until_day) as "standsInFor"
      from staff join unit on unit.id = staff.unit_id
      where staff.active and case when ${byCode} then staff.code = ${sender}
        else staff.id = (select staff_id from seen) end
    ), expected as (
      delete from dialog using who
      where dialog.channel = ${channel} and dialog.conversation = ${conversation}
        and dialog.staff_id = who.id
      returning expects, expires_at < ${now}::timestamptz as expired
    )
    select exists (select from marked) as marked, who.*, expected.*
    from (select) as one left join who on true left join expected on true`
  if (!row?.marked) return null
  const { marked: _, expects, expired, ...who } = row
  return { who: who.id ? who : null, expected: expired ? null : expects }
}
