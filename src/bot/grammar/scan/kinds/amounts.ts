import {
  after,
  before,
  matchesIn,
  type Piece,
  pattern,
  type Reading,
  type Recogniser,
  type Seen,
} from '../piece.ts'
import {
  COMPARED,
  COUNTED,
  COUNTED_EN,
  COUNTED_IN_UNITS,
  FOREIGN,
  IN_UNITS,
  LIMITED,
  OF_SOMETHING,
  WANTS,
  YUAN,
  YUAN_SIGN,
} from '../words/money.ts'
import { HAN, readRun } from './numerals.ts'

/** More than this is a slip of the thumb: no small business borrows a billion. */
const MOST_YUAN = 1_000_000_000

/**
 * A run: all that can belong to a number of money, vague words too. It is taken as far as it goes and
 * then read whole, or not at all: what is glued to a number is never left behind.
 */
const LETTER = `\\d|(?<=\\d)(?:,(?=\\d{2})|\\.(?=\\d))|[${HAN}万亿半几数多余来把个点]|上(?=[${HAN}万亿]{1,2}万?)|(?<=[\\d个半${HAN}] ?)[wkm](?![a-z])|(?<=[\\d半${HAN}]) (?=[万亿千百]|[wk](?![a-z])|(?:million|thousand)\\b)|(?:million|thousand)\\b|(?<=\\d[ol]?)[olx?](?=[\\dolx万w])|[x?]{1,3}(?=[十百千]?[万亿w])`
/** Nobody says a longer one; a text full of digits is read in a time that grows with its length. */
const RUN = `(?:${LETTER}){1,40}`
const SUFFIX = `(?:\\s?${YUAN})?(?:整|正)?(?:(?:${LETTER}){0,6}[角分]{1,2}){0,2}`
const SINGLE = new RegExp(
  `(?<sign>-?)(?<lead>(?:${YUAN_SIGN}|${FOREIGN}\\s{0,2})?)(?<run>${RUN})(?<tail>${SUFFIX})(?<foreign>\\s{0,2}${FOREIGN}(?!\\w))?`,
  'gi',
)
const UNIT = new RegExp(`[万亿千]|[\\d个半${HAN}] ?[wkm](?![a-z])|million|thousand`, 'i')
const ANY_NUMERAL = /[\d一二两三四五六七八九十百千几数半壹贰叁肆伍陆柒捌玖拾佰仟廿卅俩x万亿]/i
/** 万里, 千万别打: units that count nothing. */
const COUNTS_SOMETHING = /[\d一二两三四五六七八九十百几数半把壹贰叁肆伍陆柒捌玖拾佰仟廿卅俩上x]/i
const YUAN_SAID = new RegExp(YUAN, 'i')
const FOREIGN_AT_START = new RegExp(`^${FOREIGN}`, 'i')

/** Words at the ends of a run that are no part of it: 上个, 来, 好. */
const trimmed = (said: string) =>
  said
    .replace(/^(?:[个来多余把点,.]|上(?!百|千|万|亿|十))+/, '')
    .replace(/(?:[来,.点]|(?<![\d万亿wk])[把余])+$/, '')

/** 20万三年期: a numeral before years or terms is theirs. */
function untilPeriod(said: string, { 0: whole, index, input }: RegExpExecArray, tail: string) {
  if (tail !== '' || !/^(?:年|期|个?月)/.test(input.slice(index + whole.length))) return said
  return said.replace(/(?<=[万亿千百wk元])(?:\d{1,2}|[一二三四五六七八九十]{1,3})$/i, '')
}

const ofYuan = (yuan: number | null): Reading<'amount'> => {
  if (yuan === null) return { doubt: 'unclear' }
  if (yuan <= 0 || yuan > MOST_YUAN) return { doubt: 'out-of-range' }
  const whole = Math.round(yuan)
  return Math.abs(yuan - whole) < 1e-6 ? { value: whole } : { doubt: 'unclear' }
}

/** What a run of numbers and units comes to. */
export const amountOf = (said: string): Reading<'amount'> => ofYuan(readRun(said.toLowerCase()))

type Place = Pick<Piece, 'start' | 'end' | 'said'>
const piece = <Of extends 'amount' | 'number' | 'count' | 'opaque'>(
  kind: Of,
  place: Place,
  reading: Reading<Of> = { value: null },
): Piece => ({ kind, value: null, ...place, ...reading }) as Piece

const single: Recogniser<Seen> = {
  ...{ rank: 5, needs: [`0${HAN}万亿半几数xX`] },
  *find({ open, text }) {
    for (const match of matchesIn(open, SINGLE)) {
      const { sign = '', lead = '', run: whole = '', tail = '', foreign = '' } = match.groups ?? {}
      const said = untilPeriod(trimmed(whole), match, tail)
      if (said === '' || !ANY_NUMERAL.test(said)) continue
      const front = lead ? 0 : sign.length + whole.indexOf(said)
      const start = match.index + front
      const plainEnd = start + (lead ? sign.length + lead.length : 0) + said.length
      const end = tail || foreign ? match.index + match[0].length : plainEnd
      const place = { start, end, said: text.slice(start, end) }
      const [left, right] = [before(text, start), after(text, end)]
      if (/[a-z_]$/i.test(left) && !lead) continue
      const money = lead !== '' || YUAN_SAID.test(tail) || /[整正角]/.test(tail) || foreign !== ''
      if (!money && !UNIT.test(said)) {
        const bare = bareNumber(said, place, left, right)
        if (bare) yield bare
        continue
      }
      if (!money && !COUNTS_SOMETHING.test(said.replace(/[千百]?万$/, ''))) {
        // 近百万
        if (/^[百千]万$/.test(said) && COMPARED.test(left)) {
          yield piece('amount', place, { doubt: 'unclear' })
        }
        continue
      }
      if (!money && /^(?:千万|万)(?![把块元])$/.test(said)) continue
      if (!money && COUNTED_IN_UNITS.test(right)) {
        yield piece('count', place)
        continue
      }
      const other = foreign !== '' || FOREIGN_AT_START.test(lead)
      const negative = sign !== '' && !/[\d\p{L}]$/u.test(before(text, match.index))
      if (OF_SOMETHING.test(left)) yield piece('amount', place, { value: null, tells: true })
      else if (negative) yield piece('amount', place, { doubt: 'out-of-range' })
      else if (other || COMPARED.test(left) || LIMITED.test(right) || /[角分]/.test(tail)) {
        yield piece('amount', place, { doubt: 'unclear' })
      } else yield piece('amount', place, amountOf(said))
    }
  },
}

const COUNTS = new RegExp(`^\\s?(?:${COUNTED})|^(?:${COUNTED_EN})|^[月日]`, 'i')

/** Digits without a unit: yuan from four digits on; fewer are asked about where an amount is looked for. */
function bareNumber(said: string, place: Place, left: string, right: string): Piece | null {
  if (/^[\d,]+(?:\.\d+)?$/.test(said) && !/^[./-]\d/.test(right) && !/\d[./-]$/.test(left)) {
    if (COUNTS.test(right)) return piece('count', place)
    if (said.includes(',') && !/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(said)) {
      return piece('amount', place, { doubt: 'unclear' })
    }
    const digits = said.replaceAll(',', '')
    if (/^\d{4,9}$|^10{9}$/.test(digits)) return bareYuan(Number(digits), place, left, right)
    if (/^\d{1,3}(?:\.\d+)?$/.test(digits)) return bareFew(place, left, right)
    if (/^\d{10,11}$/.test(digits)) return piece('opaque', place)
    return piece('amount', place, { doubt: 'unclear' })
  }
  if (/^\d[\d,]*\.[\d.]+$/.test(said)) return bareFew(place, left, right)
  // 5oo000: letters for noughts.
  if (/^\d+[ol][\dol]{2,}$/i.test(said)) return piece('amount', place, { doubt: 'unclear' })
  // 50个, 五十到八十个, 三十: a number that ends what is said.
  const rounded = /\d个$|[十百]个?$|[十百][一二三四五六七八九]$|^[十百]?[一二三四五六七八九]?[十百]/
  if (rounded.test(said) && !/^\d个$/.test(said) && /^(?:$|[\s,;。!]|左右|上下|吧)/.test(right)) {
    return piece('number', place, { doubt: 'unclear' })
  }
  return /\d/.test(said) && COUNTS.test(right) ? piece('count', place) : null
}

/** Few digits that stand alone may be as many 万; what is glued to them makes them a count. */
function bareFew(place: Place, left: string, right: string): Piece {
  const decimal = place.said.includes('.')
  const setOff = /(?:^|[\s,;、])$/.test(left) || (!decimal && WANTS.test(left))
  return setOff && /^(?:$|[\s,;、。!]|左右|上下|吧|了)/.test(right)
    ? piece('number', place, { doubt: 'unclear' })
    : piece('count', place)
}

function bareYuan(yuan: number, place: Place, left: string, right: string): Piece {
  const ofOther = OF_SOMETHING.test(left)
  // 传真88881234: glued to a word that is none of wanting money.
  if (/[\u4e00-\u9fff]$/.test(left) && !WANTS.test(left) && !ofOther) {
    return piece('amount', place, { doubt: 'unclear' })
  }
  if (/^\s?[室房栋幢]/.test(right)) return piece('opaque', place)
  return piece('amount', place, ofOther ? { value: null, tells: true } : ofYuan(yuan))
}

const JOIN = '\\s?(?:-|~|到|至|或者?|、|/|\\bor\\b|\\bto\\b)\\s?'
const SHORT_RUN = `(?:${LETTER}){1,12}`
const RANGE = new RegExp(
  `(?<![\\w.])(?:${YUAN_SIGN})?${SHORT_RUN}(?:${YUAN})?(?:${JOIN}${SHORT_RUN}(?:${YUAN})?){1,4}`,
  'gi',
)

const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const ONES = 'one two three four five six seven eight nine ten eleven twelve fifteen'.split(' ')
const small = (word: string | undefined): number => {
  const value = ONES.indexOf(word?.toLowerCase() ?? '') + 1
  return value === 13 ? 15 : value
}
/** Twenty thousand, five hundred thousand, three million. */
const ENGLISH_WORDS = new RegExp(
  `\\b(?=[a-z])(?:(?<tens>${TENS.join('|')})(?:[ -](?<ones>${ONES.slice(0, 9).join('|')}))?|(?<few>${ONES.join('|')}))(?: (?<hundred>hundred))? (?<size>thousand|million)\\b(?! (?:thanks|times|people|reasons))`,
  'gi',
)

export const AMOUNTS: readonly Recogniser<Seen>[] = [
  single,
  // 2、3年, 3-5个员工.
  pattern(
    5,
    'count',
    ['0', '-~到至、'],
    new RegExp(`(?<![\\d.])\\d{1,3}(?:-|~|到|至|、)\\d{1,3}\\s?(?:${COUNTED})`, 'g'),
  ),
  pattern(
    5,
    'count',
    ['年期月'],
    /(?<=[万亿千百wk元])(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:年期?|期|个月)/gi,
  ),
  // 50万到80万, 20-30万, 50、60万, 50 or 60k: one of them has the unit.
  pattern(5, 'amount', ['-~到至或、/a', '万亿千元块个a'], RANGE, ({ 0: said, index }, { text }) => {
    const parts = said.split(new RegExp(JOIN, 'i'))
    const last = parts.at(-1) ?? ''
    if (parts.length < 2 || !(UNIT.test(last) || /元|块|个$/.test(last))) return null
    if (parts.some((part) => !/\d|[一二两三四五六七八九十百千几]/.test(part))) return null
    return OF_SOMETHING.test(before(text, index))
      ? { value: null, tells: true }
      : { doubt: 'unclear' }
  }),
  pattern(5, 'amount', ['位'], /[一二两三四五六七八九十\d]位数(?!字)/g, () => ({
    doubt: 'unclear',
  })),
  pattern(
    5,
    'amount',
    ['把上几', '万亿块'],
    /(?:[个千百十]把|万把|上|好几|几)[十百千]?[万亿块](?:块|元)?/g,
    () => ({
      doubt: 'unclear',
    }),
  ),
  pattern(
    5,
    'amount',
    ['('],
    new RegExp(`${IN_UNITS}(?<digits>\\d{1,9}(?:\\.\\d{1,4})?)(?!\\d)`, 'gi'),
    (match) => {
      const { unit = '', digits = '' } = match.groups ?? {}
      return ofYuan(
        Number(digits) * (unit.startsWith('万') ? 1e4 : unit.startsWith('千') ? 1e3 : 1),
      )
    },
  ),
  pattern(
    5,
    'amount',
    ['a若'],
    /\b(?:a few|several|some) (?:hundred )?(?:thousand|million|k)\b|\b(?:five|six|seven|[5-8])[ -]figures?\b|若干[十百千]?万/gi,
    () => ({ doubt: 'unclear' }),
  ),
  pattern(5, 'amount', ['a'], ENGLISH_WORDS, ({ groups = {} }) => {
    const { tens, ones, few, hundred, size = '' } = groups
    const value = tens ? (TENS.indexOf(tens.toLowerCase()) + 2) * 10 + small(ones) : small(few)
    return ofYuan(value * (hundred ? 100 : 1) * (/million/i.test(size) ? 1e6 : 1e3))
  }),
  pattern(5, 'amount', ['a'], /\bhalf a million\b/gi, () => ({ value: 500_000 })),
  pattern(5, 'amount', ['a'], /\ba (million|thousand)\b/gi, ([, size = '']) => ({
    value: /million/i.test(size) ? 1e6 : 1e3,
  })),
]
