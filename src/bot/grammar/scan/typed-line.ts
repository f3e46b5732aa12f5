import { INVISIBLE } from '../normalise.ts'
import { SIMPLIFIED } from './words/traditional.ts'

/** A line as it is read, with where each of its characters stands in what was typed. */
export interface TypedLine {
  /** Half-width, simplified, without what nobody typed; one blank at most within a line. */
  readonly text: string
  readonly typed: string
  /** For every character of `text` the first one that was typed for it, and the one behind its last. */
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/** A number in a circle, in brackets or on a key stands apart from what follows: ①50万 is 1 and 50万. */
const APART =
  /^[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]|\u20e3|^(?:10|\d)\ufe0f/u
const UNSEEN = new RegExp(
  `${INVISIBLE.source}|[\\ufe00-\\ufe0f\\u20e3\\u034f\\u115f\\u1160\\u3164]`,
  'g',
)
const MARKS: Readonly<Record<string, string>> = {
  ...{ '“': '"', '”': '"', '‘': "'", '’': "'", '–': '-', '—': '-', '―': '-', '−': '-', '─': '-' },
  ...{ '⁄': '/', '∕': '/', '〜': '~', 貮: '贰', 圆: '元', 圓: '元', 㐱: '珍' },
}

interface Placed {
  readonly seen: string
  readonly from: number
  readonly to: number
}

/** The line to read. A character of two halves (an emoji, a rare name) is one place each half. */
export function readTyped(typed: string): TypedLine {
  const all: Placed[] = []
  for (let from = 0; from < typed.length; ) {
    const each = characterAt(typed, from)
    const to = from + each.length
    for (const seen of plain(each).split('')) all.push({ seen, from, to })
    from = to
  }
  const placed = tidied(all)
  return {
    text: placed.map(({ seen }) => seen).join(''),
    typed,
    from: placed.map(({ from }) => from),
    to: placed.map(({ to }) => to),
  }
}

const CHARACTER = /\P{M}\p{M}*|\p{M}+/uy
/** Characters up to here, and Chinese ones, stand alone unless a combining mark follows. */
const isPlain = (code: number): boolean =>
  (code >= 0x20 && code < 0x7f) || (code >= 0x4e00 && code < 0x9fff)

/** The character at a place, with its combining marks. */
function characterAt(typed: string, place: number): string {
  const next = typed.charCodeAt(place + 1)
  const alone = place + 1 === typed.length || isPlain(next) || next === 0x0a
  if (alone && isPlain(typed.charCodeAt(place))) return typed.charAt(place)
  CHARACTER.lastIndex = place
  return CHARACTER.exec(typed)?.[0] ?? typed.charAt(place)
}

/** What a character with its combining marks is read as. */
function plain(each: string): string {
  if (each.length === 1 && isPlain(each.charCodeAt(0))) {
    return MARKS[each] ?? SIMPLIFIED.get(each) ?? each
  }
  const seen = (MARKS[each] ?? each.normalize('NFKC')).replace(UNSEEN, '')
  const simple = Array.from(seen, (one) => MARKS[one] ?? SIMPLIFIED.get(one) ?? one).join('')
  const blank = simple.replace(/[^\S\n]/g, ' ')
  return APART.test(each) ? ` ${blank} ` : blank
}

/** One blank within a line and none around it; lines stay lines, empty ones go. */
function tidied(placed: readonly Placed[]): Placed[] {
  const kept: Placed[] = []
  for (const each of placed) {
    const last = kept.at(-1)?.seen
    if (each.seen === ' ' && (last === undefined || last === ' ' || last === '\n')) continue
    if (each.seen === '\n') {
      while (kept.at(-1)?.seen === ' ' || kept.at(-1)?.seen === '\n') kept.pop()
      if (kept.length === 0) continue
    }
    kept.push(each)
  }
  while (kept.at(-1)?.seen === ' ' || kept.at(-1)?.seen === '\n') kept.pop()
  return kept
}

/** A part of a line as it was typed, but for what nobody typed. */
export function asTypedIn(line: TypedLine, start: number, end: number): string {
  if (end <= start) return ''
  return line.typed
    .slice(line.from[start], line.to[end - 1])
    .replace(INVISIBLE, '')
    .trim()
}

/** A text in simplified characters, one for one. */
export function simplified(text: string): string {
  let simple = ''
  for (const one of text) simple += SIMPLIFIED.get(one) ?? one
  return simple
}
