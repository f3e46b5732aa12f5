import { UNDO_MINUTES } from '../../../bot/commands/undo.ts'
import type { Reaction } from '../../../bot/feature.ts'
import { addressesOf, enqueue } from '../../../bot/outbox/enqueue.ts'
import { textCard } from '../../../core/card.ts'
import { type Language, speaker } from '../../../core/text.ts'
import { batchPerTransaction } from '../../../infra/batch.ts'

interface Granted {
  readonly outcomeId: string
  /** Who is told: the referrer, or the manager of a client who recommended. */
  readonly staffId: string
  /** The client who recommended; null when staff did. */
  readonly through: string | null
  readonly enteredAt: Date
}

/** The first grants that an act logged for people whom somebody recommended, and who has the credit. */
const grantedBy = batchPerTransaction(async (tx, actIds: readonly string[]) => {
  const rows = await tx.$queryRaw<(Granted & { actId: string })[]>`
    select distinct on (outcome.id) outcome.id as "outcomeId", outcome.act_id as "actId",
      staff.id as "staffId", client.name as through, entry.entered_at as "enteredAt"
    from outcome
    join referral_entry as entry on entry.client_id = outcome.client_id
      and entry.status = 'accepted' and entry.credit = 'first'
      and entry.entered_at <= outcome.logged_at
    join referral_link as link on link.id = entry.link_id
    left join client on client.id = link.client_id
    join staff on staff.id = coalesce(link.staff_id, client.owner_id)
    where outcome.act_id = any(${actIds}::uuid[]) and outcome.kind = 'granted'
      and not exists (select from outcome as earlier where earlier.client_id = outcome.client_id
        and earlier.kind = 'granted' and earlier.undone_at is null
        and earlier.logged_at >= entry.entered_at and earlier.id < outcome.id)
    order by outcome.id, entry.entered_at desc`
  const byAct = Map.groupBy(rows, ({ actId }) => actId)
  return actIds.map((id): readonly Granted[] => byAct.get(id) ?? [])
})

const keyOf = (outcomeId: string): string => `referral-granted:${outcomeId}`

/**
 * Whoever has the credit hears that the loan was granted, once nobody can take the outcome back any
 * more; without the client's name, which is the client manager's business.
 */
export const tellOfGrant: Reaction = {
  to: 'change',
  async run(tx, { actId, at, who, bank }) {
    if (!bank.tellsReferrerOfGrant) return
    const granted = await grantedBy(tx, actId)
    if (granted.length === 0) return
    const addresses = await addressesOf(
      tx,
      granted.map(({ staffId }) => staffId),
    )
    const notBefore = new Date(at.now.getTime() + UNDO_MINUTES * 60_000)
    const letters = granted.flatMap((each) => {
      const address = addresses.find(({ staffId }) => staffId === each.staffId)
      // Who logged it knows, unless there is a client to thank.
      if (!address || (each.staffId === who.id && !each.through)) return []
      const { channel, conversation, language } = address
      return {
        channel,
        conversation,
        card: grantedCard(each, language),
        onceKey: keyOf(each.outcomeId),
        replaces: null,
        notBefore,
      }
    })
    await enqueue(tx, letters, at.now)
  },
}

/** A grant that was taken back is not told. */
export const keepQuietAboutUndone: Reaction = {
  to: 'undo',
  async run(tx, { who, at }) {
    await tx.$executeRaw`
      update message set state = 'dropped'
      where state = 'queued' and once_key in (
        select 'referral-granted:' || outcome.id from outcome join act on act.id = outcome.act_id
        where act.staff_id = ${who.id}::uuid and act.undone_at = ${at.now}::timestamptz)`
  },
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
