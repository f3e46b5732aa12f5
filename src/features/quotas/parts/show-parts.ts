import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { type Asker, pathOf } from '../../../bot/policy.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import type { Queries } from '../../../infra/database/index.ts'
import * as policy from '../policy.ts'
import type { Holder } from '../rules.ts'
import { SPAN } from '../span.ts'
import { holdersBelow } from '../store.ts'
import { partsCard } from './cards.ts'
import { readParts } from './phrases.ts'
import { type Parts, partsIn } from './store.ts'

const input = z.object({
  span: z.string().regex(SPAN),
  of: z.string().trim().min(1).max(40).nullable(),
})

/** `指标分解 12月 一队`: what a unit is to reach, who below it has how much of that, and what is not given out. */
export const showParts = query<z.infer<typeof input>, Parts>({
  name: 'quota-parts',
  may: policy.splitQuotas,
  help: {
    usage: { zh: '指标分解 12月 一队', en: 'split quota 2026-12 T1' },
    purpose: {
      zh: '一个机构的指标分给了谁、还有多少没分',
      en: 'who has how much of what a unit is to reach, and what is not given out',
    },
  },
  phrases: {
    words: ['指标分解', '分解指标', '分指标', 'split quota'],
    read: (rest, at) => readParts(rest, at.today),
  },
  input,
  async load(tx, { span, of }, asker) {
    const unit = await unitMeant(tx, asker, of)
    return unit instanceof Refusal ? unit : partsIn(tx, unit, span)
  },
  reply: (parts, { span }, { who }) => partsCard(parts, span, who.language),
})

/** The unit within reach that is named, null: one's own; else why there is none. */
export async function unitMeant(
  tx: Queries,
  asker: Asker,
  of: string | null,
): Promise<Holder | Refusal> {
  const found = await holdersBelow(tx, of === null ? asker.who.unitPath : pathOf(asker), of)
  const units = found.filter(({ unitPath }) =>
    of === null ? unitPath === asker.who.unitPath : unitPath !== null,
  )
  const [unit, other] = units
  if (unit && !other) return unit
  if (found.length > units.length) {
    return refuse(
      `"${of}"是客户经理，指标不能再分。请写团队或支行的代码。`,
      `"${of}" is a manager, whose quota is not given out any further. Give the code of a team or branch.`,
    )
  }
  return refuse(
    `您的机构里没有"${of}"，或者不止一个，请写团队或支行的代码。`,
    `There is no "${of}" in your unit, or more than one; give the code of a team or branch.`,
  )
}
