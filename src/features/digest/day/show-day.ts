import { z } from 'zod'
import { query } from '../../../bot/command.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { Choice, Refusal } from '../../../core/decision.ts'
import { bookMeant } from '../../pipeline/book-meant.ts'
import { cameOfList } from '../../tasks/list/shown.ts'
import { type DayView, dayCard } from './cards.ts'
import * as policy from './policy.ts'
import { beginOf, PAGE, SPANS, type Span } from './rules.ts'
import { peopleOf } from './store.ts'

const input = z.object({
  /** Whose: a name or a code; absent, all within reach. */
  of: z.string().trim().min(1).max(40).optional(),
  span: z.enum(SPANS).default('today'),
  from: z.int().min(0).max(100_000).default(0),
})
type Input = z.infer<typeof input>

export const SUMMARY_WORDS = { command: 'summary', words: { zh: '小结', en: 'summary' } } as const

const WHEN =
  "今[天日]|(?:本|这个?)周|(?:本|这)个?星期|(?:本|这个?)月|today(?:'s)?|(?:this )?week(?:ly)?|(?:this )?month(?:ly)?"
const TEAM = '(?:我们?|本|全|这个)?(?:团?队|支行)|队里|大家|my|our|team'
/** 小结, 本周小结, 团队小结 本月, 小结 周龙, 小结 一队 本周, 团队今天; 本月 by itself. */
const SHAPE = new RegExp(
  `^(?:我的?)?(?:(?:${TEAM})的?\\s*)?(?<before>${WHEN})?的?\\s*(?:小结|summary)\\s*(?<after>${WHEN})?\\s*(?<of>[^\\s,，。]{1,40})?\\s*(?<behind>${WHEN})?[。.!！?？]*$|^(?:${TEAM})\\s*(?<only>今[天日]|today)[。.!！?？]*$|^(?:我的?|my |this )?(?<alone>(?:本|这个?)[周月]|(?<=my |this )(?:week|month))[。.!！?？]*$`,
  'i',
)

function spanOf(said: string | undefined): Span {
  if (said === undefined || /今|today/i.test(said)) return 'today'
  return /月|month/i.test(said) ? 'this-month' : 'this-week'
}

function read(text: string): Reading<z.input<typeof input>> {
  const found = text.trim().match(SHAPE)?.groups
  if (!found) return { kind: 'no' }
  const { before, after, behind, alone, of } = found
  return {
    kind: 'understood',
    input: { span: spanOf(before ?? after ?? behind ?? alone), ...(of && { of }) },
  }
}

/** `小结`: who did what today, this week or this month, zeros first; a manager sees their own. */
export const showDay = query<Input, DayView>({
  name: 'summary',
  may: policy.showDay,
  help: {
    usage: { zh: '小结 · 本周小结 · 小结 周龙', en: 'summary · weekly summary · summary M001' },
    purpose: {
      zh: '今天、本周或本月谁做了什么，没登记的在最前；主管可以一键提醒',
      en: 'who did what today, this week or month, zeros first; leads remind them with a tap',
    },
  },
  phrases: { words: [], shape: SHAPE, read },
  input,
  async load(tx, { of, span, from }, { who, reach, at }) {
    const book = await bookMeant(tx, { who, reach }, of, SUMMARY_WORDS)
    if (book instanceof Refusal || book instanceof Choice) return book
    const since = beginOf(span, at.today)
    const found = await peopleOf(tx, book, at, { since, from, most: PAGE, idle: false })
    const list =
      'staffId' in book && span === 'today'
        ? await cameOfList(tx, { staffId: book.staffId, day: at.today, timezone: at.timezone })
        : []
    return { book, span, ...found, list, from, mayRemind: who.role in policy.remindIdle.reach }
  },
  reply: (view, _input, { who }) => dayCard(view, who.language),
})
