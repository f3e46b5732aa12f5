import type { Card } from '../../core/card.ts'
import type { Queries } from '../../infra/database/index.ts'

// The outbox is the table `message`. Several instances send from it at once, and any of them may die at any
// moment; still each message goes once, and each conversation in order.
//
// A message is in one of these states:
// - queued: it waits, until `not_before`.
// - sending: a process has claimed it, and `not_before` is the end of its lease. Only that process may
//   record what came of it (it names the lease by its end). Past that end it counts as `unknown`.
// - unknown: it may have gone: the process died, or the service did not answer. Whoever claims it next looks
//   it up at the service before it is sent again.
// - sent, failed (refused, or stale before it could go), dropped (a card that is not to be refreshed any
//   more): the end.
//
// The order of a conversation is that of ids, and only its first message that is not at an end is claimed.
// One that was tried in vain holds up those behind it. One that is only meant for later does not, and nor
// does a refresh, which replaces a message that is there already.
//
// Each channel has a limit of messages under way for each kind (`ClaimLimit`), so that a push of ten
// thousand lists or a wave of refreshes does not hold up answers.

/**
 * `answer`: what somebody waits for. `bulk`: one of many alike, as a morning list is. `refresh`: a card
 * that was sent before and is to be shown as it is now (live-cards.ts).
 */
export const MESSAGE_KINDS = ['answer', 'bulk', 'refresh'] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

/** A message that this process claimed to send. */
export interface ClaimedMessage {
  readonly id: string
  readonly channel: string
  readonly conversation: string
  /** Null: it is to be composed first. */
  readonly card: Card | null
  /** Before it was claimed; of one whose lease ended, `unknown`. */
  readonly state: 'queued' | 'unknown'
  /** How often it was tried in vain; a process that died does not count. */
  readonly attempts: number
  readonly kind: MessageKind
  readonly replaces: string | null
  /** The event that it answers, or that had it said; null: nothing that somebody said. */
  readonly receivedId: string | null
  /** From then on it is not worth sending any more; null: it always is. */
  readonly staleAt: Date | null
  /** The end of this claim on it, by which the claim is known. */
  readonly until: Date
}

/** What came of a send, to be recorded. */
export interface SendResult {
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

/** How many messages of one kind may be claimed of a channel. */
export interface ClaimLimit {
  readonly channel: string
  readonly kind: MessageKind
  readonly room: number
  /** Those whose `not_before` lies between these. */
  readonly since: Date
  readonly until: Date
}

/**
 * Claims the first message of each conversation, where it is due, until `leasedUntil`.
 *
 * Traps: the first of a conversation is selected by its key, not with NOT EXISTS: with stale statistics (a
 * table that was empty when it was analysed) the planner would choose a nested loop over the whole table.
 * And the limits are one JSON value: arrays of different lengths would be planned anew each time.
 */
export function claimDue(
  tx: Queries,
  limits: readonly ClaimLimit[],
  leasedUntil: Date,
): Promise<ClaimedMessage[]> {
  const latest = new Date(Math.max(...limits.map(({ until }) => until.getTime())))
  return tx.$queryRaw<ClaimedMessage[]>`
    with first as materialized (
      select message.id
      from json_to_recordset(${JSON.stringify(limits)}::json)
        as claim_limit (channel text, kind text, room int, since timestamptz, until timestamptz)
      cross join lateral (
        select id from message
        where channel = claim_limit.channel and (once_key is not null) = (kind = 'bulk')
          and (reader_id is not null) = (kind = 'refresh')
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
        limit claim_limit.room
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
      received_id as "receivedId", not_before as until,
      case when once_key is not null then 'bulk' when reader_id is not null then 'refresh'
        else 'answer' end as kind,
      (select ref from message as earlier where earlier.id = message.replaces) as replaces`
}

/** Records what came of sends; what another process claimed meanwhile is left alone. */
export function recordResults(
  tx: Queries,
  results: readonly SendResult[],
  now: Date,
): Promise<number> {
  return tx.$executeRaw`
    update message set state = result.state, ref = result.ref, error = result.error,
      not_before = result.at,
      attempts = attempts + case when result.tried and result.state <> 'sent' then 1 else 0 end,
      sent_at = case when result.state = 'sent' then ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(results)}::jsonb)
      as result (id uuid, until timestamptz, tried bool, state text, ref text, error text, at timestamptz)
    where message.id = result.id and message.state = 'sending' and message.not_before = result.until`
}

/** Gives up what waits and is not worth sending any more; a refresh without a fault. Resolves to how many. */
export function failStale(tx: Queries, now: Date): Promise<number> {
  return tx.$executeRaw`
    update message set error = concat_ws(': ', ${STALE}::text, error),
      state = case when reader_id is null then 'failed' else 'dropped' end
    where state = 'queued' and not_before <= ${now}::timestamptz and stale_at <= ${now}::timestamptz`
}

/** The error of a message that waited for too long, before why it waited. */
export const STALE = 'stale'
