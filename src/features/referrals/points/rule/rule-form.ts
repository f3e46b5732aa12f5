import { z } from 'zod'
import { query } from '../../../../bot/command.ts'
import { wholeLine } from '../../../../bot/grammar/reading.ts'
import type { Day } from '../../../../core/calendar/time.ts'
import type { Card, FormField } from '../../../../core/card.ts'
import { inLanguage, type Language, speaker } from '../../../../core/text.ts'
import { unitsToPick } from '../../../campaigns/audience/store.ts'
import * as policy from '../../policy.ts'
import { EARNER_LABELS, EARNERS, type PointsRule, STAGE_LABELS, STAGES } from '../rules.ts'
import { rulesSince } from '../store.ts'
import { RULE } from './phrases.ts'

interface Known {
  /** What is changed; null: a new one. */
  readonly rule: (PointsRule & { readonly unit: string }) | null
  /** Units to pick from, by name. */
  readonly units: readonly string[]
}

/** `谢礼 规则`: the form, and the button of a rule with what it says now. */
export const pointsRuleForm = query<{ ruleId?: string | undefined }, Known>({
  name: 'points-rule-form',
  may: policy.keepPoints,
  help: {
    usage: { zh: '谢礼 规则', en: 'points rule' },
    purpose: {
      zh: '填表定转介谢礼的规则',
      en: 'the rule of points for referrals, by a form',
    },
  },
  phrases: { words: RULE, read: wholeLine({}) },
  input: z.object({ ruleId: z.uuid().optional() }),
  async load(tx, { ruleId }, { at }) {
    const rule = (await rulesSince(tx, at.today)).find(({ id }) => id === ruleId) ?? null
    const units = await unitsToPick(tx, '/')
    const named = rule && (await tx.unit.findUnique({ where: { path: rule.unitPath } }))
    return { rule: rule && { ...rule, unit: named?.code ?? '' }, units }
  },
  reply: (known, _input, { who, at }) => formCard(known, at.today, who.language),
})

function formCard({ rule, units }: Known, today: Day, language: Language): Card {
  const say = speaker(language)
  const number = (name: string, label: string, value: number | null, hint: string): FormField => ({
    ...{ name, label, type: 'text', required: name === 'budget', hint },
    value: value === null ? '' : String(value),
  })
  const next = `${Number(today.slice(0, 4)) + 1}`
  const labels = EARNERS.map((each) => inLanguage(EARNER_LABELS[each], language))
  const fields: FormField[] = [
    {
      ...{ name: 'fromDay', type: 'date', required: true, label: say('第一天', 'First day') },
      value: rule?.fromDay ?? `${next}-01-01`,
    },
    {
      ...{ name: 'untilDay', type: 'date', required: true, label: say('最后一天', 'Last day') },
      value: rule?.untilDay ?? `${next}-12-31`,
    },
    ...STAGES.map((stage) =>
      number(
        stage,
        say(`${STAGE_LABELS[stage].zh}得几分`, `Points: ${STAGE_LABELS[stage].en}`),
        rule?.points[stage] ?? null,
        say('每来一位新客户；不给写 0', 'for each newcomer; none: 0'),
      ),
    ),
    number(
      'budget',
      say('预算（总积分）', 'Budget in points'),
      rule?.budget ?? null,
      say('用完就不再计', 'nobody earns any beyond it'),
    ),
    number(
      'ceiling',
      say('每人每月上限', 'Monthly ceiling'),
      rule?.ceiling ?? null,
      say('不填即不限', 'blank: none'),
    ),
    {
      ...{ name: 'earners', type: 'text', required: true, label: say('谁可得', 'Who earns them') },
      ...{ known: labels, several: true },
      value: (rule?.earners ?? [])
        .map((each) => inLanguage(EARNER_LABELS[each], language))
        .join('、'),
      hint: say('用顿号隔开', 'with commas'),
    },
    {
      ...{ name: 'unit', type: 'text', required: false, label: say('机构', 'Unit') },
      ...{ known: units, value: rule?.unit ?? '' },
      hint: say('不填即全行', 'blank: the whole bank'),
    },
  ]
  const title = rule
    ? say('改转介谢礼的规则', 'Change the rule of points')
    : say('转介谢礼的规则', 'A rule of points for referrals')
  const submit = say('请第二人确认', 'Ask for a second person')
  const intent = { command: 'set-points-rule', input: {} }
  return { blocks: [{ kind: 'form', form: { title, submit, intent, fields } }] }
}
