import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { type Asker, pathOf } from '../../bot/policy.ts'
import { type Block, type Button, textCard } from '../../core/card.ts'
import { Refusal, refuse } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import { LOOK_SHAPE, readLook } from './phrases.ts'
import * as policy from './policy.ts'
import {
  figuresLine,
  PLAIN_FIGURES,
  paceLine,
  progressLine,
  quotasOf,
  type SpanProgress,
} from './rules.ts'
import { daysIn, monthOf, paceOf, SPAN, type Span, spanName, spansOf } from './span.ts'
import { figuresOf, holdersBelow, progressOf } from './store.ts'

const input = z.object({
  span: z.string().regex(SPAN).nullable().default(null),
  of: z.string().trim().min(1).max(40).nullable(),
})

interface Line {
  readonly name: string
  readonly progress: readonly SpanProgress[]
}

interface Facts {
  /** Those asked for. */
  readonly spans: readonly Span[]
  readonly lines: readonly Line[]
  /** Where no quota is set: what was done in the first of them; null: one is, or it has not begun. */
  readonly done: { readonly span: Span; readonly figures: readonly Line[] } | null
}

/** `指标` alone: how far I, or those below me, have come; `指标 上月`, `指标 四季度` in another time. */
export const showQuotas = query<z.infer<typeof input>, Facts>({
  name: 'quotas',
  may: policy.showQuotas,
  help: {
    usage: { zh: '指标 · 指标 上月 · 指标 今年', en: 'quotas · quotas last month · quotas 2026' },
    purpose: {
      zh: '本月、本季度、今年或别的时间的指标和进度',
      en: 'the quotas of this month, quarter and year or another, and how far they are reached',
    },
  },
  phrases: {
    words: ['指标', '我的指标', '业绩', '我的业绩', 'quotas', 'quota', 'my quotas'],
    shape: LOOK_SHAPE,
    read: (rest, at) => readLook(rest, at.today),
  },
  input,
  async load(tx, { span, of }, { who, reach, at }) {
    const spans = span ? [span] : spansOf(at.today)
    const holders = await holdersSeen(tx, { who, reach }, of)
    if (holders instanceof Refusal) return holders
    const ids = holders.map(({ id }) => id)
    const progress = await progressOf(tx, ids, spans, at.timezone)
    const lines = holders.flatMap(({ id, name }) => {
      const theirs = progress.get(id)
      return theirs ? [{ name, progress: theirs }] : []
    })
    const [first = monthOf(at.today)] = spans
    const begun = daysIn(first).from <= at.today
    const unset = lines.length === 0 && begun
    const whose = unset ? plainlyShown(holders, { who, reach }, of) : []
    const figures = await Promise.all(
      whose.map(async ({ id, name }) => ({
        name,
        progress: await figuresOf(tx, id, PLAIN_FIGURES, first, at.timezone),
      })),
    )
    return { spans, lines, done: unset ? { span: first, figures } : null }
  },
  reply({ spans, lines, done }, _input, { say, at, who }) {
    const { language } = who
    const blocks = spans.flatMap((span): Block[] => {
      const pace = paceOf(span, at.today, at.workdays)
      const items = lines.flatMap(({ name, progress }) => {
        const each = progress.filter((one) => one.span === span)
        if (each.length === 0) return []
        const text = `**${name}** ${progressLine(each, language)}`
        return [{ text: pace ? `${text}\n${paceLine(each, pace, language)}` : text }]
      })
      const heading = quotasOf(span, at.today, language)
      return items.length > 0 ? [{ kind: 'list', heading, items }] : []
    })
    if (blocks.length > 0) return { blocks }
    const name = spanName(spans[0] ?? '', at.today, language)
    const none = say(`${name}没有定指标。`, `No quotas are set for ${name}.`)
    if (!done || done.figures.length === 0) return textCard(none)
    const items = done.figures.map((line) => ({
      text: `**${line.name}** ${figuresLine(line.progress, language)}`,
    }))
    const heading = say(`${name}做了`, `Done in ${name}`)
    const list: Block = { kind: 'list', heading, items }
    if (done.span !== monthOf(at.today)) return textCard(none, list)
    const each: Button = {
      label: say('本月明细', 'The month in detail'),
      intent: { command: 'summary', input: { span: 'this-month' } },
    }
    return textCard(none, list, { kind: 'buttons', buttons: [each] })
  },
})

/** Of whom figures are shown where no quota is set: whoever is named, else oneself or one's unit as one. */
const plainlyShown = (
  holders: readonly { readonly id: string; readonly name: string }[],
  { who, reach }: Asker,
  of: string | null,
): readonly { readonly id: string; readonly name: string }[] =>
  of !== null || reach === 'self' ? holders : holders.filter(({ id }) => id === who.unitId)

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
