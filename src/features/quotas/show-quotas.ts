import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { wholeLine } from '../../bot/words/reading.ts'
import { say as card } from '../../core/card.ts'
import { quotaProgress } from './public.ts'
import { type Progress, progressLine } from './rules.ts'
import { holdersBelow } from './store.ts'

interface Line {
  readonly name: string
  readonly progress: readonly Progress[]
}

/** `指标` alone: how far I, or those below me, have come this month. */
export const showQuotas = query<unknown, readonly Line[]>({
  name: 'quotas',
  roles: ['manager', 'lead', 'head'],
  help: {
    usage: { zh: '指标', en: 'quotas' },
    purpose: { zh: '本月指标和进度', en: "this month's quotas and progress" },
  },
  phrases: { words: ['指标', '进度', 'quotas', 'quota'], read: wholeLine({}) },
  input: z.unknown(),
  async load(tx, _input, { who, at }) {
    const holders =
      who.role === 'manager'
        ? [{ id: who.id, name: who.name }]
        : (await holdersBelow(tx, who.unitPath, null)).map(({ whose, name }) => {
            return { id: 'staffId' in whose ? whose.staffId : whose.unitId, name }
          })
    const progress = await quotaProgress(
      tx,
      holders.map(({ id }) => id),
      at,
    )
    return holders.flatMap(({ id, name }) => {
      const of = progress.get(id)
      return of ? [{ name, progress: of }] : []
    })
  },
  allow: () => null,
  reply: (lines, _input, { say, who }) =>
    lines.length === 0
      ? card(say('本月没有定指标。', 'No quotas are set for this month.'))
      : {
          title: say('本月指标', "This month's quotas"),
          blocks: [
            {
              kind: 'list',
              items: lines.map(({ name, progress }) => ({
                text: `**${name}** ${progressLine(progress, who.language)}`,
              })),
            },
          ],
        },
})
