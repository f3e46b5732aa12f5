import type { Phrases } from '../../command.ts'
import { lacking } from '../commands/lacking.ts'
import type { Doubt, Reading } from '../reading.ts'
import type { Piece } from '../scan/piece.ts'
import type { Scanned } from '../scan/scan.ts'
import { asked, type FoundDoubt, fill, rest as restOf } from './fill.ts'
import { type Account, type Fields, NOT_MEANT, type Part, type Slot } from './slot.ts'

// How to say what a command takes, once, for its reader, its questions and its check:
//
//   phrases: phrase({ words: ['需求', 'need'] }, client('named'), product(), opt(amount()), rest('note'))
//
// The line begins with a word of the command. A slot takes its kind of piece from anywhere in the line,
// so their order does not matter, but for `client`, which stands first, and `rest`, which is last. What a
// slot cannot rely on it asks for, with the rest kept. Lines of several items are read by `each.ts`.

/** The line of a command with its word. */
interface Worded {
  readonly words: readonly string[]
  /** What says it behind the client's name: 李四 需求 代发, 张三要办POS机. */
  readonly behindName?: RegExp
  /** How a line begins that says it with none of the words: 刚认识一个老板. */
  readonly opens?: RegExp
  /** What must stand behind the word, and is no part of what is said. */
  readonly followedBy?: RegExp
  /** What behind the word means something else. */
  readonly unless?: RegExp
  readonly about?: readonly string[]
  readonly alone?: RegExp
  /** It has no room for a note: with words that no slot takes the line means something else. */
  readonly strict?: true
  /** Its word alone is asked about; absent: that is not meant, or means a form. */
  readonly asksBare?: true
}

export const reading = (input: Fields, doubts: readonly Doubt[]): Reading<Fields> => {
  const [first, ...more] = doubts
  return first ? { kind: 'asks', input, doubts: [first, ...more] } : { kind: 'understood', input }
}

/** The fields that are kept as typed. */
export const freeOf = (slots: readonly Slot[]): string[] =>
  slots.flatMap(({ rest, field }) => (rest ? field : []))

/** A command that is said with a word of its own. */
export function phrase(
  { words, behindName, opens, followedBy, unless, strict, asksBare, ...more }: Worded,
  ...slots: readonly Slot[]
): Phrases<unknown> {
  const all = strict ? [...slots, UNREAD] : slots
  return {
    words,
    ...more,
    ...(behindName && { anywhere: behindName }),
    ...(opens && { shape: opens }),
    free: freeOf(slots),
    slots,
    lacks: (at) => lacking(slots, at),
    scans(scanned, from) {
      const { text } = scanned
      const opened = from === 0 && opens ? (text.match(opens)?.[0].length ?? 0) : 0
      if (from === 0 && behindName && opened === 0) {
        const place = wordBehindName(scanned, behindName)
        return place ? accountOf(scanned, place.end, all, place.named) : NOT_MEANT
      }
      const start = from + opened
      const rest = text.slice(start)
      const led = followedBy ? (rest.match(followedBy)?.[0].length ?? 0) : 0
      if (unless?.test(rest) || (followedBy && led === 0)) return NOT_MEANT
      if (rest === '' && !asksBare) return NOT_MEANT
      return accountOf(scanned, start + led, all)
    },
  }
}

/** Words that no slot took: with them the line is not meant, or asked about where all else is clear. */
const LEFT = restOf('unread')
const UNREAD: Slot = {
  ...LEFT,
  leaves: true,
  unmeant: true,
  // The question says them all.
  take: (part, ...more) => ({ ...LEFT.take(part, ...more), weighed: part.pieces }),
  ask: ({ said }) => ({
    expects: { among: { 照记: 'without', 'log it': 'without' } },
    question: {
      zh: `"${said}"没有地方记，其余照记吗？`,
      en: `There is no place for "${said}". Shall the rest be kept?`,
    },
  }),
}

/** Between a client and the command's word. */
const BETWEEN = /^(?:[\s,:]|那边|老板娘?|说|的)*/

/** The client whom a line begins with, and where the command's word behind ends; null: it does not. */
export function wordBehindName(
  { text, pieces }: Scanned,
  word: RegExp,
): { readonly named: Piece<'name'>; readonly end: number } | null {
  const named = pieces.find((piece): piece is Piece<'name'> => piece.kind === 'name')
  if (!named || named.start > 0) return null
  const start = named.end + (text.slice(named.end).match(BETWEEN)?.[0].length ?? 0)
  const said = text.slice(start).match(new RegExp(`^(?:${word.source})`, 'i'))?.[0]
  if (!said) return null
  const end = start + said.length
  return { named, end: end + (text.slice(end).match(/^[\s:,]+/)?.[0].length ?? 0) }
}

/** What the slots make of a line from a place on. `named`: whose it is, where that was said before it. */
export function accountOf(
  scanned: Scanned,
  from: number,
  slots: readonly Slot[],
  named: Piece<'name'> | null = null,
): Account {
  const pieces = scanned.pieces.filter(({ start }) => start >= from)
  const part: Part = { scanned, start: from, end: scanned.text.length, pieces }
  const given = (slot: Slot): Slot =>
    named && slot.first && slot.kinds.includes('name')
      ? { ...slot, take: () => ({ value: named.value, claims: [named] }) }
      : slot
  const { values, doubts, accounted } = fill(part, slots.map(given))
  const doubted = new Set(doubts.map(({ slot }) => slot.field))
  if (slots.some(({ first, field }) => first && values[field] === null && !doubted.has(field))) {
    return NOT_MEANT
  }
  const unread = slots.find(({ unmeant, field }) => unmeant && values[field] !== undefined)
  if (unread && !saysMore(slots, values, accounted)) return NOT_MEANT
  const whose = values[slots.find(({ first }) => first)?.field ?? '']
  const subject = typeof whose === 'string' ? { zh: whose, en: whose } : null
  const last = (slot: Slot) => Number(slot.asksLast ?? false)
  const said = String(values[unread?.field ?? ''] ?? '')
  const open = unread
    ? [{ slot: unread, doubt: { code: 'unclear' as const, said, about: [] } }]
    : []
  const questions = [...doubts, ...open]
    .toSorted((a, b) => last(a.slot) - last(b.slot))
    .map((each) => asked(each, subject, part, [pathOf(each)]))
  return { reading: reading(values, questions), accounted }
}

/**
 * Whether something is said beside what the line is about, and that is somebody of the asker's where it is a client:
 * 放款 张三 30万 已核对, not 放款要几天.
 */
const saysMore = (slots: readonly Slot[], values: Fields, accounted: ReadonlySet<Piece>): boolean =>
  (!slots.some(({ first, kinds }) => first && kinds.includes('name')) ||
    [...accounted].some(({ kind }) => kind === 'name')) &&
  slots.filter(({ unmeant, field }) => !unmeant && (values[field] ?? null) !== null).length > 1

const pathOf = ({ slot: { field }, doubt: { within } }: FoundDoubt): string =>
  within === undefined ? field : `${field}.${within}`
