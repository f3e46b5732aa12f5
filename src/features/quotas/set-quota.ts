import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { pathOf } from '../../bot/policy.ts'
import { textCard } from '../../core/card.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { undoRow } from '../../core/undo-button.ts'
import * as policy from './policy.ts'
import {
  type Holder,
  MEASURE_LABELS,
  MEASURES,
  mostOf,
  sayReached,
  sayTarget,
  type Target,
} from './rules.ts'
import { QUOTA_PHRASES } from './set-words.ts'
import { hasGoneBy, SPAN, type Span, spanLabel } from './span.ts'
import { holdersBelow, putTargets } from './store.ts'

const input = z.object({
  span: z.string().regex(SPAN),
  of: z.string().trim().min(1).max(40),
  targets: z
    .array(
      z.object({
        measure: z.enum(MEASURES),
        target: z.int().min(0),
        stretch: z.int().min(0).nullable().default(null),
      }),
    )
    .min(1)
    .max(2 * MEASURES.length),
})
type Input = z.infer<typeof input>

interface Set {
  readonly holder: Holder
  readonly span: Span
  readonly targets: readonly Target[]
}

/** What a manager, a team or a branch is to reach in a month, a quarter or a year. */
export const setQuota = command<Input, Holder, Set>({
  name: 'set-quota',
  may: policy.setQuotas,
  undoable: true,
  help: {
    usage: {
      zh: '指标 12月 M001 走访 20 新客 8 · 指标 四季度 一队 放款额 300万 挑战 400万',
      en: 'quota 2026-12 M001 visits 20 new 8 · quota Q4 T1 granted amount 3000000 stretch 4000000',
    },
    purpose: {
      zh: '给经理、团队或支行定月、季、年指标；0 为取消',
      en: 'what a manager, team or branch is to reach in a month, quarter or year; 0 takes it away',
    },
  },
  phrases: QUOTA_PHRASES,
  input,
  async load(tx, { of }, asker) {
    const holders = await holdersBelow(tx, pathOf(asker), of)
    const [holder, other] = holders
    if (!holder) {
      return refuse(
        `您的机构里没有"${of}"，请写经理工号或团队代码。`,
        `There is no "${of}" in your unit; give a staff code or the code of a team.`,
      )
    }
    if (other) {
      return refuse(
        `"${of}"不止一个：${holders.map(({ name, code }) => `${name} ${code}`).join('、')}，请写代码。`,
        `There is more than one "${of}": ${holders.map(({ name, code }) => `${name} ${code}`).join(', ')}; give the code.`,
      )
    }
    return holder
  },
  decide(holder, { span, targets }, { at }): Set | Refusal {
    if (hasGoneBy(span, at.today)) return goneBy(span)
    const wrong = targets.map(faultOf).find((each) => each !== null)
    return wrong ?? { holder, span, targets }
  },
  save: (tx, { holder, span, targets }, { who, at, actId }) => {
    const set = targets.map((target) => ({ ...target, whose: holder.whose }))
    return putTargets(tx, span, set, { setBy: who.id, now: at.now, actId })
  },
  reply: ({ holder, span, targets }, _facts, { say, who }) => {
    const what = targets.map((each) => sayTarget(each, who.language)).join(say('、', ', '))
    return textCard(
      say(
        `已定 ${span} 指标：**${holder.name}** ${what}。`,
        `Quota of ${span}: **${holder.name}** ${what}.`,
      ),
      undoRow(say),
    )
  },
})

/** Why what has gone by cannot be set. */
export const goneBy = (span: Span): Refusal =>
  refuse(
    `${spanLabel(span, 'zh')}已经过去，不能再定指标。看当时的进度说"指标 ${span}"。`,
    `${spanLabel(span, 'en')} has gone by; its quotas can be set no more. To see how it went say "quotas ${span}".`,
  )

function faultOf(set: Target): Refusal | null {
  const { measure, target, stretch } = set
  const label = MEASURE_LABELS[measure]
  const most = mostOf(measure)
  if (Math.max(target, stretch ?? 0) > most) {
    return refuse(
      `${label.zh}指标最多 ${sayReached(measure, most, 'zh')}，没有改动。`,
      `A quota of ${label.en} is at most ${sayReached(measure, most, 'en')}; nothing was changed.`,
    )
  }
  return stretch !== null && target > 0 && stretch <= target
    ? refuse(
        `${label.zh}的挑战值 ${sayReached(measure, stretch, 'zh')} 要高于指标 ${sayReached(measure, target, 'zh')}，没有改动。`,
        `The stretch of ${label.en}, ${sayReached(measure, stretch, 'en')}, must be above the quota of ${sayReached(measure, target, 'en')}; nothing was changed.`,
      )
    : null
}
