import type { Intent } from '../../../core/intent.ts'
import { parse } from '../../grammar/parse.ts'
import type { Doubt, Expects } from '../../grammar/reading.ts'
import { type Scanned, scan } from '../../grammar/scan/scan.ts'
import type { Waiting } from '../dialog-store.ts'
import type { Utterance } from '../utterance.ts'

// An answer that says more than was asked: 有意向 30万 where the outcome was asked for, 周五下午再打 where the day was.
// It is read as if it stood in the line that was asked about, and what that said stays.

type Fields = Readonly<Record<string, unknown>>

/** Before what is answered: 他说没接. */
const BEFORE = /^(?:那个|就是|是|他|她|它|客户|对方|人家|老板娘?|电话|说|打了|刚才|[\s,:])*/

/** What an answer comes to with all that it says, or what is open of the question still; null: it is none. */
export function fullerAnswer(utterance: Utterance): Intent | Waiting | null {
  const { open, text, at, names } = utterance
  if (open.length === 0) return null
  const scanned = scan(text, { at, names })
  for (const question of open) {
    for (const doubt of question.doubts) {
      if (!begins(scanned, doubt.expects)) continue
      const answered = taken(question, doubt, utterance)
      if (answered) return answered
    }
  }
  return null
}

/** Whether a text begins with what could be the answer, set off from what follows, and names nobody else. */
function begins({ text, pieces }: Scanned, expects: Expects): boolean {
  const start = text.match(BEFORE)?.[0].length ?? 0
  if (pieces.some(({ kind }) => kind === 'name' || kind === 'list')) return false
  const [first] = pieces
  const heard =
    first?.start === start && first.value !== null && kindsOf(expects).includes(first.kind)
  const [word = ''] = text.slice(start).split(/[\s,;:。、]/)
  const labelled = typeof expects === 'object' && word.toLowerCase() in expects.among
  const ends = [...(heard ? [first.end] : []), ...(labelled ? [start + word.length] : [])]
  return ends.some(
    (end) =>
      SET_OFF.test(text.slice(end)) ||
      pieces.some((each) => each.start >= end && each.start <= end + 1),
  )
}

/** Behind an outcome, where no name may follow that nobody has on file: 没接, 拒绝 利率高; not 没接王五的电话. */
const SET_OFF = /^(?:了|啊|吧|呢|哦|的)*(?:\s*$|\s*[,;.。!、]|\s(?=[\p{Script=Han}]{3}))/u

const kindsOf = (expects: Expects): readonly string[] =>
  typeof expects === 'object' ? ['outcome'] : [expects]

/** Where the answer to a doubt goes: a field of an item of a list. */
const SLOT = /^(?<list>[^.]+)\.(?<place>\d+)\.(?<field>[^.]+)$/

const slotOf = (slot: string) => {
  const { list = '', place = '', field = '' } = slot.match(SLOT)?.groups ?? {}
  return { list, place: Number(place), field }
}

const itemsIn = (input: unknown, list: string): readonly Fields[] =>
  ((input as Readonly<Record<string, Fields[]>> | null)?.[list] ?? []) as readonly Fields[]

/** What the question comes to with all that the answer says of the items that a doubt is about. */
function taken(question: Waiting, doubt: Doubt, utterance: Utterance): Intent | Waiting | null {
  const { intent, doubts } = question
  const command = utterance.commandNamed(intent.command)
  const [first = ''] = doubt.slots
  const { list, place, field } = slotOf(first)
  const item = itemsIn(intent.input, list)[place]
  const begun = item && command?.phrases?.begins?.(item, utterance.at)
  if (!command || !begun) return null
  const { text, at, names } = utterance
  const said = parse(`${begun} ${text}`, [command], at, [...names, ...namesIn(item)])
  if (said.kind !== 'intent' && said.kind !== 'asks') return null
  const asked = said.kind === 'asks' ? said.ask : { intent: said.intent, doubts: [] }
  const [read, ...others] = itemsIn(asked.intent.input, list)
  if (!read || others.length > 0) return null
  const unclear = asked.doubts.map((each) => ({ each, ...slotOf(each.slots[0] ?? '') }))
  // What was asked is still not said.
  if ((read[field] ?? null) === null) return null
  const places = new Set(doubt.slots.map((slot) => slotOf(slot).place))
  const { free = [], about = [] } = command.phrases ?? {}
  const items = itemsIn(intent.input, list).map((each, index) =>
    places.has(index) ? withSaid(each, without(read, about), free) : each,
  )
  const clear = { command: intent.command, input: { ...(intent.input as Fields), [list]: items } }
  const answers = (slot: string): boolean => {
    const its = slotOf(slot)
    return places.has(its.place) && (read[its.field] ?? null) !== null
  }
  const left = doubts.filter(({ slots }) => !slots.every(answers))
  const more = unclear.map(({ each, field: unsaid }) => ({
    ...each,
    slots: [...places].map((index) => `${list}.${index}.${unsaid}`),
  }))
  const [next, ...rest] = [...more, ...left]
  return next ? { ...question, intent: clear, doubts: [next, ...rest] } : clear
}

/** An item with what is said of it now; free text is kept beside what was said before. */
function withSaid(item: Fields, read: Fields, free: readonly string[]): Fields {
  const said = Object.entries(read).filter(([, value]) => value !== null)
  return {
    ...item,
    ...Object.fromEntries(
      said.map(([key, value]) =>
        free.includes(key) && item[key] ? [key, `${item[key]}，${value}`] : [key, value],
      ),
    ),
  }
}

const without = (fields: Fields, left: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => !left.includes(key)))

/** Whatever text an item has may be the name that its line begins with. */
const namesIn = (item: Fields): string[] =>
  Object.values(item).filter((value): value is string => typeof value === 'string')
