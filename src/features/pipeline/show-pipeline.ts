import { z } from 'zod'
import { type Context, query } from '../../bot/command.ts'
import type { Asker } from '../../bot/policy.ts'
import { day } from '../../core/calendar/time.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import { chartPng } from '../../infra/pictures/chart.ts'
import { bookMeant } from './book-meant.ts'
import { heightOf, moreCard, type Pipeline, pipelineCard, pipelineChart } from './cards.ts'
import { readWhose } from './phrases.ts'
import * as policy from './policy.ts'
import { countStanding, grantedIn, linesStanding } from './store.ts'

const input = z.object({
  /** Whose: a name or a code; absent, all within reach. */
  of: z.string().trim().min(1).max(40).optional(),
  /** The first line that is shown; from the second page on they stand alone. */
  from: z.int().min(0).max(100_000).default(0),
})
type Input = z.infer<typeof input>

/** `进度`: what is under way between a first yes and the loan, with how much, and when it is wanted. */
export const showPipeline = query<Input, Pipeline>({
  name: 'pipeline',
  may: policy.showPipeline,
  concurrency: 'long',
  help: {
    usage: { zh: '进度 · 进度 周龙', en: 'pipeline · pipeline M001' },
    purpose: {
      zh: '在办的客户到了哪一步、多少钱、什么时候要，附图；主管可以看一个人或一个团队',
      en: 'what is under way at which stage, how much and for when; leads may name a person or a team',
    },
  },
  phrases: {
    words: [
      ...['进度', '我的进度', '在办', '在途', '商机', '漏斗', '还有多少能放', '还能放多少'],
      ...['pipeline', 'my pipeline', 'funnel'],
    ],
    read: readWhose,
  },
  input,
  load,
  fault: ({ book, standing }) =>
    standing.length > 0
      ? null
      : refuse(
          `${book.name}现在没有在办的。登记"有意向""已申请""已批"等结果后，会出现在这里。`,
          `Nothing is under way with ${book.name}. What is logged as interested, applied or approved comes here.`,
        ),
  async reply(pipeline, { from }, { who, at }) {
    if (from > 0) return moreCard(pipeline, at, who.language)
    // Without any amount there is nothing to be drawn.
    const drawn = pipeline.standing.some(({ amount }) => amount)
      ? await chartPng(pipelineChart(pipeline, at, who.language), {
          width: 720,
          height: heightOf(pipeline, at),
        })
      : null
    return pipelineCard(pipeline, drawn?.toString('base64') ?? null, at, who.language)
  },
})

async function load(
  tx: Queries,
  { of, from }: Input,
  { who, reach, at: { today } }: Context & Asker,
): Promise<Pipeline | Refusal | Choice> {
  const book = await bookMeant(tx, { who, reach }, of, {
    command: 'pipeline',
    words: { zh: '进度', en: 'pipeline' },
  })
  if (book instanceof Refusal || book instanceof Choice) return book
  const standing = await countStanding(tx, book, today)
  const granted = await grantedIn(tx, book, day(`${today.slice(0, 7)}-01`))
  return { book, standing, granted, lines: await linesStanding(tx, book, today, from), from }
}
