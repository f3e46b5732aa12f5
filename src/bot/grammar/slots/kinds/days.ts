import { addDays, type Day } from '../../../../core/calendar/time.ts'
import type { Text } from '../../../../core/text.ts'
import { readCount } from '../../scan/kinds/numerals.ts'
import { ofKind, type Piece } from '../../scan/piece.ts'
import { type ReadSpan, readSpan } from '../../span.ts'
import { inDoubt, nothing, type Part, type Slot, type SlotDoubt, type Taken } from '../slot.ts'

// From a day to another, both included: 12/1-12/5, 明天到周五, 从周一开始三天.

const LEADING = /(?:从|自|\bfrom )\s*$/i
/** Between two days of which one may be a number alone: 12月1|-5日, 12/1|-5. */
const JOINS =
  /^\s*(?:-+|~+|到|至|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s*(?:\d{1,2}(?:[号日]|(?![\d.:/万千百亿天周个])))?/i
const BARE = /(?:^|[^\d./:-])(\d{1,2})\s*(?:-+|~+|到|至)\s*$/
/** So many days on end. */
const COUNT =
  /(?<![\d一二两三四五六七八九十第])(?<count>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)个?(?<unit>天|周|星期|礼拜)(?![一二三四五六日天末])|\b(?<many>\d{1,3}|an?|one|two|three|half an?) (?<units>days?|weeks?)\b/i

/** 12/1-12/5, 12.1-5: dates that only stand for days beside each other. */
const DATES =
  /(?<![\d./-])(?:20\d\d[./])?\d{1,2}[./]\d{1,2}\s*(?:-+|~+|到|至|\bto\b)\s*(?:20\d\d[./])?\d{1,2}(?:[./]\d{1,2})?(?![\d./万千百亿])/

/** Where days are said in a part, and the pieces there. */
interface Said {
  readonly start: number
  /** Where the first of them ends. */
  readonly middle: number
  readonly end: number
  readonly pieces: readonly Piece[]
}

/** The days of a part; 从周一 elsewhere only tells since when something is. */
function daysIn(part: Part): Piece<'day'>[] {
  const { scanned, start, pieces } = part
  const count = countIn(part)
  const from = start + (count?.index ?? 0)
  const within = (at: number) => count !== null && at >= from && at < from + count[0].length
  return ofKind(pieces, 'day').filter(
    ({ tells, start: at }) =>
      (!tells || LEADING.test(scanned.text.slice(start, at))) && !within(at),
  )
}

/** The first day with what is joined to it, and the days elsewhere. */
function saidIn(part: Part): Said | null {
  const { scanned, start, pieces } = part
  const { text } = scanned
  const days = daysIn(part)
  const dates = DATES.exec(text.slice(start, part.end))
  if (dates) {
    const from = start + dates.index
    const middle = from + (dates[0].match(/^[\d./]+/)?.[0].length ?? 0)
    const end = from + dates[0].length
    const within = pieces.filter((each) => each.end > from && each.start < end)
    return { start: from, middle, end, pieces: within }
  }
  const [first] = days
  if (!first) return null
  const bare = text.slice(start, first.start).match(BARE)
  const from = bare ? first.start - bare[0].length + bare[0].search(/\d/) : first.start
  let { end } = first
  for (let last = -1; last !== end; ) {
    last = end
    const joined = text.slice(end).match(JOINS)?.[0] ?? ''
    const next = days.find((each) => each.start > first.start && each.start <= end + joined.length)
    if (next && next.end > end && joined !== '') end = next.end
    else if (/\d/.test(joined)) end += joined.length
  }
  return { start: from, middle: first.end, end, pieces: days.filter((each) => each.start < end) }
}

/** The whole days that a count says, from a day on; null: it is of halves, or crosses a day off. */
function counted(part: Part, from: Day, workdays: { isWorkday(day: Day): boolean }): Day | null {
  const { count, unit, many, units } = countIn(part)?.groups ?? {}
  const said = (many ?? '').toLowerCase()
  const number = count
    ? (readCount(count) ?? 0)
    : ({ a: 1, an: 1, one: 1, two: 2, three: 3 }[said] ?? Number(said))
  if (!Number.isInteger(number) || number < 1 || count === '半') return null
  const length = /^[天日d]/i.test(unit ?? units ?? '') ? number : 7 * number
  const days = Array.from({ length }, (_, ahead) => addDays(from, ahead))
  // 周五起三天 may count the weekend or not.
  return /^[天日d]/i.test(unit ?? units ?? '') && !days.every((each) => workdays.isWorkday(each))
    ? null
    : (days.at(-1) ?? null)
}

const countIn = ({ scanned, start, end }: Part) => COUNT.exec(scanned.text.slice(start, end))

const UNCLEAR = { zh: '不能确定是哪几天', en: 'could be other days' }
const WHY: Readonly<Partial<Record<SlotDoubt['code'], Text>>> = {
  'out-of-range': { zh: '的最后一天早于第一天', en: 'ends before it begins' },
  past: { zh: '已经过去了', en: 'has gone by' },
}

/** The part of a span that is asked for. */
type End = 'from' | 'until'

/** `questions`: how its first and its last day are asked for. */
export function days(
  from: string,
  until: string,
  questions: Readonly<Record<End, Text>>,
): readonly [first: Slot, last: Slot] {
  const ask =
    (which: End) =>
    ({ said, code }: SlotDoubt) => {
      const why = WHY[code] ?? UNCLEAR
      const { zh, en } = questions[which]
      return {
        expects: 'day' as const,
        question: said
          ? { zh: `"${said}"${why.zh}，${zh}`, en: `"${said}" ${why.en}. ${en}` }
          : { zh, en },
      }
    }
  return [
    {
      ...{ field: from, kinds: ['day'], required: true, ask: ask('from') },
      take: (part) => side(part, 'from'),
    },
    {
      ...{ field: until, kinds: ['day'], required: true, ask: ask('until') },
      take: (part) => side(part, 'until'),
    },
  ]
}

function side(part: Part, which: End): Taken {
  const { scanned } = part
  const { today, workdays } = scanned.context.at
  const said = saidIn(part)
  if (!said) return nothing
  const days = daysIn(part)
  const elsewhere = days.some((each) => each.end <= said.start || each.start >= said.end)
  const text = scanned.text.slice(said.start, said.end)
  const span = elsewhere ? null : readSpan(text, today, workdays)
  const all = [...new Set([...said.pieces, ...days])]
  const lead = scanned.text.slice(part.start, said.start).match(LEADING)?.[0].length ?? 0
  const [start, end] = which === 'from' ? [said.start - lead, said.middle] : [said.middle, said.end]
  const claim: Piece = { kind: 'day', value: null, start, end, said: text }
  // Each side has its own: what is joined to the first day is the last one's.
  const own = [claim, ...all.filter((each) => (which === 'from') === each.start < said.middle)]
  if (!span) {
    const gone = all.length > 0 && all.every(({ doubt }) => doubt === 'past')
    return gone ? inDoubt('past', own, text) : inDoubt('unclear', own, sayAll(all, text))
  }
  return which === 'from' ? { value: span.from, claims: own } : lastOf(part, span, own)
}

const sayAll = (all: readonly Piece[], text: string): string =>
  all.length > 1
    ? [...new Set([text, ...all.map(({ said }) => said.trim())])].slice(0, 2).join('、')
    : text

/** The last day: as it was said, or counted from the first; asked for where it lies before that. */
function lastOf(part: Part, { from, until }: ReadSpan, own: readonly Piece[]): Taken {
  const count = countIn(part)
  if (until < from) return inDoubt('out-of-range', own, own[0]?.said)
  if (!count) return { value: until, claims: own }
  const start = part.start + count.index
  const place = { start, end: start + count[0].length, said: count[0] }
  const piece: Piece = { kind: 'count', value: null, ...place }
  const last = counted(part, from, part.scanned.context.at.workdays)
  const agrees = last !== null && (from === until || last === until)
  return agrees
    ? { value: last, claims: [...own, piece] }
    : inDoubt('unclear', [...own, piece], count[0])
}
