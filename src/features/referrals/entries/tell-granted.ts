import { UNDO_MINUTES, undoableSince } from '../../../bot/commands/undo.ts'
import type { Reaction } from '../../../bot/feature.ts'
import type { Moment } from '../../../bot/moment.ts'
import { addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import { textCard } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { batchPerTransaction } from '../../../infra/batch.ts'
import type { Queries } from '../../../infra/database/index.ts'

/** Somebody who came by a referral and was granted a loan. */
interface Granted {
  readonly entryId: string
  /** Who is told: the referrer, or the manager of a client who recommended. */
  readonly staffId: string
  /** The client who recommended; null when staff did. */
  readonly through: string | null
}

/**
 * The first grants that an act logged for people whom somebody recommended, and who has the credit. Of a
 * bank whose book confirms them none: there the facility is what counts.
 */
const claimedBy = batchPerTransaction(async (tx, actIds: readonly string[]) => {
  const rows = await tx.$queryRaw<(Granted & { actId: string })[]>`
    select distinct on (outcome.id) entry.id as "entryId", outcome.act_id as "actId",
      staff.id as "staffId", client.name as through
    from outcome
    join referral_entry as entry on entry.client_id = outcome.client_id
      and entry.status = 'accepted' and entry.credit = 'first'
      and entry.entered_at <= outcome.logged_at
    join referral_link as link on link.id = entry.link_id
    left join client on client.id = link.client_id
    join staff on staff.id = coalesce(link.staff_id, client.owner_id)
    where outcome.act_id = any(${actIds}::uuid[]) and outcome.stage = 'granted'
      and not exists (select from facility)
      and not exists (select from outcome as earlier where earlier.client_id = outcome.client_id
        and earlier.stage = 'granted' and earlier.undone_at is null
        and earlier.logged_at >= entry.entered_at and earlier.id < outcome.id)
    order by outcome.id, entry.entered_at desc`
  const byAct = Map.groupBy(rows, ({ actId }) => actId)
  return actIds.map((id): readonly Granted[] => byAct.get(id) ?? [])
})

/**
 * Whoever has the credit hears that a loan was granted, once nobody can take it back any more; without
 * the client's name, which is the client manager's business.
 */
export const tellOfGrant: Reaction = {
  to: 'change',
  async run(tx, { actId, at, who, bank }) {
    if (!bank.tellsReferrerOfGrant) return
    await thank(tx, await claimedBy(tx, actId), { staffId: who.id, actId, at })
  },
}

/** Who granted or confirmed, by which act (null: a feed, which nobody takes back), and when. */
interface By {
  readonly staffId: string | null
  readonly actId: string | null
  readonly at: Pick<Moment, 'now' | 'timezone'>
}

/** The same for clients whose loans the bank's book confirms. */
export async function thankForConfirmed(
  tx: Queries,
  clientIds: readonly string[],
  by: By,
): Promise<void> {
  if (clientIds.length === 0) return
  const granted = await tx.$queryRaw<Granted[]>`
    select distinct on (entry.client_id) entry.id as "entryId", staff.id as "staffId",
      client.name as through
    from referral_entry as entry
    join referral_link as link on link.id = entry.link_id
    left join client on client.id = link.client_id
    join staff on staff.id = coalesce(link.staff_id, client.owner_id)
    where entry.client_id = any(${[...clientIds]}::uuid[])
      and entry.status = 'accepted' and entry.credit = 'first'
      and exists (select from facility where facility.client_id = entry.client_id
        and coalesce(facility.opened_on, facility.as_of)
          >= (entry.entered_at at time zone ${by.at.timezone})::date)
    order by entry.client_id, entry.entered_at desc`
  await thank(tx, granted, by)
}

const keyOf = (entryId: string): string => `referral-thanks:${entryId}`

/** Thanks whoever was not thanked yet. */
async function thank(tx: Queries, granted: readonly Granted[], by: By): Promise<void> {
  if (granted.length === 0) return
  const { staffId: author, actId, at } = by
  const fresh = await tx.$queryRaw<{ id: string }[]>`
    update referral_entry set thanked_at = ${at.now}::timestamptz
    where id = any(${granted.map(({ entryId }) => entryId)}::uuid[]) and thanked_at is null
    returning id`
  const ids = new Set(fresh.map(({ id }) => id))
  const addresses = await addressesOf(
    tx,
    granted.map(({ staffId }) => staffId),
  )
  const notBefore = new Date(at.now.getTime() + (actId ? UNDO_MINUTES * 60_000 : 0))
  const letters = granted.flatMap((each) => {
    const address = addresses.find(({ staffId }) => staffId === each.staffId)
    // Who logged it knows, unless there is a client to thank.
    if (!ids.has(each.entryId) || !address || (each.staffId === author && !each.through)) return []
    const { channel, conversation, language } = address
    const card = grantedCard(each, language)
    const onceKey = keyOf(each.entryId)
    return [{ channel, conversation, card, onceKey, replaces: null, notBefore }]
  })
  await enqueue(tx, letters, at.now)
}

/** A grant that was taken back is not told, and thanked for when it comes again. */
export const keepQuietAboutUndone: Reaction = {
  to: 'undo',
  async run(tx, { who, at }) {
    const undone = await tx.$queryRaw<{ clientId: string }[]>`
      select outcome.client_id as "clientId" from outcome join act on act.id = outcome.act_id
      where act.staff_id = ${who.id}::uuid and act.at >= ${undoableSince(at.now)}::timestamptz
        and act.undone_at = ${at.now}::timestamptz and outcome.stage = 'granted'`
    await takeBackThanks(
      tx,
      undone.map(({ clientId }) => clientId),
    )
  },
}

/** Thanks for the loans of clients that were not said yet never were. */
export async function takeBackThanks(tx: Queries, clientIds: readonly string[]): Promise<void> {
  if (clientIds.length === 0) return
  await tx.$executeRaw`
    with unsaid as (
      update message set state = 'dropped', once_key = null
      from referral_entry as entry
      where message.state = 'queued' and message.once_key = 'referral-thanks:' || entry.id
        and entry.client_id = any(${[...clientIds]}::uuid[])
      returning entry.id
    )
    update referral_entry set thanked_at = null from unsaid where referral_entry.id = unsaid.id`
}

function grantedCard({ through }: Granted, language: Language) {
  const say = speaker(language)
  const button = {
    label: say('我的转介', 'My referrals'),
    intent: { command: 'my-referrals', input: {} },
  }
  return textCard(
    through
      ? say(
          `**${through}** 转介来的一位客户放款了。请替银行谢谢 ${through}，也可以再请其推荐。`,
          `Somebody whom **${through}** recommended was granted a loan. Please thank ${through} for the bank.`,
        )
      : say(
          '您转介的一位客户放款了，谢谢。',
          'Somebody whom you recommended was granted a loan. Thank you.',
        ),
    { kind: 'buttons', buttons: [button] },
  )
}
