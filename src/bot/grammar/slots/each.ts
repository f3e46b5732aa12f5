import type { Phrases } from '../../command.ts'
import type { Doubt } from '../reading.ts'
import { mannerOf } from '../scan/kinds/outcomes.ts'
import type { Piece } from '../scan/piece.ts'
import type { Scanned } from '../scan/scan.ts'
import { asked, fill } from './fill.ts'
import { freeOf, reading } from './phrase.ts'
import { type Segment, segments } from './segments.ts'
import { type Account, type Fields, NOT_MEANT, type Part, type Slot, type Subject } from './slot.ts'

// A line of several items, one for every number or name that it has: 1 没接 2 拒绝, 苏德没接，韩艳嫌利率高.

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
    /** What of them is kept, in the note of every item: 昨天. Absent: nothing. */
    readonly keeps?: string
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
  const lead = before?.(scanned) ?? { from: 0, fields: {} }
  const accounted = new Set(lead.keeps ? scanned.pieces.filter(({ end }) => end <= lead.from) : [])
  const found = segments(scanned, lead.from)
  if (!found || found.some(({ heads }) => heads.some(({ value }) => value === null)))
    return NOT_MEANT
  const all: Fields[] = []
  const places = new Map<string, number>()
  const result = slots.find(({ kinds }) => kinds.includes('outcome'))
  const note = slots.find(({ rest }) => rest)?.field
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
    const kept =
      lead.keeps && note ? { [note]: [lead.keeps, last[note]].filter(Boolean).join(' ') } : {}
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
      const item = { ...who, ...filled.values, ...kept, ...lead.fields, ...beside.fields }
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
