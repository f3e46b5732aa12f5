import { z } from 'zod'
import { command } from '../../bot/command.ts'
import { dayField } from '../../bot/grammar/fields.ts'
import { pathOf } from '../../bot/policy.ts'
import type { Day } from '../../core/calendar/time.ts'
import { textCard } from '../../core/card.ts'
import { type Refusal, refuse } from '../../core/decision.ts'
import { readQuota } from './phrases.ts'
import * as policy from './policy.ts'
import { type Holder, MEASURE_LABELS, MEASURES, MOST_TARGET, monthLabel, monthOf } from './rules.ts'
import { holdersBelow, putTargets } from './store.ts'

const input = z.object({
  month: dayField,
  of: z.string().trim().min(1).max(40),
  targets: z
    .array(z.object({ measure: z.enum(MEASURES), target: z.int().min(0).max(MOST_TARGET) }))
    .min(1)
    .max(MEASURES.length),
})
type Input = z.infer<typeof input>

interface Set {
  readonly holder: Holder
  readonly month: Day
  readonly targets: Input['targets']
}

/** What a manager, a team or a branch is to reach in a month. */
export const setQuota = command<Input, Holder, Set>({
  name: 'set-quota',
  may: policy.setQuotas,
  help: {
    usage: { zh: '指标 12月 M001 走访 20 新客 8', en: 'quota 2026-12 M001 visits 20 new 8' },
    purpose: {
      zh: '给经理、团队或支行定当月指标；0 为取消',
      en: 'what a manager, team or branch is to reach; 0 takes it away',
    },
  },
  phrases: { words: ['指标', '任务指标', 'quota'], read: (rest, at) => readQuota(rest, at.today) },
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
  decide(holder, { month, targets }, { at }): Set | Refusal {
    const first = monthOf(month ?? at.today)
    if (first < monthOf(at.today)) {
      return refuse(
        `${monthLabel(first, 'zh')}已经过去，不能再定指标。看当时的进度说"指标 ${first.slice(0, 7)}"。`,
        `${monthLabel(first, 'en')} has gone by; its quotas can be set no more. To see how it went say "quotas ${first.slice(0, 7)}".`,
      )
    }
    return { holder, month: first, targets }
  },
  save: (tx, { holder, month, targets }, { who, at }) =>
    putTargets(tx, holder.whose, month, targets, who.id, at.now),
  reply: ({ holder, month, targets }, _facts, { say, who }) => {
    const what = targets
      .map(({ measure, target }) => `${MEASURE_LABELS[measure][who.language]} ${target}`)
      .join(say('、', ', '))
    return textCard(
      say(
        `已定 ${month.slice(0, 7)} 指标：**${holder.name}** ${what}。`,
        `Quota of ${month.slice(0, 7)}: **${holder.name}** ${what}.`,
      ),
    )
  },
})
