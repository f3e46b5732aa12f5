import type { Card } from '../core/card.ts'
import { newId } from '../core/ids.ts'
import type { Language } from '../core/text.ts'
import type { Queries } from '../infra/database/index.ts'

/** A message to be queued. */
export interface Letter {
  readonly channel: string
  readonly conversation: string
  readonly card: Card
  /** Says what it is, so that asking twice queues it once; null where repeats are wanted. */
  readonly onceKey: string | null
  /** The message whose place it takes; null for a new one. */
  readonly replaces: string | null
  readonly notBefore: Date
}

/** Queues messages with the transaction; resolves to how many were new. */
export async function queueLetters(tx: Queries, letters: readonly Letter[], now: Date) {
  if (letters.length === 0) return 0
  const rows = letters.map((letter) => ({ id: newId(), ...letter, notBefore: letter.notBefore }))
  return tx.$executeRaw`
    insert into message (id, channel, conversation, once_key, card, replaces, not_before, created_at)
    select id, channel, conversation, "onceKey", card, replaces, "notBefore", ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as letter (
      id uuid, channel text, conversation text, "onceKey" text, card jsonb, replaces uuid,
      "notBefore" timestamptz)
    order by id
    on conflict (once_key) do nothing`
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
    where staff.id = any(${staffIds}::uuid[]) and staff.active
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
  await queueLetters(tx, [{ ...address, card, onceKey: null, replaces: null, notBefore: now }], now)
  return true
}

/** A card that may take the place of the latest of its subject. */
export type RevisedCard = Card & { readonly subject: string }

/** Beside each card, the message of its subject that stands in its conversation; null: none does. */
export async function shownOf(
  tx: Queries,
  cards: readonly {
    readonly channel: string
    readonly conversation: string
    readonly card: RevisedCard
  }[],
  now: Date,
): Promise<(string | null)[]> {
  const rows = await tx.$queryRaw<{ shown: string | null }[]>`
    select (
      select coalesce(replaces, id) from message
      where channel = place.channel and conversation = place.conversation
        and card ->> 'subject' = place.subject and state not in ('failed', 'dropped')
        and not_before <= ${now}::timestamptz
      order by message.id desc limit 1
    ) as shown
    from unnest(${cards.map(({ channel }) => channel)}::text[],
        ${cards.map(({ conversation }) => conversation)}::text[],
        ${cards.map(({ card }) => card.subject)}::text[])
      with ordinality as place (channel, conversation, subject, turn)
    order by turn`
  return rows.map(({ shown }) => shown)
}

/** The card of a message in a conversation; null when there is none. */
export async function sentCard(
  tx: Queries,
  channel: string,
  conversation: string,
  id: string,
): Promise<Card | null> {
  const [row] = await tx.$queryRaw<{ card: Card }[]>`
    select card from message
    where id::text = ${id} and channel = ${channel} and conversation = ${conversation}`
  return row?.card ?? null
}
