import { type Piece, TAKEN } from './piece.ts'
import { AFTER_DAY, AFTER_ENGLISH_DAY, BEFORE_NUMBER_DAY, GOES_ON, REPEATED } from './words/days.ts'
import { AFTER_AMOUNT, BEFORE_AMOUNT, NUMBER_OF } from './words/money.ts'

// Strict neighbours: a value counts only where the letters that touch it are known words too. Listing
// what is not ours (瑞郎, 发票号, 座1203室) never ends; this does.

const SHORT = 4
const NAMING = 8
/** 30+50万, 30..5万: a number beside it is a part of what was said. */
const JOINED_BEFORE = /\ue000[+*.]+$/
const JOINED_BEHIND = /^[+*.]+\ue000/
const isGlued = (left: string) => /[\p{L}\d]$/u.test(left)

/** Whether what touches an amount or a day leaves it in doubt. `open`: with all pieces blotted out. */
export function isStrange({ kind, start, end, said }: Piece, open: string): boolean {
  const left = open.slice(Math.max(0, start - SHORT), start)
  const right = open.slice(end, end + SHORT)
  if (kind === 'amount') {
    const led = !isGlued(left) || BEFORE_AMOUNT.test(left)
    const followed = !/^[\p{L}\d]/u.test(right) || AFTER_AMOUNT.test(right)
    const named =
      /^[\d,]+$/.test(said) && NUMBER_OF.test(open.slice(Math.max(0, start - NAMING), start))
    const joined = JOINED_BEFORE.test(left) || JOINED_BEHIND.test(right)
    return !led || !followed || named || joined
  }
  if (REPEATED.test(left) || GOES_ON.test(right)) return true
  if (/^\p{Script=Han}/u.test(right) && !AFTER_DAY.test(right)) return true
  if (/[a-z]$/i.test(said) && !AFTER_ENGLISH_DAY.test(open.slice(end, end + NAMING))) return true
  return /^\d{1,2}[号日]$/.test(said) && isGlued(left) && !BEFORE_NUMBER_DAY.test(left)
}

/** A part of a numeral that stands glued before a day: it was not read. */
const GLUED_BEFORE = /[一二两三四五六七八九十百几数半个大明\d]$/
const NUMERAL = /^[一二两三四五六七八九十百千万亿几数半\d]/
/** 三万五|月底 and 三万|五月底: cut here or there, both are whole. */
const EITHER = /^[一二三四五六七八九](?:月[底末初中]|半个?[月年])/

/** An amount and a day that touch, where a numeral may belong to either. */
function share(amount: Piece | undefined, day: Piece | undefined): boolean {
  if (amount?.kind !== 'amount' || day?.kind !== 'day' || day.start !== amount.end) return false
  if (EITHER.test(day.said)) return true
  const numeral = NUMERAL.test(day.said) && !/^\d/.test(day.said)
  if (day.doubt === 'not-on-calendar' && numeral) return true
  return day.doubt !== undefined && /^[一二三四五六七八九](?!十)/.test(day.said)
}

/** 50万3拒绝: the 3 may be the next one's number. */
const tailOfNext = ({ kind, said, end }: Piece, next: Piece | undefined): boolean =>
  kind === 'amount' && /[万千亿wk]\d$/i.test(said) && next?.kind === 'outcome' && next.start === end

/** The pieces of a line in order, with those in doubt that have unknown neighbours. */
export function withNeighbours(pieces: readonly Piece[], open: string): Piece[] {
  return pieces.map((piece, place) => {
    if (piece.doubt || (piece.kind !== 'day' && piece.kind !== 'amount')) return piece
    const glued =
      piece.kind === 'day'
        ? GLUED_BEFORE.test(open.slice(Math.max(0, piece.start - 1), piece.start)) ||
          share(pieces[place - 1], piece)
        : NUMERAL.test(open.slice(piece.end, piece.end + 1)) || share(piece, pieces[place + 1])
    return glued || tailOfNext(piece, pieces[place + 1]) || (!piece.tells && isStrange(piece, open))
      ? ({ ...piece, value: null, doubt: 'strange' } as Piece)
      : piece
  })
}

/** 工号10086|2月30日: where a number ends that is none of ours is not sure when a unit follows at once. */
export function unitsBehind(pieces: readonly Piece[], text: string): Piece[] {
  return pieces.flatMap(({ kind, start, end }): Piece[] => {
    if ((kind !== 'opaque' && kind !== 'identity') || !/\d/.test(text[end - 1] ?? '')) return []
    const unit = text
      .slice(end, end + 3)
      .match(/^(?:[月日号天]|\/\d)|^[万亿千百多几wk](?![a-z])/i)?.[0]
    if (!unit) return []
    const place = { start: end, end, said: text.slice(start, end + 1) }
    return [
      {
        ...{ kind: /[月日号天/]/.test(unit) ? 'day' : 'amount', value: null, doubt: 'strange' },
        ...place,
      } as Piece,
    ]
  })
}

export const blotted = (text: string, pieces: readonly Piece[]): string => {
  const parts: string[] = []
  let place = 0
  for (const { start, end } of pieces) {
    parts.push(text.slice(place, start), TAKEN.repeat(Math.max(0, end - Math.max(place, start))))
    place = Math.max(place, end)
  }
  return parts.join('') + text.slice(place)
}
