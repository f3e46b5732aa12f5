import { z } from 'zod'
import { query } from '../../../../bot/command.ts'
import { wholeLine } from '../../../../bot/grammar/reading.ts'
import { addDays, type Day } from '../../../../core/calendar/time.ts'
import { type Card, textCard } from '../../../../core/card.ts'
import { inLanguage, type Language, speaker } from '../../../../core/text.ts'
import * as policy from '../../policy.ts'
import { LATE_DAYS, type PointsRule, periodOf, sayTerms } from '../rules.ts'
import { rulesSince, unitNames } from '../store.ts'

interface Known {
  readonly rules: readonly PointsRule[]
  /** Names of units by path. */
  readonly units: ReadonlyMap<string, string>
}

/** `谢礼`: the rules in force, and how far their budgets are used. */
export const showPoints = query<unknown, Known>({
  name: 'points-rules',
  may: policy.keepPoints,
  help: {
    usage: { zh: '谢礼', en: 'points' },
    purpose: {
      zh: '转介谢礼的规则和预算用了多少',
      en: 'the rules of points for referrals, and how far their budgets are used',
    },
  },
  phrases: { words: ['谢礼', '转介谢礼', 'points', 'referral points'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, { at }) {
    const rules = await rulesSince(tx, addDays(at.today, -LATE_DAYS))
    return { rules, units: await unitNames(tx, rules) }
  },
  reply: (known, _input, { at, who }) => rulesCard(known, at.today, who.language),
})

function rulesCard({ rules, units }: Known, today: Day, language: Language): Card {
  const say = speaker(language)
  const title = say('转介谢礼', 'Points for referrals')
  if (rules.length === 0) {
    return textCard(
      say(
        '没有谢礼规则，谁都不计积分。发"谢礼 规则"定一条，请第二人确认后生效。',
        'There is no rule of points, and nobody earns any. Say "points rule" to propose one; it is in force once a second person confirms.',
      ),
    )
  }
  return {
    title,
    blocks: [
      {
        kind: 'list',
        items: rules.map((rule) => {
          const { id, used, budget, untilDay, unitPath } = rule
          const over = untilDay < today
          const input = { ruleId: id }
          return {
            text: [
              `**${units.get(unitPath) ?? unitPath}** ${inLanguage(periodOf(rule), language)}${over ? say('（已结束）', ' (over)') : ''}`,
              inLanguage(sayTerms(rule), language),
              say(
                `已计 ${used} 分，还剩 ${budget - used} 分`,
                `${used} spent, ${budget - used} left`,
              ),
            ].join('\n'),
            buttons: over
              ? []
              : [
                  {
                    label: say('修改', 'Change'),
                    opensForm: true,
                    intent: { command: 'points-rule-form', input },
                  },
                  { label: say('停用', 'End'), intent: { command: 'end-points-rule', input } },
                ],
          }
        }),
      },
    ],
  }
}
