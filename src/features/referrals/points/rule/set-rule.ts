import { command } from '../../../../bot/command.ts'
import { pathOf } from '../../../../bot/policy.ts'
import { Refusal, refuse } from '../../../../core/decision.ts'
import { audienceNamed } from '../../../campaigns/audience/store.ts'
import { askForSecond, NOBODY } from '../../../requests/ask.ts'
import { askedCard } from '../../../requests/cards.ts'
import { namesOf, secondPersons } from '../../../requests/store.ts'
import * as policy from '../../policy.ts'
import { faultOf, type PointsRule, tellsTooMuch } from '../rules.ts'
import { rulesSince, wholeBank } from '../store.ts'
import { RULE_PHRASES } from './phrases.ts'
import { type TermsInput, termsInput } from './read-terms.ts'
import { type ProposedRule, pointsRule, subjectOf } from './rule-request.ts'

interface Facts {
  /** Whose referrers: the unit that was named, or the whole bank. */
  readonly unit: { readonly name: string; readonly path: string }
  readonly known: readonly PointsRule[]
  /** Who could be the second person, by name. */
  readonly confirmers: readonly string[]
}

interface Proposed {
  readonly terms: ProposedRule
  readonly confirmers: readonly string[]
}

/** Proposes what referrers earn in points; it is in force once somebody else of marketing confirms. */
export const setPointsRule = command<TermsInput, Facts, Proposed>({
  name: 'set-points-rule',
  may: policy.keepPoints,
  help: {
    usage: {
      zh: '谢礼 规则 2027年 留信息 10 联系 20 放款 100 预算 50000 每月 500 给 客户、员工',
      en: 'points rule 2027 details 10 contact 20 loan 100 budget 50000 monthly 500 for clients, staff',
    },
    purpose: {
      zh: '转介谢礼：每来一位新客户，推荐人得几分、谁可得、每月上限和总预算；请第二人确认后生效',
      en: 'points for referrals: how many for a newcomer, for whom, a monthly ceiling and the budget; in force once a second person confirms',
    },
  },
  phrases: RULE_PHRASES,
  input: termsInput,
  async load(tx, { unit: named }, asker) {
    const { who, at } = asker
    const unit = named ? await unitNamed(tx, named, pathOf(asker)) : await wholeBank(tx)
    if (unit instanceof Refusal) return unit
    const confirmers = await secondPersons(tx, { askedBy: who.id, role: 'marketing' })
    return {
      unit,
      known: await rulesSince(tx, at.today),
      confirmers: await namesOf(tx, confirmers),
    }
  },
  decide({ unit, known, confirmers }, input, { at, bank }): Proposed | Refusal {
    const { fromDay, untilDay, details, contact, loan, earners, budget, ceiling } = input
    const terms = {
      ...{ fromDay, untilDay, unitPath: unit.path, unit: unit.name },
      ...{ points: { details, contact, loan }, earners: [...earners], budget, ceiling },
    }
    const fault = faultOf(terms, known, at.today) ?? tellsTooMuch(terms, bank.tellsReferrerOfGrant)
    if (fault) return fault
    return confirmers.length > 0 ? { terms, confirmers } : NOBODY
  },
  async save(tx, { terms }, { who, at, tell }) {
    const by = { askedBy: who.id, askedByName: who.name, reason: null }
    const asking = { subject: subjectOf(terms), payload: terms, ...by }
    await askForSecond(tx, pointsRule, asking, { at, tell })
  },
  reply: ({ confirmers }, _facts, { who }) => askedCard(confirmers, who.language),
})

async function unitNamed(
  tx: Parameters<typeof audienceNamed>[0],
  named: string,
  own: string,
): Promise<Facts['unit'] | Refusal> {
  const { places, paths } = await audienceNamed(tx, [named], own)
  const [unit, other] = places.filter(({ path }) => paths.includes(path))
  return unit && !other
    ? unit
    : refuse(
        `没有机构"${named}"，或不止一个，请写机构代码；不写就是全行。`,
        `There is no unit "${named}", or more than one; give its code. Without one it is the whole bank.`,
      )
}
