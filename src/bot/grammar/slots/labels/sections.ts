import type { Text } from '../../../../core/text.ts'
import type { Expects } from '../../reading.ts'
import type { Kind, Piece } from '../../scan/piece.ts'
import { asTypedIn } from '../../scan/typed-line.ts'
import { whyNotDay } from '../kinds/day.ts'
import { inDoubt, nothing, type Part, type Slot, type SlotDoubt, type Taken } from '../slot.ts'

// Lines that are cut at their labels: 张三 区域 城东 行业 餐饮; 春茶 给 一队 平均 每天 10 话术 上门问候.

/** What a field's values stand behind. */
export interface Label {
  /** How it is written, as an expression. */
  readonly words: string
  /** Its value may be glued to it: 给一队. `day`: if that is a day, as 到 is a part of words too. */
  readonly glued?: true | 'day'
  /** The label is the value, and needs none behind it: 平均. */
  readonly alone?: true
  /** All that follows is its own, whatever words it has. */
  readonly last?: true
}

export type Labels = Readonly<Record<string, Label | readonly Label[]>>

/** A label with what stands behind it. */
interface Section {
  readonly field: string
  readonly start: number
  /** Where its value begins. */
  readonly from: number
  readonly end: number
}

const LED = '(?<=^|[\\s,;。])'
const SET_OFF = '(?=$|[\\s:,;])'
const GAP = /^[\s:,;。]+/
const TRAILING = /[\s,;。、]+$/

/** The values of a part by their labels, in the order in which they stand. */
function sectionsOf(part: Part, labels: Labels): readonly Section[] {
  const text = part.scanned.text.slice(0, part.end)
  const found = Object.entries(labels)
    .flatMap(([field, one]) => [one].flat().flatMap((label) => placesOf(part, field, label)))
    .toSorted((a, b) => a.start - b.start || b.from - a.from)
  const kept: (typeof found)[number][] = []
  for (const each of found) {
    const before = kept.at(-1)
    // Behind its label a value begins, whatever else it begins with: 客群 到期户.
    const isValue = before && !before.label.alone && each.start === before.from && each.glued
    if (before && (before.label.last || each.start < before.from || isValue)) continue
    kept.push(each)
  }
  return kept.map(({ field, label, start, from }, place) => {
    const next = kept[place + 1]?.start ?? part.end
    const end = label.alone ? from : next
    const value = label.alone ? start : Math.min(from, end)
    const trailing = text.slice(value, end).match(TRAILING)?.[0].length ?? 0
    return { field, start, from: value, end: Math.max(value, end - trailing) }
  })
}

function placesOf({ scanned, start, end, pieces }: Part, field: string, label: Label) {
  const text = scanned.text.slice(start, end)
  const behind = label.glued || label.alone ? '' : SET_OFF
  const latin = '(?![a-z])'
  const source = new RegExp(`${LED}(?:${label.words})${latin}${behind}`, 'gi')
  return [...text.matchAll(source)].flatMap(({ 0: said, index }) => {
    const place = start + index
    const after = place + said.length
    const gap = text.slice(after - start).match(GAP)?.[0].length ?? 0
    const glued = gap === 0 && after < end
    const isDay = pieces.some(
      (each) => each.kind === 'day' && each.start <= after && each.end > after,
    )
    if (glued && label.glued === 'day' && !isDay) return []
    return { field, label, glued, start: place, from: label.alone ? after : after + gap }
  })
}

const within = (part: Part, { from, end }: Pick<Section, 'from' | 'end'>): Part => ({
  ...part,
  start: from,
  end,
  pieces: part.pieces.filter((piece) => piece.start < end && piece.end > from),
})

/** What a text behind a label was read as. */
export type Read =
  /** `upTo`: where what it took ends, if that is not the end. */
  { readonly value: unknown; readonly upTo?: number } | { readonly doubt: SlotDoubt['code'] }

/** How the text behind a label is read; what of it is in doubt is asked about as the value of its label. */
export interface SectionValue {
  readonly kinds?: readonly Kind[]
  readonly expects: Expects
  /** It is kept whole, a note in it too. */
  readonly free?: true
  read(part: Part): Read
  /** An example of what can be read. */
  readonly example?: Text
}

/** The slots of a line that is cut at these labels. */
export function sections(labels: Labels) {
  /** What stands before the first label, for a slot that has no label. */
  const head = (slot: Slot): Slot => ({
    ...slot,
    take(part, before, claimed) {
      const [first] = sectionsOf(part, labels)
      return slot.take(
        within(part, { from: part.start, end: first?.start ?? part.end }),
        before,
        claimed,
      )
    },
  })
  /** What stands behind a label, wherever that is. */
  const behind = (
    field: string,
    called: Text,
    value: SectionValue,
    { required = false, asks }: { readonly required?: boolean; readonly asks?: Text } = {},
  ): Slot => ({
    field,
    kinds: value.kinds ?? [],
    leaves: true,
    required,
    ...(value.free && { rest: true as const }),
    take(part) {
      const all = sectionsOf(part, labels).filter((each) => each.field === field)
      const [only, another] = all
      if (!only) return nothing
      if (another) {
        const claims = all.map((each) => pieceOf(part, each))
        return inDoubt('several', claims, all.map((each) => saidIn(part, each)).join('、'))
      }
      if (only.from >= only.end) return inDoubt('missing', [pieceOf(part, only)], '')
      return takenOf(part, only, value)
    },
    ask: (doubt) => ({
      expects: value.expects,
      question: doubt.said === '' && asks ? asks : unclear(called, doubt, value.example),
    }),
  })
  return { head, behind }
}

const saidIn = ({ scanned }: Part, { from, end }: Pick<Section, 'from' | 'end'>): string =>
  asTypedIn(scanned, from, end)

/** All from where something is said to its end, as one piece. */
const pieceOf = ({ scanned }: Part, { start, end }: Pick<Section, 'start' | 'end'>): Piece => {
  return { kind: 'opaque', value: null, start, end, said: scanned.text.slice(start, end) }
}

function takenOf(part: Part, section: Omit<Section, 'field'>, value: SectionValue): Taken {
  const inside = within(part, section)
  const read = value.read(inside)
  const weighed = inside.pieces
  if ('doubt' in read) {
    const said = saidIn(part, section)
    return { ...inDoubt(read.doubt, [pieceOf(part, section)], said), weighed }
  }
  const { upTo = section.end } = read
  const claims = [pieceOf(part, { ...section, end: upTo })]
  return { value: read.value, claims, weighed: weighed.filter(({ end }) => end <= upTo) }
}

const NOT_CLEAR = { zh: '不能确定', en: 'is not clear' }

function unclear({ zh, en }: Text, { said, code }: SlotDoubt, example?: Text): Text {
  const such = {
    zh: example ? `比如 ${example.zh}。` : '',
    en: example ? ` Such as ${example.en}.` : '',
  }
  if (code === 'missing')
    return { zh: `${zh}是什么？${such.zh}`, en: `What is the ${en}?${such.en}` }
  const why = code === 'past' || code === 'not-on-calendar' ? whyNotDay(code) : NOT_CLEAR
  return {
    zh: `${zh}"${said}"${why.zh}，是什么？${such.zh}其他内容已记下，只回这一项即可。`,
    en: `The ${en} "${said}" ${why.en}. What is it?${such.en} The rest is kept; just send this one.`,
  }
}

/** What is left before the first label, behind what the slots before took of it: a name. */
export const named = (field: string, question: Text, value: SectionValue): Slot => ({
  field,
  kinds: value.kinds ?? [],
  required: true,
  take(part, _before, claimed) {
    const { text } = part.scanned
    const own = [...claimed].filter((each) => each.start >= part.start && each.end <= part.end)
    const stop = Math.min(part.end, ...own.map(({ start }) => start))
    const end = stop - (text.slice(part.start, stop).match(TRAILING)?.[0].length ?? 0)
    if (end <= part.start) return nothing
    return takenOf(part, { start: part.start, from: part.start, end }, value)
  },
  ask: ({ said }) => ({
    expects: value.expects,
    question: said
      ? {
          zh: `"${said}"不是一个名称。${question.zh}`,
          en: `"${said}" is not one name. ${question.en}`,
        }
      : question,
  }),
})
