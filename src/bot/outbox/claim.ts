import type { Card } from '../../core/card.ts'
import type { Queries } from '../../infra/database/index.ts'

/**
 * `answer`: what somebody waits for. `many`: one of many alike, as a morning list is. `revision`: a
 * card that shows anew what stands.
 */
export const KINDS = ['answer', 'many', 'revision'] as const
export type Kind = (typeof KINDS)[number]

/** A message that was taken to be sent. */
export interface Claimed {
  readonly id: string
  readonly channel: string
  readonly conversation: string
  /** Null: it is to be composed first. */
  readonly card: Card | null
  /** `unknown`: it may have been sent, so look before it is repeated. */
  readonly state: 'queued' | 'unknown'
  /** How often it was tried in vain; a process that died does not count. */
  readonly attempts: number
  readonly kind: Kind
  readonly replaces: string | null
  /** From then on it is not worth sending any more; null: it always is. */
  readonly staleAt: Date | null
  /** The end of this claim on it, by which the claim is known. */
  readonly until: Date
}

/** What came of a send, to be noted. */
export interface Result {
  readonly id: string
  /** The claim that it was sent by: what has another one by now is left alone. */
  readonly until: Date
  /** Whether it was tried at all. */
  readonly tried: boolean
  readonly state: 'sent' | 'queued' | 'unknown' | 'failed' | 'dropped'
  /** The service's id of it; null when it did not go. */
  readonly ref: string | null
  readonly error: string | null
  /** When it may be tried again. */
  readonly at: Date
}

/** How many more may be taken of one kind of a channel's messages. */
export interface Lane {
  readonly channel: string
  readonly kind: Kind
  readonly room: number
  /** What falls due between these. */
  readonly since: Date
  readonly until: Date
}

/**
 * Takes the first message of each conversation, where it is due. One that was tried before holds up
 * those behind it; one that is only meant for later does not, nor does a revision. While a message is being sent
 * `not_before` is the end of the sender's lease: past it the sender died, and nobody knows whether
 * the message went.
 *
 * The first of a conversation is asked for by its key and not by the absence of an earlier one: a
 * queue that was empty when the database last counted it would have all compared with all. And the
 * lanes are one value and not arrays, by whose lengths it would be planned anew each time.
 */
export function claimDue(
  tx: Queries,
  lanes: readonly Lane[],
  leasedUntil: Date,
): Promise<Claimed[]> {
  const latest = new Date(Math.max(...lanes.map(({ until }) => until.getTime())))
  return tx.$queryRaw<Claimed[]>`
    with first as materialized (
      select message.id
      from json_to_recordset(${JSON.stringify(lanes)}::json)
        as lane (channel text, kind text, room int, since timestamptz, until timestamptz)
      cross join lateral (
        select id from message
        where channel = lane.channel and (once_key is not null) = (kind = 'many')
          and (reader_id is not null) = (kind = 'revision')
          and state in ('queued', 'sending', 'unknown') and not_before between since and until
          and id = (
            select earlier.id from message as earlier
            where earlier.channel = message.channel
              and earlier.conversation = message.conversation
              and earlier.state in ('queued', 'sending', 'unknown')
              and (earlier.reader_id is null or message.reader_id is not null)
              and (earlier.not_before <= until or earlier.state <> 'queued'
                or earlier.attempts > 0)
            order by earlier.id limit 1
          )
        order by not_before, id
        limit lane.room
      ) as message
    ), due as (
      select id, case state when 'queued' then 'queued' else 'unknown' end as state from message
      where id = any(array(select id from first)) and state in ('queued', 'sending', 'unknown')
        and not_before <= ${latest}
      for update skip locked
    )
    update message set state = 'sending', not_before = ${leasedUntil}
    from due where message.id = due.id
    returning message.id, channel, conversation, card, due.state, attempts, stale_at as "staleAt",
      not_before as until,
      case when once_key is not null then 'many' when reader_id is not null then 'revision'
        else 'answer' end as kind,
      (select ref from message as earlier where earlier.id = message.replaces) as replaces`
}

/** Notes what came of so many sends, of which nobody else took the message meanwhile. */
export function noteResults(tx: Queries, results: readonly Result[], now: Date): Promise<number> {
  return tx.$executeRaw`
    update message set state = result.state, ref = result.ref, error = result.error,
      not_before = result.at,
      attempts = attempts + case when result.tried and result.state <> 'sent' then 1 else 0 end,
      sent_at = case when result.state = 'sent' then ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
      as result (id uuid, until timestamptz, tried bool, state text, ref text, error text, at timestamptz)
    where message.id = result.id and message.state = 'sending' and message.not_before = result.until`
}

/** Gives up what waits and is not worth sending any more: a card to be shown anew in silence. */
export function giveUpStale(tx: Queries, now: Date): Promise<number> {
  return tx.$executeRaw`
    update message set error = concat_ws(': ', ${STALE}::text, error),
      state = case when reader_id is null then 'failed' else 'dropped' end
    where state = 'queued' and not_before <= ${now}::timestamptz and stale_at <= ${now}::timestamptz`
}

/** Why a message failed that waited for too long, before what it waited for. */
export const STALE = 'stale'
