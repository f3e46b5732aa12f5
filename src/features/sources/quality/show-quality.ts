import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import { Choice, Refusal, refuse } from '../../../core/decision.ts'
import { missingOn } from '../../completeness/store.ts'
import { bookMeant } from '../../pipeline/book-meant.ts'
import { readLook } from '../../quotas/phrases.ts'
import { SPAN, spanLabel, yearOf } from '../../quotas/span.ts'
import * as policy from '../policy.ts'
import { type Quality, qualityCard } from './cards.ts'
import { monthsOf, mostValuable, worthByPart } from './store.ts'

const input = z.object({
  span: z.string().regex(SPAN).nullable().default(null),
  /** Whose: a name or a code; null: all within reach. */
  of: z.string().trim().min(1).max(40).nullable().default(null),
})

/** `客户质量`: how many clients there are and of what quality, month by month, and what they bring. */
export const showQuality = query<z.infer<typeof input>, Quality>({
  name: 'quality',
  may: policy.showSources,
  concurrency: 'long',
  help: {
    usage: { zh: '客户质量 · 客户质量 今年 一队', en: 'quality · quality 2026 T1' },
    purpose: {
      zh: '存量客户按月的增减、优质和资料齐全的占比，以及带来的余额、存款和收益',
      en: 'clients won and lost by month, the share of the best and of complete files, and what they bring',
    },
  },
  phrases: {
    words: ['客户质量', '客户价值', '价值贡献', 'quality', 'client value'],
    read: (rest, at) => readLook(rest, at.today),
  },
  input,
  async load(tx, { span: asked, of }, { who, reach, at }) {
    const book = await bookMeant(tx, { who, reach }, of ?? undefined, {
      command: 'quality',
      words: { zh: '客户质量', en: 'quality' },
    })
    if (book instanceof Refusal || book instanceof Choice) return book
    const span = asked ?? yearOf(at.today)
    const missing = await missingOn(tx, at.today)
    const [months, parts, valuable] = await Promise.all([
      monthsOf(tx, book, span, { today: at.today, missing }),
      worthByPart(tx, book),
      mostValuable(tx, book),
    ])
    return { of: book.name, span, months, parts, valuable }
  },
  fault: ({ of, span, months }) =>
    months.length > 0
      ? null
      : refuse(
          `${of} ${spanLabel(span, 'zh')}没有存量客户的记录：每月的数从启用这项统计起每晚记下，当月的随时可看。`,
          `Nothing is kept of clients of ${of} in ${spanLabel(span, 'en')}: months are noted each night since this is in use, the present one is shown at any time.`,
        ),
  reply: (quality, _input, { who }) => qualityCard(quality, who.language),
})
