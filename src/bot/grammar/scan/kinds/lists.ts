import { after, before, matchesIn, type Piece, type View } from '../piece.ts'
import { COUNTED } from '../words/money.ts'
import { readCount } from './numerals.ts'

/** So many places are named at once by a first and a last number, at most. */
export const MOST_IN_SPAN = 20

const HAN = '[一二三四五六七八九十]{1,3}'
/**
 * Not followed by what makes it a number of something else. What is looked ahead for is bounded, as a line
 * of dots and digits would be read in the square of its length.
 */
const FIRST =
  '(?![\\d%]|,\\d{3}(?!\\d)|,\\d+[万千百亿wk]|\\s?(?:[万千百亿元块天年月日点]|[wk]\\b|个(?!人))|号\\d(?!\\d?号)|\\s?(?:以外|之外|除外)|/|-\\d+[万千百亿]|\\.\\d+(?!\\d|(?:\\.\\d+){1,40}[^\\d.])|:\\d\\d|[多来几余][万千百十]|[o]+[\\d万])'
const NEXT =
  '(?!\\d|[万千百亿天次月日年点%]|\\s?[万亿元块w]|[wk](?![a-z])|\\.\\d(?![\\d.]{0,80}[^\\d.万亿wk%])|/\\d|个(?![没有拒考已不])|-\\d+[万千百亿])'
const AFTER = '(?:\\s?(?:件|条|号(?![\\d码楼店线院])|号(?=\\d{1,2}号)|个(?!月)|位|户))?'
const SEPARATOR =
  '(?=第)|(?<=号)(?=\\d{1,2}号|[一二三四五六七八九十]{1,3}号)|\\s?(?:[,、和跟与及&+]|还有|以及|,? ?and)\\s?|\\s+(?=\\d)|\\.(?=\\d+(?:\\.\\d+){0,40}[^\\d万亿wk%.])'
const RANGE = '\\s?(?:-+|~+|到|至|\\bto\\b)\\s?'
const ORDINAL = `第\\s?(?:\\d{1,3}|${HAN})\\s?(?:个(?![月人星礼季])|件|条|位|户|号)`
const ONE = '(?:第\\s?)?\\d{1,3}'
const NTH = '(?:first|second|third|fourth|fifth|\\d{1,3}(?:st|nd|rd|th))\\b(?: one)?'

const LISTS = new RegExp(
  `(?:#|no\\.? ?|number )?\\(?(?:${ORDINAL}|(?:the )?${NTH}|${ONE}${FIRST}${AFTER}|(?<![一-龥](?<!然后|接着|还有|给|[嗯刚]))${HAN}号(?![楼店线码院]))(?:(?:${RANGE}|${SEPARATOR})(?:${ORDINAL}|${ONE}${NEXT}${AFTER}|${HAN}号(?![楼店线码院]))){0,30}[\\s.、:,)]{0,3}`,
  'gi',
)
const ENGLISH = ['first', 'second', 'third', 'fourth', 'fifth']
const PLACES = new RegExp(`(${RANGE})?(\\d{1,3}|${HAN}|${ENGLISH.join('|')})`, 'gi')

/** The places that a list names; null for a span that is none: 3-1. */
export function placesOf(said: string): number[] | null {
  const found: number[] = []
  for (const [, joined, one = ''] of matchesIn(said, PLACES)) {
    const value = readCount(one) ?? ENGLISH.indexOf(one.toLowerCase()) + 1
    const last = found.at(-1)
    if (joined && last !== undefined) {
      if (value <= last || value - last >= MOST_IN_SPAN) return null
      for (let each = last + 1; each <= value; each++) found.push(each)
    } else found.push(value)
  }
  return [...new Set(found)]
}

/** A list of numbers that may begin what is said of those tasks. */
export type Candidate = Piece<'list'> & {
  /** It begins a line. */
  readonly starts: boolean
  /** 第二个, #2: nothing else is counted so. */
  readonly ordinal: boolean
  /** Whatever follows, it begins something: 11有意向5万12没接. */
  readonly sure?: true
  /** 一没接二拒绝: a numeral, which only an outcome makes a number of the list. */
  readonly spoken?: true
}

const LED = /[\s,;:。、\u4e00-\u9fff)!?]$/
const NOT_LED = /[万千百亿近打月贷要了过第]$/
const GOES_ON = /(?:\d[,:]|[\d.\w第(\-~到至/¥#])$/

const SPOKEN =
  /(?<![一二三四五六七八九十百千万亿第周月点零])(?:十[一二三四五六七八九]?|[二三]十[一二三四五六七八九]?|[一二三四五六七八九])(?![一二三四五六七八九十百千万亿点月号日周年天个次人家位成折半分])/g

/** Numbers in numerals, where a line begins with one. */
const spoken = (open: string): Candidate[] =>
  /^[一二三四五六七八九十]/.test(open)
    ? matchesIn(open, SPOKEN).map(({ 0: said, index: start }) => ({
        ...{ kind: 'list', start, end: start + said.length, said, value: [readCount(said) ?? 0] },
        ...{ starts: start === 0, ordinal: false, spoken: true },
      }))
    : []

/** Lists of numbers wherever they may begin something of their own. */
export function candidates({ open }: View): Candidate[] {
  const inDigits = writtenIn(open)
  return inDigits.length > 0 ? inDigits : spoken(open)
}

function writtenIn(open: string): Candidate[] {
  return matchesIn(open, LISTS).flatMap(({ 0: whole, index }) => {
    const starts = index === 0 || open[index - 1] === '\n'
    // 30号,6. after something else is a day, and then a number.
    const date = starts ? '' : (whole.match(/^\d{1,2}\s?号[\s,、.]+(?=\d)/)?.[0] ?? '')
    const [said, start] = [whole.slice(date.length), index + date.length]
    if (said === '') return []
    const left = before(open, start)
    const ordinal =
      /^(?:第\s?[\d一二三四五六七八九十]{1,3}\s?[个件条位户号]|#|no\.? ?\d|number)/i.test(said)
    if (!starts && (GOES_ON.test(left) || !LED.test(left))) return []
    if (!starts && !ordinal && NOT_LED.test(left)) return []
    const value = placesOf(said)
    const place = { start, end: start + said.length, said }
    return [{ kind: 'list', ...place, value, ...(!value && { doubt: 'unclear' }), starts, ordinal }]
  })
}

const COUNTS = new RegExp(
  `^(?:${COUNTED}|[元块万千百亿月日多几来余成层名只头条座种样批台张股份分])`,
)

/** 1没接,2约了: a number at the head of a clause that counts nothing, where the line began with one. */
export const headsClause = ({ start, end, said }: Candidate, { open }: View): boolean =>
  /[,;。]\s?$/.test(before(open, start)) &&
  /^\d{1,2}$/.test(said) &&
  /^[\u4e00-\u9fff]/.test(after(open, end)) &&
  !COUNTS.test(after(open, end))

/** The mark that closes a number: 1、 or 2). */
export const markOf = ({ said }: Candidate): string | null =>
  said.trimEnd().match(/(?<=\d)[、.):]$/)?.[0] ?? null
