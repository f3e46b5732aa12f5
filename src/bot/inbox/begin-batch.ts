import type { Event } from '../../core/chat.ts'
import type { Actor } from '../../core/staff.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Expected } from '../conversation/dialog-store.ts'
import type { Moment } from '../moment.ts'
import type { QueuedEvent } from './event-queue.ts'
import { createReservations, type Reserve } from './reservations.ts'

/** What the answer to an event begins with. */
export interface Turn {
  readonly queued: QueuedEvent
  /** What was said; in a room as if it had been said in the asker's direct conversation. */
  readonly event: Event
  /** Where it was said, when others read what is sent there; else null. */
  readonly room: Room | null
  /** `answered`: by another process. `behind`: an earlier one of the conversation is not. */
  readonly state: 'open' | 'answered' | 'behind'
  /** Who is behind it; null for somebody unknown or who left. */
  readonly who: Actor | null
  /** What the bot waited to hear from them here. */
  readonly expected: Expected | null
  /** Whether it waited for anything, in time or not. */
  readonly asked: boolean
  /** Says what is about to be changed for it; throws `Contended` when another of its batch said so. */
  readonly reserve: Reserve
}

/** A conversation that more people read than the asker. */
export interface Room {
  readonly conversation: string
  /** Whether the channel reaches the asker alone. */
  readonly reached: boolean
}

interface Row extends Actor {
  readonly open: boolean
  readonly behind: boolean
  readonly expects: Expected | null
  readonly expired: boolean
  /** Where the asker of a room is reached alone. */
  readonly direct: string | null
}

/** How the channels are that events come from. */
export interface ChannelTraits {
  /** It names people by their staff code. */
  identifiesByStaffCode(channel: string): boolean
  /** In a shared conversation nobody but the asker sees what is sent there. */
  whispers(channel: string): boolean
}

/**
 * Begins the answers to events of different conversations, in their order: locks the conversations until the
 * end of the transaction, and reads who sent each event: the holder of the account, or, where the
 * channel names people by their staff code, that person. What was said in a room counts as said in the
 * asker's direct conversation. How batches work: answer-batch.ts.
 */
export async function beginBatch(
  tx: Queries,
  batch: readonly QueuedEvent[],
  { identifiesByStaffCode, whispers }: ChannelTraits,
  { now, today }: Pick<Moment, 'now' | 'today'>,
): Promise<Turn[]> {
  const events = batch.map(({ event }) => event)
  const channels = events.map(({ channel }) => channel)
  const conversations = events.map(({ conversation }) => conversation)
  const inRoom = events.map(({ channel, shared }) => shared && !whispers(channel))
  const asked = batch.map(({ id, event: { channel, conversation, sender } }, place) => ({
    ...{ id, channel, conversation, sender, in_room: inRoom[place] },
    by_code: identifiesByStaffCode(channel),
  }))
  const locked = lock(tx, channels, conversations)
  // In one value, as by the length of an array the statement would be planned anew each time; and each is looked up by its
  // key, however many rows the plan expects.
  const found = tx.$queryRaw<Row[]>`
    select received.id is not null as open, who.*, dialog.expects, direct,
      dialog.expires_at < ${now}::timestamptz as expired,
      exists (
        select from received as earlier
        where earlier.channel = turn.channel and earlier.conversation = turn.conversation
          and earlier.answered_at is null and earlier.id < turn.id
      ) as behind
    from rows from (
        json_to_recordset(${JSON.stringify(asked)}::json) as (
          id uuid, channel text, conversation text, sender text, by_code bool, in_room bool)
      ) with ordinality as turn (id, channel, conversation, sender, by_code, in_room, place)
    left join lateral (
      select id from received where id = turn.id and answered_at is null limit 1
    ) as received on true
    left join lateral (
      select * from account where channel = turn.channel and external_id = turn.sender limit 1
    ) as account on true
    left join lateral (
      select account.conversation as direct where in_room and account.reachable is not false
    ) as aside on true
    left join lateral (
      select staff.id, staff.code, staff.name, staff.role, staff.unit_id as "unitId",
        unit.path as "unitPath", staff.language,
        array(select staff_id from absence where stand_in_id = staff.id and cancelled_at is null
          and ${today}::date between from_day and until_day) as "standsInFor"
      from (
        select * from staff as holder where not by_code and holder.id = account.staff_id
        union all
        select * from staff as named where by_code and named.code = turn.sender
      ) as staff join unit on unit.id = staff.unit_id
      where staff.active limit 1
    ) as who on true
    left join lateral (
      select expects, expires_at from dialog where channel = turn.channel
        and conversation = case when in_room then direct else turn.conversation end
        and staff_id = who.id limit 1
    ) as dialog on true
    order by place`
  const reserve = createReservations()
  const [, rows] = await Promise.all([locked, found])
  return rows.map(({ open, behind, expects, expired, direct, ...who }, index) => {
    const queued = batch[index] as QueuedEvent
    const { event } = queued
    return {
      queued,
      event: direct ? saidAlone(event, direct) : event,
      room: inRoom[index]
        ? { conversation: event.conversation, reached: direct !== null && who.id !== null }
        : null,
      state: !open ? 'answered' : behind ? 'behind' : 'open',
      who: who.id ? who : null,
      expected: expired ? null : expects,
      asked: expects !== null,
      reserve,
    }
  })
}

/** Locks conversations in one order, so that two instances never wait for each other. */
const lock = (tx: Queries, channels: readonly string[], conversations: readonly string[]) =>
  tx.$queryRaw<unknown[]>`
    with keys as materialized (
      select distinct hashtextextended(channel || E'\n' || conversation, 0) as key
      from unnest(${channels}::text[], ${conversations}::text[]) as place (channel, conversation)
      order by key
    )
    select count(pg_advisory_xact_lock(key)::text) from keys`

/** The same, said in a conversation that nobody else reads. */
function saidAlone({ replyTo: _, ...event }: Event, conversation: string): Event {
  return { ...event, conversation, shared: false }
}
