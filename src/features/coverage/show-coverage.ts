import { z } from 'zod'
import { query } from '../../bot/command.ts'
import { Choice, Refusal, refuse } from '../../core/decision.ts'
import { chartPng } from '../../infra/pictures/chart.ts'
import { bookMeant } from '../pipeline/book-meant.ts'
import { readWhose } from '../pipeline/phrases.ts'
import { type Coverage, coverageCard, coverageChart, heightOf, moreGapsCard } from './cards.ts'
import * as policy from './policy.ts'
import { countCovered, gapsIn } from './store.ts'

const input = z.object({
  /** Whose: a name or a code; absent, all within reach. */
  of: z.string().trim().min(1).max(40).optional(),
  /** The first gap that is shown; from the second page on they stand alone. */
  from: z.int().min(0).max(100_000).default(0),
})

/** `产品覆盖`: how many of whose clients hold the key products of their tier, and who lacks what. */
export const showCoverage = query<z.infer<typeof input>, Coverage>({
  name: 'coverage',
  may: policy.showCoverage,
  concurrency: 'long',
  help: {
    usage: { zh: '产品覆盖 · 产品覆盖 一队', en: 'coverage · coverage T1' },
    purpose: {
      zh: '重点产品在客户里的覆盖和缺口，附图；主管可以看一个人或一个团队',
      en: 'how far key products are held, and who lacks which; leads may name a person or a team',
    },
  },
  phrases: {
    words: ['产品覆盖', '重点产品覆盖', '产品缺口', '覆盖率', 'coverage', 'product coverage'],
    read: readWhose,
  },
  input,
  async load(tx, { of, from }, { who, reach, at }) {
    const book = await bookMeant(tx, { who, reach }, of, {
      command: 'coverage',
      words: { zh: '产品覆盖', en: 'coverage' },
    })
    if (book instanceof Refusal || book instanceof Choice) return book
    const covered = await countCovered(tx, book, at.today)
    return { book, covered, gaps: await gapsIn(tx, book, at.today, from), from }
  },
  fault: ({ book, covered }) =>
    covered.length > 0
      ? null
      : refuse(
          `${book.name}没有要覆盖重点产品的客户。发"重点产品"看各层级要覆盖什么。`,
          `${book.name} has no clients who are to hold a key product. Say "key products" for what each tier is to hold.`,
        ),
  async reply(coverage, { from }, { who, at }) {
    if (from > 0) return moreGapsCard(coverage, at.catalogue, who.language)
    const png = await chartPng(coverageChart(coverage, at.catalogue, who.language), {
      width: 720,
      height: heightOf(coverage),
    })
    return coverageCard(coverage, png.toString('base64'), at.catalogue, who.language)
  },
})
