import { z } from 'zod'
import { command } from '../../../bot/command.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import * as policy from '../policy.ts'
import { MEASURE_LABELS, MEASURES, type Target } from '../rules.ts'
import { hasGoneBy, SPAN, type Span, spanLabel } from '../span.ts'
import { putTargets } from '../store.ts'
import { partsCard } from './cards.ts'
import { SPLIT_PHRASES } from './phrases.ts'
import { type Below, partsOf } from './rules.ts'
import { unitMeant } from './show-parts.ts'
import { type Parts, partsIn } from './store.ts'

const input = z.object({
  span: z.string().regex(SPAN),
  of: z.string().trim().min(1).max(40),
  measure: z.enum(MEASURES),
  how: z.union([
    z.enum(['evenly', 'by-clients']),
    z
      .array(
        z.object({
          of: z.string().trim().min(1).max(40),
          percent: z
            .number()
            .min(0)
            .max(100, '一份不超过 100%。 A share is at most 100%.')
            .nullable(),
          target: z.int().min(0).max(1_000_000_000_000).nullable(),
        }),
      )
      .min(1)
      .max(100),
  ]),
})
type Input = z.infer<typeof input>

interface Split {
  readonly span: Span
  readonly set: Target
  readonly parts: readonly (Target & Below)[]
}

/** Gives out what a unit is to reach to those right below it: by share, or by hand. */
export const splitQuota = command<Input, Parts, Split>({
  name: 'split-quota',
  may: policy.splitQuotas,
  undoable: true,
  help: {
    usage: {
      zh: '指标分解 12月 一队 走访 平均',
      en: 'split quota 2026-12 T1 visits evenly',
    },
    purpose: {
      zh: '把一个机构的指标分给下级机构和经理，看还有多少没分；"平均"处也可写"按客户"、"M001 60% M002 40%"',
      en: 'gives what a unit is to reach to those below it, and says what is not given out; instead of "evenly" also "by clients", "M001 60% M002 40%"',
    },
  },
  phrases: SPLIT_PHRASES,
  input,
  async load(tx, { span, of }, asker) {
    const unit = await unitMeant(tx, asker, of)
    return unit instanceof Refusal ? unit : partsIn(tx, unit, span)
  },
  decide({ unit, set, below }, { span, measure, how }, { at }): Split | Refusal {
    if (hasGoneBy(span, at.today)) {
      return refuse(
        `${spanLabel(span, 'zh')}已经过去，不能再分，没有改动。`,
        `${spanLabel(span, 'en')} has gone by and can be given out no more; nothing was changed.`,
      )
    }
    const whole = set.find((each) => each.measure === measure)
    if (!whole) {
      const label = MEASURE_LABELS[measure]
      return refuse(
        `${unit.name} ${spanLabel(span, 'zh')}还没有${label.zh}指标，先要由上级定下来。`,
        `${unit.name} has no quota of ${label.en} for ${spanLabel(span, 'en')} yet; it is set from above it first.`,
      )
    }
    const parts = partsOf(whole, below, how)
    return parts instanceof Refusal ? parts : { span, set: whole, parts }
  },
  save: (tx, { span, parts }, { who, at, actId }) =>
    putTargets(tx, span, parts, { setBy: who.id, now: at.now, actId }),
  reply({ span, set, parts }, { unit, below }, { who }) {
    const after = below.map((each) => {
      const part = parts.find(({ code }) => code === each.code)
      const rest = each.set.filter(({ measure }) => measure !== set.measure || !part)
      return { ...each, set: part ? [part, ...rest] : rest, before: part ? each.set : [] }
    })
    return partsCard({ unit, set: [set], below: after }, span, who.language)
  },
})
