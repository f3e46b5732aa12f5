import type { Head } from '../scan/heads.ts'
import { ofKind, type Piece } from '../scan/piece.ts'
import type { Scanned } from '../scan/scan.ts'
import type { Part } from './slot.ts'

/** What is said of some tasks or clients. */
export interface Segment {
  readonly heads: readonly Head[]
  /** The name beside a number: 2 李四 没接. */
  readonly own: Piece<'name'> | null
  readonly part: Part
}

/** Between one head and the next: both have what follows. */
const AND = /^(?:[\s,、;和跟与及&]|还有|以及|\band\b)*$/i

/**
 * A text cut at its heads: each number or name with what follows it. Heads with nothing between share
 * what comes after the last. Null: it does not begin with one. `from`: where it may begin.
 */
export function segments(scanned: Scanned, from = 0): Segment[] | null {
  const { pieces, text } = scanned
  const heads = headsFrom(scanned, from)
  if (heads[0]?.start !== from) return saidBefore(scanned, from)
  const found: Segment[] = []
  let waiting: Head[] = []
  let next = 0
  for (const [place, head] of heads.entries()) {
    const end = heads[place + 1]?.start ?? text.length
    if (place < heads.length - 1 && AND.test(text.slice(head.end, end))) {
      waiting.push(head)
      continue
    }
    const within: Piece[] = []
    for (; next < pieces.length && (pieces[next]?.start ?? 0) < end; next++) {
      const piece = pieces[next]
      if (piece && piece.start >= head.end) within.push(piece)
    }
    // Of a number, the name beside it or alone in a clause is whose it is.
    const own =
      head.kind === 'list'
        ? (within.find((piece): piece is Piece<'name'> => piece.kind === 'name' && !piece.tells) ??
          null)
        : null
    const part = { scanned, start: head.end, end, pieces: within }
    found.push({ heads: [...waiting, head], own, part })
    waiting = []
  }
  return found
}

/** Behind words before it a number or name begins something, as at the head of a line: 更正 1. */
function headsFrom({ heads, lists, pieces }: Scanned, from: number): readonly Head[] {
  if (from === 0 || heads[0]?.start === from) return heads
  const begins = ({ start }: Piece) => start === from
  const first = lists.find(begins) ?? ofKind(pieces, 'name').find(begins)
  return first ? [first, ...heads] : heads
}

const MARKS = /^[\s,;.。!]*$/

/** 没接 李四, 约了沈华周三下午3点: an outcome with the client behind it, and perhaps when. */
function saidBefore(scanned: Scanned, from: number): Segment[] | null {
  const { pieces, text } = scanned
  const [outcome, name, ...more] = pieces.filter(({ start }) => start >= from)
  if (outcome?.kind !== 'outcome' || name?.kind !== 'name') return null
  if (more.length > 0) return saidBeforeWhen(scanned, from, outcome, name, more)
  const beside = [
    text.slice(from, outcome.start),
    text.slice(outcome.end, name.start),
    text.slice(name.end),
  ]
  if (!beside.every((each) => MARKS.test(each))) return null
  const part = { scanned, start: from, end: name.start, pieces: [outcome] }
  return [{ heads: [name], own: null, part }]
}

/** What says when, and what may stand between such words. */
const WHEN: readonly Piece['kind'][] = ['day', 'time']
const AT = /^[\s,;.。!在于到]*$/

/** What they are to do then: 约了张三明天走访. */
const MEETING =
  /^[\s,;.。!]*(?:再?去?(?:走访|拜访|见(?:个?面)?|面谈|谈|碰面|聊聊?|看看|上门)(?:一下)?|(?:他|她)?过?来(?:行里|网点|支行)?(?:谈|面谈|办)?)?[\s.。!]*$/

/** The same with a day or an hour behind the client, and nothing else but what for. */
function saidBeforeWhen(
  scanned: Scanned,
  from: number,
  outcome: Piece<'outcome'>,
  name: Piece<'name'>,
  when: readonly Piece[],
): Segment[] | null {
  const { text } = scanned
  const all = [outcome, name, ...when]
  const between = [
    text.slice(from, outcome.start),
    ...all.map(({ end }, place) => text.slice(end, all[place + 1]?.start ?? text.length)),
  ]
  const last = between.pop() ?? ''
  if (!when.every(({ kind }) => WHEN.includes(kind)) || !between.every((each) => AT.test(each)))
    return null
  if (!AT.test(last) && !MEETING.test(last)) return null
  const part = { scanned, start: from, end: text.length, pieces: [outcome, ...when] }
  return [{ heads: [name], own: name, part }]
}
