import { z } from 'zod'
import { type Asked, requestKind } from '../../../../bot/request-kind.ts'
import { day } from '../../../../core/calendar/time.ts'
import { text } from '../../../../core/text.ts'
import { secondPersons } from '../../../requests/store.ts'
import { settle } from '../ledger/settle.ts'
import { EARNERS, faultOf, periodOf, sayTerms, type Terms } from '../rules.ts'
import { holdLedger, putRule, rulesSince } from '../store.ts'

const points = z.int().min(0)

const payload = z.object({
  fromDay: z.iso.date().transform(day),
  untilDay: z.iso.date().transform(day),
  unitPath: z.string(),
  /** What the unit is called. */
  unit: z.string(),
  points: z.object({ details: points, contact: points, loan: points }),
  earners: z.array(z.enum(EARNERS)),
  budget: points,
  ceiling: points.nullable(),
})
export type ProposedRule = z.infer<typeof payload>

/** By which the same rule is known: a later proposal of it stands in place of one that waits. */
export const subjectOf = ({ unitPath, fromDay }: Terms): string => `${unitPath} ${fromDay}`

/** What referrers are to earn: proposed by marketing, in force once somebody else of marketing confirms. */
export const pointsRule = requestKind<ProposedRule>({
  name: 'points-rule',
  label: { zh: '谢礼规则', en: 'rule of points' },
  payload,
  confirmers: (tx, { askedBy }) => secondPersons(tx, { askedBy, role: 'marketing' }),
  async describe(_tx, terms) {
    const [period, said] = [periodOf(terms), sayTerms(terms)]
    return text(
      `${terms.unit} 转介谢礼，${period.zh}：${said.zh}。确认之日起发生的才计`,
      `points for referrals of ${terms.unit}, ${period.en}: ${said.en}; what happens from the day of the confirmation counts`,
    )
  },
  async fault(tx, { payload: terms }, { today }) {
    await holdLedger(tx)
    return faultOf(terms, await rulesSince(tx, today), today)
  },
  async carryOut(tx, { payload: terms }: Asked<ProposedRule>, { at }) {
    // What came before a change is earned as the rule stood then.
    await settle(tx, at)
    await putRule(tx, terms, await rulesSince(tx, at.today), at)
  },
})
