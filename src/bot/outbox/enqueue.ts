import { type Card, textCard } from '../../core/card.ts'
import { PAGE } from '../../core/chat.ts'
import { newId } from '../../core/ids.ts'
import type { Language } from '../../core/text.ts'
import { jsonTexts } from '../../infra/database/columns.ts'
import type { Queries } from '../../infra/database/index.ts'
import { idsOf } from '../../infra/database/raw-statements.ts'

/** A message to be queued. */
export interface OutgoingMessage {
  readonly channel: string
  readonly conversation: string
  readonly card: Card
  /** Says what it is, so that asking twice queues it once; null where repeats are wanted. */
  readonly onceKey: string | null
  /** The message whose place it takes; null for a new one. */
  readonly replaces: string | null
  readonly notBefore: Date
  /** From then on it is not worth sending any more; where it does not say, it is a notice. */
  readonly staleAt?: Date
  /** The event that it answers, or that had it said; absent: nothing that somebody said. */
  readonly receivedId?: string
}

const DAY_MS = 24 * 3_600_000
/** How long a notice is worth sending: nobody would ask for it again, and it outlasts a holiday week. */
const NOTICE_WORTH_MS = 7 * DAY_MS

/** How long an answer is worth sending: whoever asked asks again on another day. */
export const answerUntil = (now: Date): Date => new Date(now.getTime() + DAY_MS)

/** Queues messages with the transaction; resolves to how many were new. */
export async function enqueue(tx: Queries, messages: readonly OutgoingMessage[], now: Date) {
  if (messages.length === 0) return 0
  const rows = messages.map(({ card, ...message }) => {
    const staleAt = message.staleAt ?? new Date(message.notBefore.getTime() + NOTICE_WORTH_MS)
    return { id: newId(), subject: card.subject, ...message, staleAt }
  })
  return tx.$executeRaw`
    insert into message (id, channel, conversation, once_key, card, subject, replaces, not_before,
      stale_at, received_id, created_at)
    select id, channel, conversation, "onceKey", card::json, subject, replaces, "notBefore",
      "staleAt", "receivedId", ${now}::timestamptz
    from rows from (
      json_to_recordset(${JSON.stringify(rows)}::json) as (
        id uuid, channel text, conversation text, "onceKey" text, subject text, replaces uuid,
        "notBefore" timestamptz, "staleAt" timestamptz, "receivedId" uuid),
      string_to_table(${jsonTexts(messages.map(({ card }) => card))}, chr(30))
    ) as outgoing (id, channel, conversation, "onceKey", subject, replaces, "notBefore", "staleAt",
      "receivedId", card)
    order by id
    on conflict (once_key) where once_key is not null do nothing`
}

/** Where a person is reached: of the accounts that reach them, the one they used last. */
export interface Address {
  readonly staffId: string
  readonly channel: string
  readonly conversation: string
  readonly language: Language
}

/** The addresses of those of `staffIds` who can be reached. */
export async function addressesOf(tx: Queries, staffIds: readonly string[]): Promise<Address[]> {
  return tx.$queryRaw<Address[]>`
    select distinct on (staff.id) staff.id as "staffId", staff.language,
      account.channel, account.conversation
    from staff join account on account.staff_id = staff.id and account.reachable is not false
    where staff.id = any(${idsOf(staffIds)}) and staff.active
    order by staff.id, account.last_seen_at desc`
}

/** Queues one card for a person, in their language; false when nothing reaches them. */
export async function tell(
  tx: Queries,
  staffId: string,
  compose: (language: Language) => Card,
  now: Date,
): Promise<boolean> {
  const [address] = await addressesOf(tx, [staffId])
  if (!address) return false
  const card = compose(address.language)
  await enqueue(tx, [{ ...address, card, onceKey: null, replaces: null, notBefore: now }], now)
  await enqueueRefreshes(tx, await standingPages(tx, [staffId]), now)
  return true
}

/** A live card that is out of date in a conversation, and who reads it there. */
export interface StaleCard {
  readonly channel: string
  readonly conversation: string
  readonly subject: string
  readonly readerId: string
}

/** A live card is refreshed so long after it went out of date, once for all that changed meanwhile. */
export const REFRESH_DELAY_MS = 300

/** What stands on the pages of these people. */
export async function standingPages(
  tx: Queries,
  staffIds: readonly string[],
): Promise<readonly StaleCard[]> {
  if (staffIds.length === 0) return []
  return tx.$queryRaw<StaleCard[]>`
    select account.channel, page.conversation, page.subject, staff_id as "readerId"
    from account cross join lateral (
      select conversation, subject from message
      where message.channel = account.channel and conversation = ${PAGE} || external_id
        and subject is not null
      -- As message_subject is ordered, where a page has one subject: by id alone all that was ever sent would be read.
      order by subject desc, id desc limit 1
    ) as page
    where staff_id = any(${idsOf([...new Set(staffIds)])})`
}

/** Takes away what stands on pages whose accounts are nobody's any more. */
export async function clearPages(
  tx: Queries,
  pages: readonly Pick<StaleCard, 'channel' | 'conversation'>[],
  now: Date,
): Promise<void> {
  const blank = { card: NOTHING_HERE, onceKey: null, replaces: null, notBefore: now }
  await enqueue(
    tx,
    pages.map(({ channel, conversation }) => ({ channel, conversation, ...blank })),
    now,
  )
}
const NOTHING_HERE = textCard('这里现在没有内容。 There is nothing here now.')

/** Queues refreshes of live cards (live-cards.ts); one that was never sent there is passed over. */
export async function enqueueRefreshes(
  tx: Queries,
  stale: readonly StaleCard[],
  now: Date,
): Promise<void> {
  if (stale.length === 0) return
  await tx.$executeRaw`
    with stale as (
      select distinct on (channel, conversation, subject) *
      from json_to_recordset(${JSON.stringify(stale.map((each) => ({ id: newId(), ...each })))}::json)
        as each (id uuid, channel text, conversation text, subject text, "readerId" uuid)
    ), waiting as materialized (
      -- Locked, so that none is being composed from what was true before this transaction.
      select channel, conversation, subject from message join stale using (channel, conversation, subject)
      where message.reader_id is not null and state = 'queued' for update of message
    )
    insert into message (id, channel, conversation, subject, reader_id, replaces, not_before, stale_at,
      created_at)
    select stale.id, channel, conversation, subject, "readerId", shown.id,
      ${new Date(now.getTime() + REFRESH_DELAY_MS)}::timestamptz, ${answerUntil(now)}::timestamptz,
      ${now}::timestamptz
    from stale cross join lateral (
      select coalesce(replaces, message.id) as id from message
      where message.channel = stale.channel and message.conversation = stale.conversation
        and message.subject = stale.subject and state not in ('failed', 'dropped')
        -- One that is being sent is there before its refresh is claimed.
        and (state <> 'queued' or not_before <= ${now}::timestamptz)
      order by message.id desc limit 1
    ) as shown
    where (channel, conversation, subject) not in (select channel, conversation, subject from waiting)`
}

/**
 * The card of a message in a conversation; null when there is none. What was said there by a way of its
 * own stands in it too: that way follows the conversation after a blank.
 */
export async function sentCard(
  tx: Queries,
  channel: string,
  conversation: string,
  id: string,
): Promise<Card | null> {
  const [row] = await tx.$queryRaw<{ card: Card }[]>`
    select card from message
    where id::text = ${id} and channel = ${channel} and card is not null
      and (conversation = ${conversation} or starts_with(conversation, ${`${conversation} `}))`
  return row?.card ?? null
}
