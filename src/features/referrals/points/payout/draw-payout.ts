import { z } from 'zod'
import { command, query } from '../../../../bot/command.ts'
import { wholeLine } from '../../../../bot/grammar/reading.ts'
import { addMonths } from '../../../../core/calendar/time.ts'
import { textCard } from '../../../../core/card.ts'
import { type Refusal, refuse } from '../../../../core/decision.ts'
import { counted, inLanguage } from '../../../../core/text.ts'
import { askForSecond, NOBODY } from '../../../requests/ask.ts'
import { askedCard } from '../../../requests/cards.ts'
import { namesOf, openRequests, secondPersons } from '../../../requests/store.ts'
import { readPeriod } from '../../figures/phrases.ts'
import * as policy from '../../policy.ts'
import { settle } from '../ledger/settle.ts'
import { daysIn, lastDayOf, type PaidFor, sayDays } from './days.ts'
import { digestOf } from './digest.ts'
import { payoutBook } from './payout-book.ts'
import { PAYOUT_SUBJECT, type Payout, pointsPayout } from './payout-request.ts'
import { type Share, sumOf } from './rules.ts'
import { sharesOf } from './store.ts'

const input = z.object({
  /** Absent: the last month. */
  period: z
    .string()
    .regex(/^(all|\d{4}-(0[1-9]|1[0-2]))$/, '没有这个月份。 There is no such month.')
    .optional(),
})

interface Drawn {
  readonly paidFor: PaidFor
  readonly shares: readonly Share[]
  /** Who could be the second person, by name. */
  readonly confirmers: readonly string[]
}

/** Draws up who gets how many points for a month; they count as paid once somebody else confirms. */
export const payPoints = command<z.infer<typeof input>, Drawn, Drawn>({
  name: 'pay-points',
  may: policy.keepPoints,
  help: {
    usage: { zh: '谢礼 发放 · 谢礼 发放 11月', en: 'pay points · pay points 2026-11' },
    purpose: {
      zh: '拟一份谢礼发放名单（表格），另一位营销同事确认后才算发放；不写月份就是上月，"全部"是至今没发的',
      en: 'draws up who gets how many points (a workbook); they are paid once a colleague confirms. Without a month the last one, "all" for whatever is unpaid',
    },
  },
  phrases: {
    words: ['谢礼 发放', '谢礼发放', '发放谢礼', 'pay points'],
    read(rest, { today }) {
      const asked = readPeriod(rest, today)
      // 13月 is told to be none.
      if (rest && !asked) {
        return /^[\d年月./ -]+$/.test(rest)
          ? { kind: 'understood', input: { period: rest } }
          : { kind: 'no' }
      }
      return { kind: 'understood', input: asked ? { period: asked } : {} }
    },
  },
  input,
  async load(tx, { period: asked }, { who, at }) {
    await settle(tx, at)
    const period = asked ?? addMonths(at.today, -1).slice(0, 7)
    const paidFor = { period, until: lastDayOf(period, at.today) }
    const confirmers = await secondPersons(tx, { askedBy: who.id, role: 'marketing' })
    return {
      paidFor,
      shares: await sharesOf(tx, daysIn(paidFor)),
      confirmers: await namesOf(tx, confirmers),
    }
  },
  decide(drawn, { period }, { at }): Drawn | Refusal {
    if (period && period !== 'all' && period > at.today.slice(0, 7)) {
      return refuse(
        `${period} 还没到，没有可发的积分。`,
        `${period} is to come; there are no points to pay.`,
      )
    }
    if (sumOf(drawn.shares) === 0) {
      const days = sayDays(drawn.paidFor)
      return refuse(
        `${days.zh}没有待发的积分。别的月份写明，如"谢礼 发放 11月"；"谢礼 发放 全部"是至今没发的。`,
        `There are no unpaid points (${days.en}). For another month name it, or say "pay points all" for whatever is unpaid.`,
      )
    }
    return drawn.confirmers.length > 0 ? drawn : NOBODY
  },
  async save(tx, { paidFor, shares }, { who, at, tell, givesOut }) {
    const payload: Payout = {
      ...{ ...paidFor, people: shares.length, points: sumOf(shares) },
      digest: digestOf(shares),
    }
    const by = { askedBy: who.id, askedByName: who.name, reason: null }
    await askForSecond(tx, pointsPayout, { subject: PAYOUT_SUBJECT, payload, ...by }, { at, tell })
    givesOut(shares.length)
  },
  async reply({ paidFor, shares, confirmers }, _facts, { who, at }) {
    const asked = askedCard(confirmers, who.language)
    return { blocks: [...asked.blocks, await payoutBook(shares, paidFor, who, at)] }
  },
})

/** The list that waits, for who is to confirm it. */
export const pointsList = query<unknown, Omit<Drawn, 'confirmers'>>({
  name: 'points-list',
  may: policy.keepPoints,
  help: {
    usage: { zh: '谢礼 发放表', en: 'points list' },
    purpose: {
      zh: '等确认的谢礼发放名单，表格',
      en: 'the list of points that waits to be confirmed, as a workbook',
    },
  },
  phrases: { words: ['谢礼 发放表', '谢礼发放表', 'points list'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, { at, givesOut }) {
    const waiting = (await openRequests(tx, at.now, at.timezone)).find(
      ({ kind }) => kind === pointsPayout.name,
    )
    if (!waiting) {
      return refuse(
        '没有等确认的发放名单。要拟一份就说"谢礼 发放"。',
        'No list waits to be confirmed. To draw one up say "pay points".',
      )
    }
    const paidFor = waiting.payload as PaidFor
    const shares = await sharesOf(tx, daysIn(paidFor))
    givesOut(shares.length)
    return { paidFor, shares }
  },
  async reply({ paidFor, shares }, _input, { who, at, say }) {
    const days = inLanguage(sayDays(paidFor), who.language)
    return textCard(
      say(
        `谢礼发放 ${days}：${shares.length} 位，共 ${sumOf(shares)} 分。导出已留痕；确认在"待确认"里。`,
        `Payment of points (${days}): ${counted(shares.length, 'referrer')}, ${sumOf(shares)} in all. The export is on the audit trail; confirm it under "requests".`,
      ),
      await payoutBook(shares, paidFor, who, at),
    )
  },
})
