import type { Phrases } from '../../command.ts'
import type { Doubt, Reading } from '../reading.ts'
import { mannerOf } from '../scan/kinds/outcomes.ts'
import type { Piece } from '../scan/piece.ts'
import type { Scanned } from '../scan/scan.ts'
import { asked, type FoundDoubt, fill, rest as restOf } from './fill.ts'
import { type Segment, segments } from './segments.ts'
import { type Account, type Fields, NOT_MEANT, type Part, type Slot, type Subject } from './slot.ts'

// How to say what a command takes, once, for its reader, its questions and its check:
//
//   phrases: phrase({ words: ['需求', 'need'] }, client('named'), product(), opt(amount()), rest('note'))
//
// The line begins with a word of the command. A slot takes its kind of piece from anywhere in the line,
// so their order does not matter, but for `client`, which stands first, and `rest`, which is last. What a
// slot cannot rely on it asks for, with the rest kept. `each` reads one item for every number or name
// that a line has (1 没接 2 拒绝).

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
}

const reading = (input: Fields, doubts: readonly Doubt[]): Reading<Fields> => {
  const [first, ...more] = doubts
  return first ? { kind: 'asks', input, doubts: [first, ...more] } : { kind: 'understood', input }
}

/** The fields that are kept as typed. */
const freeOf = (slots: readonly Slot[]): string[] =>
  slots.flatMap(({ rest, field }) => (rest ? field : []))

/** A command that is said with a word of its own. */
export function phrase(
  { words, behindName, opens, followedBy, unless, strict, ...more }: Worded,
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
      if (rest === '' || unless?.test(rest) || (followedBy && led === 0)) return NOT_MEANT
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

/** How the items of a line are read, and what it may say beside them. */
interface Items {
  /** The field of the input that holds them. */
  readonly items: string
  /** The fields of an item for the number and the name with which it begins. */
  readonly number: string
  readonly name: string
  readonly about?: readonly string[]
  /** What else is to be said, once nothing of an item is in doubt; null: nothing. */
  unsaid?(
    values: Fields,
    part: Part,
    subject: Subject,
  ): (Omit<Doubt, 'slots'> & { readonly field: string }) | null
  /** Words beside an item that are none of its slots: where it begins and ends without them. */
  aside?(segment: Segment): {
    readonly part: Part
    readonly fields: Fields
    /** Taken back in the same breath, where something else follows: 1 没接 错了 2 没接. */
    readonly withdrawn?: boolean
  }
  /**
   * Words before the first item: where that begins, and what they say of every item. `hears`: behind such words
   * the line means an item only if an outcome is heard in it.
   */
  before?(scanned: Scanned): {
    readonly from: number
    readonly fields: Fields
    readonly hears?: boolean
    /** They say that somebody was spoken to, so that what came of it is asked: 打给张三了. */
    readonly asks?: boolean
  }
}

/** One item for each number or name of a line, each read alone; 同上 repeats the one before. */
export function each(items: Items, ...slots: readonly Slot[]): Phrases<unknown> {
  return {
    words: [],
    headed: true,
    itemsInLines: true,
    free: freeOf(slots),
    slots,
    ...(items.about && { about: items.about }),
    scans: (scanned) => accountOfItems(scanned, items, slots),
  }
}

export function accountOfItems(
  scanned: Scanned,
  { items: field, number, name, aside, before, unsaid }: Items,
  slots: readonly Slot[],
): Account {
  const lead = before?.(scanned) ?? { from: 0, fields: {}, hears: false, asks: false }
  const accounted = new Set<Piece>()
  const found = segments(scanned, lead.from)
  if (!found || found.some(({ heads }) => heads.some(({ value }) => value === null)))
    return NOT_MEANT
  const all: Fields[] = []
  const places = new Map<string, number>()
  const result = slots.find(({ kinds }) => kinds.includes('outcome'))
  const doubts: Doubt[] = []
  let last: Fields | null = null
  for (const [place, segment] of found.entries()) {
    const beside = aside?.(segment) ?? { part: segment.part, fields: {} }
    if (beside.withdrawn && place < found.length - 1) {
      for (const piece of [...segment.heads, ...segment.part.pieces]) accounted.add(piece)
      continue
    }
    const own = segment.own ? { [name]: segment.own.value } : {}
    const part = segment.own ? withOwn(beside.part, segment.own) : beside.part
    const filled = fill(part, slots, last, segment.own ? [segment.own] : [])
    last = filled.values
    const whose = segment.heads.flatMap((head): Fields[] =>
      head.kind === 'name'
        ? [{ [name]: head.value }]
        : (head.value ?? []).map((value) => ({ [number]: value, ...own })),
    )
    const subject = subjectOf(segment)
    for (const each of filled.doubts) {
      const paths = whose.map((_, index) => `${field}.${all.length + index}.${each.slot.field}`)
      doubts.push(asked(each, subject, part, paths))
    }
    const open = filled.doubts.length === 0 ? unsaid?.(filled.values, part, subject) : null
    if (open) {
      const { field: wanted, ...doubt } = open
      const paths = whose.map((_, index) => `${field}.${all.length + index}.${wanted}`)
      doubts.push({ ...doubt, slots: paths })
    }
    for (const who of whose) {
      const item = { ...who, ...filled.values, ...lead.fields, ...beside.fields }
      const key = `${item[number] ?? item[name]}`
      const before = places.get(key)
      const sure = filled.doubts.length === 0 && !open
      const earlier = before === undefined || !sure ? undefined : all[before]
      const likely = earlier && result ? contested(earlier, item, result.field, part) : null
      if (before === undefined || !earlier || !likely || !result) {
        places.set(key, all.length)
        all.push(item)
        continue
      }
      // 1 没接 1 拒绝: which of them holds is asked about, with all that was said beside either.
      all[before] = { ...earlier, ...said(item), [result.field]: null }
      const doubt = { code: 'several', said: '', about: [], likely } as const
      doubts.push(
        asked({ slot: result, doubt }, subject, part, [`${field}.${before}.${result.field}`]),
      )
    }
    const inside = new Set(beside.part.pieces)
    const besides = segment.part.pieces.filter((piece) => !inside.has(piece))
    for (const piece of [...segment.heads, ...besides, ...filled.accounted]) accounted.add(piece)
  }
  // Names alone say nothing of an outcome: a client is meant, and not what came of a call.
  const named = lead.hears || found.every(({ heads }) => heads.every(({ kind }) => kind === 'name'))
  const heard = [...accounted].some(({ kind }) => kind === 'outcome' || kind === 'same')
  if (named && !heard && !lead.asks) return NOT_MEANT
  return { reading: reading({ [field]: all }, doubts), accounted }
}

/** Of two things said of one task, what came of it both times; null where that agrees or the later one holds. */
function contested(earlier: Fields, later: Fields, field: string, { scanned }: Part) {
  const outcomes = [earlier[field], later[field]]
  const [one, other] = outcomes
  if (one === other || !outcomes.every((each) => typeof each === 'string')) return null
  if (later['correction'] === true) return null
  const bans = outcomes.some((code) => mannerOf(scanned.context.at.kinds, code) === 'ban')
  return bans ? null : outcomes
}

const said = (item: Fields): Fields =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null))

/** The name of a number is whose it is, and no part of what is said of it. */
function withOwn(part: Part, own: Piece): Part {
  const pieces = part.pieces.filter((piece) => piece !== own)
  const { text } = part.scanned
  if (!/^[\s(]*$/.test(text.slice(part.start, own.start))) return { ...part, pieces }
  return { ...part, start: own.end + (text[own.end] === ')' ? 1 : 0), pieces }
}

/** Whom a question is about: 第 1、2 件, 张三. */
function subjectOf({ heads }: Segment): Subject {
  const numbers = heads.flatMap((head) => (head.kind === 'list' ? (head.value ?? []) : []))
  const names = heads.flatMap((head) => (head.kind === 'name' ? (head.value ?? []) : []))
  if (numbers.length === 0) return { zh: `${names.join('、')} `, en: names.join(', ') }
  const listed = numbers.join('、')
  return { zh: `第 ${listed} 件`, en: `number ${listed}` }
}
