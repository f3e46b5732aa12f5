import type { Phrases } from '../../../bot/command.ts'
import type { Reading } from '../../../bot/grammar/reading.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import {
  nothing,
  type Part,
  type Slot,
  type SlotDoubt,
  type Taken,
} from '../../../bot/grammar/slots/slot.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { readSpan, takeSpan } from '../phrases.ts'
import { isAmount, MEASURE_LABELS, type Measure } from '../rules.ts'
import { claim, holder, isLeftOver, measuresIn, readReached, span, within } from '../set-words.ts'
import { monthOf, type Span } from '../span.ts'
import type { How } from './rules.ts'

const EVENLY = /(?:平均分?|按人数?|均分|\bevenly\b)/i
const BY_CLIENTS = /(?:按客户数?|按户数|\bby[ -]clients\b)/i

/** Of what. */
const measure: Slot = {
  field: 'measure',
  kinds: [],
  first: true,
  take(part): Taken {
    const [first] = measuresIn(part) ?? []
    if (!first) return nothing
    return { value: first.measure, claims: claim(part, first.start, first.behind) }
  },
  ask: () => ({ expects: 'text', question: { zh: '分哪一项？', en: 'Which measure?' } }),
}

/** A part for somebody: a name or a code with a share or a number behind it. */
const SHARE = /(?<of>[^\s,;:%]+)[\s:]+(?<value>[^\s,;:]+)(?=$|[\s,;])/g

/** How it is given out: in one way to all, or a part to each who is named. */
const how: Slot = {
  field: 'how',
  kinds: ['amount', 'number', 'count'],
  required: true,
  take(part, _before, claimed): Taken {
    const [first] = measuresIn(part) ?? []
    if (!first) return nothing
    const { text } = part.scanned
    const from = first.behind
    const way = wayIn(text.slice(from, part.end))
    if (way) {
      const claims = claim(part, from + way.start, from + way.end)
      return isLeftOver(part, from, [...claimed, ...claims])
        ? {
            value: null,
            claims: part.pieces.filter(({ start }) => start >= from),
            doubt: unclear(text.slice(from, part.end).trim()),
          }
        : { value: way.how, claims }
    }
    return shares(part, first.measure, from, claimed)
  },
  ask({ said, within: place, likely: [of = ''] = [] }) {
    if (place === undefined) {
      return {
        expects: {
          among: {
            ...{ 平均: 'evenly', 按客户: 'by-clients' },
            ...{ evenly: 'evenly', 'by clients': 'by-clients' },
          },
        },
        question: {
          zh: `${said ? `"${said}"没看懂。` : ''}怎么分：平均，还是按客户？也可以整句说每人多少，比如 M001 60% M002 40%。`,
          en: `${said ? `"${said}" is not clear. ` : ''}How is it given out: evenly or by clients? Or say the line again with each part, such as M001 60% M002 40%.`,
        },
      }
    }
    const [name = '', money] = of.split('\n')
    return {
      expects: money ? 'amount' : 'count',
      question: {
        zh: `给${name}多少？"${said}"不能确定，比如 ${money ? '300万' : '20'}。`,
        en: `How much for ${name}? "${said}" is not clear. For example ${money ? '3000000' : '20'}.`,
      },
    }
  },
}

const unclear = (said: string): SlotDoubt => ({
  code: said ? 'unclear' : 'missing',
  said,
  about: [],
})

function wayIn(text: string) {
  for (const [pattern, which] of [
    [EVENLY, 'evenly'],
    [BY_CLIENTS, 'by-clients'],
  ] as const) {
    const found = pattern.exec(text)
    if (found) return { how: which, start: found.index, end: found.index + found[0].length }
  }
  return null
}

/** What each of those who are named gets. */
function shares(
  part: Part,
  of: Measure,
  from: number,
  claimed: ReadonlySet<{ start: number; end: number }>,
): Taken {
  let text = part.scanned.text.slice(from, part.end)
  for (const { start, end } of claimed) {
    if (end <= from) continue
    const [left, right] = [Math.max(0, start - from), end - from]
    text = text.slice(0, left) + ' '.repeat(right - left) + text.slice(right)
  }
  const parts: Exclude<How, string>[number][] = []
  const doubts: SlotDoubt[] = []
  const claims = [...text.matchAll(SHARE)].flatMap(({ 0: whole, index, groups = {} }) => {
    const { of: name = '', value = '' } = groups
    const percent = value.match(/^(\d{1,3}(?:\.\d)?)%$/)?.[1]
    const target = percent ? null : readReached(of, value)
    const [start, end] = [from + index, from + index + whole.length]
    if (!percent && target === null) {
      const money = isAmount(of) ? MEASURE_LABELS[of].en : ''
      const likely = [[name, money].filter(Boolean).join('\n')]
      const about = within(part, start, end)
      doubts.push({ code: 'unclear', said: value, about, within: `${parts.length}.target`, likely })
    }
    parts.push({ of: name, percent: percent ? Number(percent) : null, target })
    return claim(part, start, end)
  })
  const said = part.scanned.text.slice(from, part.end).trim()
  if (parts.length === 0 || isLeftOver(part, from, [...claimed, ...claims])) {
    return {
      value: null,
      claims: part.pieces.filter(({ start }) => start >= from),
      doubt: unclear(said),
    }
  }
  const [doubt, ...further] = doubts
  return { value: parts, claims, ...(doubt && { doubt, further }) }
}

/** "12月 一队 走访 平均", "Q4 城东支行 放款额 按客户", "12月 一队 走访 M1 12 M2 8", "… M1 60% M2 40%". */
export const SPLIT_PHRASES: Phrases<unknown> = phrase(
  { words: ['指标分解', '分解指标', '分指标', 'split quota'] },
  span,
  holder,
  measure,
  how,
)

/** Reads "", "12月", "12月 一队": how what is to be reached is given out; `of` null: one's own unit. */
export function readParts(
  said: string,
  today: Day,
): Reading<{ readonly span: Span; readonly of: string | null }> {
  const alone = said.trim() === '' ? monthOf(today) : readSpan(said, today)
  if (alone) return { kind: 'understood', input: { span: alone, of: null } }
  const taken = takeSpan(said, today, 'set')
  const of = taken?.rest ?? said.trim()
  return /^[^\s,;]{1,40}$/.test(of)
    ? { kind: 'understood', input: { span: taken?.span ?? monthOf(today), of } }
    : { kind: 'no' }
}
