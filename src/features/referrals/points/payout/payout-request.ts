import { z } from 'zod'
import { requestKind } from '../../../../bot/request-kind.ts'
import { textCard } from '../../../../core/card.ts'
import { refuse } from '../../../../core/decision.ts'
import { counted, type Language, speaker, text } from '../../../../core/text.ts'
import { secondPersons } from '../../../requests/store.ts'
import { holdLedger } from '../store.ts'
import { daysIn, sayDays } from './days.ts'
import { digestOf } from './digest.ts'
import { leftOf, type Share } from './rules.ts'
import { pay, sharesOf } from './store.ts'

const payload = z.object({
  /** A month as `2026-11`, or `all`. */
  period: z.string(),
  /** The last day that it goes to. */
  until: z.string(),
  people: z.int(),
  points: z.int(),
  digest: z.string(),
})
export type Payout = z.infer<typeof payload>

/** One list is drawn up at a time: a later one stands in its place. */
export const PAYOUT_SUBJECT = 'points'

/** Points are to count as paid: drawn up by marketing, confirmed by somebody else of it. */
export const pointsPayout = requestKind<Payout>({
  name: 'points-payout',
  label: { zh: '谢礼发放', en: 'payment of points' },
  payload,
  confirmers: (tx, { askedBy }) => secondPersons(tx, { askedBy, role: 'marketing' }),
  async describe(_tx, { period, until, people, points }) {
    const days = sayDays({ period, until })
    return text(
      `发放转介谢礼 ${days.zh}：${people} 位推荐人，共 ${points} 分。名单说"谢礼 发放表"`,
      `pay points for referrals (${days.en}): ${counted(people, 'referrer')}, ${points} in all. For the list say "points list"`,
    )
  },
  async fault(tx, { payload: { digest, ...asked } }) {
    await holdLedger(tx)
    return digestOf(await sharesOf(tx, daysIn(asked))) === digest
      ? null
      : refuse(
          '名单拟好后，积分有变动（有的收回了，或又有新的），没有发放。请重新说"谢礼 发放"拟一份。',
          'Points were earned or taken back since the list was drawn up; nothing was paid. Please say "pay points" for a new list.',
        )
  },
  async carryOut(tx, { id: requestId, payload: asked }, { at, tell }) {
    const days = daysIn(asked)
    const shares = await sharesOf(tx, days)
    await pay(tx, days, { requestId, today: at.today, now: at.now })
    for (const [staffId, theirs] of Map.groupBy(shares, (share) => share.staffId)) {
      await tell(staffId, (language) => textCard(paidLines(theirs, language)))
    }
  },
})

/** To a referrer, or the manager of clients who recommended. */
function paidLines(shares: readonly Share[], language: Language): string {
  const say = speaker(language)
  return shares
    .filter((share) => leftOf(share) > 0)
    .map((share) =>
      share.isClient
        ? say(
            `**${share.name}** 的转介积分 ${leftOf(share)} 分已确认发放，请转告并致谢。`,
            `**${share.name}** gets ${counted(leftOf(share), 'point')} for referrals; please tell and thank them.`,
          )
        : say(
            `您的转介积分 ${leftOf(share)} 分已确认发放，谢谢。`,
            `You get ${counted(leftOf(share), 'point')} for your referrals. Thank you.`,
          ),
    )
    .join('\n')
}
