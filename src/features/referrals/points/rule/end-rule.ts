import { z } from 'zod'
import { command } from '../../../../bot/command.ts'
import { wholeLine } from '../../../../bot/grammar/reading.ts'
import { textCard } from '../../../../core/card.ts'
import { Choice, refuse } from '../../../../core/decision.ts'
import { inLanguage, text } from '../../../../core/text.ts'
import * as policy from '../../policy.ts'
import { type PointsRule, periodOf } from '../rules.ts'
import { endRule, holdLedger, rulesSince, unitNames } from '../store.ts'

const NONE = refuse(
  '没有在用的谢礼规则，没有改动。',
  'There is no rule of points in force; nothing was changed.',
)

/** Ends a rule at once: it takes nothing from anybody, so nobody else need confirm. */
export const endPointsRule = command<{ ruleId?: string | undefined }, PointsRule, PointsRule>({
  name: 'end-points-rule',
  may: policy.keepPoints,
  help: {
    usage: { zh: '谢礼 停用', en: 'end points' },
    purpose: {
      zh: '停用谢礼规则：明天起不再计分，已得的照发',
      en: 'ends a rule of points: nothing more is earned from tomorrow on, what is earned stays',
    },
  },
  phrases: { words: ['谢礼 停用', '谢礼停用', '停用谢礼', 'end points'], read: wholeLine({}) },
  input: z.object({ ruleId: z.uuid().optional() }),
  async load(tx, { ruleId }, { at }) {
    await holdLedger(tx)
    const rules = await rulesSince(tx, at.today)
    const [only, other] = ruleId ? rules.filter(({ id }) => id === ruleId) : rules
    if (!only) return NONE
    if (!other) return only
    const units = await unitNames(tx, rules)
    return new Choice(
      text('停用哪一条谢礼规则？', 'Which rule of points is to end?'),
      rules.map((rule) => ({
        label: `${units.get(rule.unitPath) ?? rule.unitPath} ${rule.fromDay}–${rule.untilDay}`,
        intent: { command: 'end-points-rule', input: { ruleId: rule.id } },
      })),
    )
  },
  decide: (rule) => rule,
  save: (tx, { id }, { at }) => endRule(tx, id, at.today),
  reply: (rule, _facts, { say, at, who }) =>
    textCard(
      rule.fromDay > at.today
        ? say(
            `已取消 ${periodOf(rule).zh} 的谢礼规则，还没有开始计分。`,
            `The rule of points from ${inLanguage(periodOf(rule), who.language)} is gone; it had not begun.`,
          )
        : say(
            '谢礼规则已停用：今天发生的还计，明天起不再计分；已得的积分照发。',
            'The rule of points is ended: what happens today still counts, from tomorrow on nothing does. Points that are earned stay.',
          ),
    ),
})
