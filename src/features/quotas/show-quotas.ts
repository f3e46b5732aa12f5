import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { dayField } from '../../bot/grammar/fields.ts'
import { type Asker, pathOf } from '../../bot/policy.ts'
import type { Day } from '../../core/calendar/time.ts'
import { type Button, textCard } from '../../core/card.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import { LOOK_SHAPE, readLook } from './phrases.ts'
import * as policy from './policy.ts'
import { monthLabel, monthOf, type Progress, progressLine } from './rules.ts'
import { holdersBelow, progressOf } from './store.ts'

const input = z.object({
  month: dayField,
  of: z.string().trim().min(1).max(40).nullable(),
})

interface Line {
  readonly name: string
  readonly progress: readonly Progress[]
}

interface Facts {
  readonly month: Day
  readonly lines: readonly Line[]
}

/** `指标` alone: how far I, or those below me, have come this month; `指标 上月` another month. */
export const showQuotas = query<z.infer<typeof input>, Facts>({
  name: 'quotas',
  may: policy.showQuotas,
  help: {
    usage: { zh: '指标 · 指标 上月', en: 'quotas · quotas last month' },
    purpose: {
      zh: '本月或别的月份的指标和进度',
      en: "this month's or another's quotas and progress",
    },
  },
  phrases: {
    words: ['指标', '我的指标', '业绩', '我的业绩', 'quotas', 'quota', 'my quotas'],
    shape: LOOK_SHAPE,
    read: (rest, at) => readLook(rest, at.today),
  },
  input,
  async load(tx, { month: asked, of }, { who, reach, at }) {
    const month = monthOf(asked ?? at.today)
    const holders = await holdersSeen(tx, { who, reach }, of)
    if (holders instanceof Refusal) return holders
    const ids = holders.map(({ id }) => id)
    const progress = await progressOf(tx, ids, month, at.timezone)
    const lines = holders.flatMap(({ id, name }) => {
      const theirs = progress.get(id)
      return theirs ? [{ name, progress: theirs }] : []
    })
    return { month, lines }
  },
  reply({ month, lines }, _input, { say, at, who }) {
    const current = month === monthOf(at.today)
    const when = current ? say('本月', 'this month') : monthLabel(month, who.language)
    if (lines.length === 0) {
      const none = say(`${when}没有定指标。`, `No quotas are set for ${when}.`)
      if (!current) return textCard(none)
      const figures: Button = {
        label: say('本月做了多少', 'What was done'),
        intent: { command: 'summary', input: { span: 'this-month' } },
      }
      return textCard(none, { kind: 'buttons', buttons: [figures] })
    }
    const items = lines.map(({ name, progress }) => ({
      text: `**${name}** ${progressLine(progress, who.language)}`,
    }))
    return {
      title: say(`${when}指标`, current ? "This month's quotas" : `Quotas of ${when}`),
      blocks: [{ kind: 'list', items }],
    }
  },
})

/** Myself, or those below me; of them the one that is named. */
async function holdersSeen(
  tx: Queries,
  { who, reach }: Asker,
  of: string | null,
): Promise<{ id: string; name: string }[] | Refusal> {
  if (reach === 'self') {
    const own = of === null || of === who.name || of.toLowerCase() === who.code.toLowerCase()
    return own
      ? [{ id: who.id, name: who.name }]
      : refuse(
          '您可以看自己的指标，发"指标"或"指标 上月"。',
          'You can see your own quotas: say "quotas" or "quotas last month".',
        )
  }
  const holders = await holdersBelow(tx, pathOf({ who, reach }), of)
  if (of !== null && holders.length === 0) {
    return refuse(
      `您的机构里没有"${of}"，请写经理工号或团队代码，例如"指标 M001"。`,
      `There is no "${of}" in your unit; give a staff code or the code of a team, such as "quotas M001".`,
    )
  }
  return holders.map(({ whose, name }) => {
    return { id: 'staffId' in whose ? whose.staffId : whose.unitId, name }
  })
}
