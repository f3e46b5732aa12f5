import type { Intent } from '../../../core/intent.ts'
import type { Command } from '../../command.ts'
import { saysOnlyDay } from '../../grammar/answer.ts'
import { PROSE, wordsAfter } from '../../grammar/commands/command-words.ts'
import { saidDay } from '../../grammar/day.ts'
import { normalise } from '../../grammar/normalise.ts'
import type { Parsed, Question } from '../../grammar/parse.ts'
import { type Doubt, isFree } from '../../grammar/reading.ts'
import type { Moment } from '../../moment.ts'

/**
 * What a line is while a question waits. `command`: it says something else instead. `either`: prose
 * that begins like a command ("client moved abroad"). `garbled`: it begins like a command that cannot
 * be read ("负面 12345 测试"). `answer`: whatever it is, it says no command.
 */
export type Instead = 'command' | 'either' | 'garbled' | 'answer'

/** A text as typed, with what it says among the commands of the speaker's role. */
interface ParsedText {
  readonly text: string
  readonly parsed: Parsed
  readonly sayable: readonly Command[]
  readonly at: Moment
  /** Of clients whom it may name, as they are on file. */
  readonly names: readonly string[]
}

/** What a line is while a question waits for its first doubt. */
export function insteadOf(
  { intent, doubts: [{ expects }] }: Question,
  { text, parsed, sayable, at, names }: ParsedText,
): Instead {
  if (isFree(expects)) {
    const instead = insteadOfText(text, parsed, sayable, intent.command)
    // 走访 张三, and then 明天联系王芳.
    const another = parsed.kind === 'intent' && namesAnother(intent, parsed.intent, names)
    return instead === 'answer' && another ? 'either' : instead
  }
  if (expects !== 'day' || parsed.kind === 'unknown') return 'answer'
  // A day may be named in a command (我周五请假), and 今天 is both.
  if (saysOnlyDay(text, at)) return 'answer'
  return saysCommand(text, parsed, sayable) || saidDay(text, at) ? 'command' : 'answer'
}

const namedIn = ({ input }: Intent): unknown =>
  typeof input === 'object' && input && 'named' in input ? input.named : null

/** Whether both name a client, and the other one on file that is not the same. */
function namesAnother(one: Intent, other: Intent, names: readonly string[]): boolean {
  const [asked, said] = [namedIn(one), namedIn(other)]
  return typeof asked === 'string' && asked !== said && names.some((name) => name === said)
}

function insteadOfText(
  typed: string,
  parsed: Parsed,
  commands: readonly Command[],
  asking: string,
): Instead {
  const text = normalise(typed).toLowerCase()
  if (parsed.kind === 'unknown') {
    const garbled = commands.some((command) => {
      const after = wordsAfter(text, command)
      return after !== null && (/^\d/.test(after) || (command.name === asking && after !== ''))
    })
    return garbled ? 'garbled' : 'answer'
  }
  if (!saysCommand(typed, parsed, commands)) return 'answer'
  if (!PROSE.test(text)) return 'command'
  return parsed.kind === 'intent' ? 'either' : 'answer'
}

/**
 * Whether a line says a command, its word set off ("客户 张三", "驳回2") or in its own shape, and is no
 * free text that only begins like one ("客户答谢会", "客户3次拒绝").
 */
export function saysCommand(typed: string, parsed: Parsed, commands: readonly Command[]): boolean {
  if (parsed.kind === 'unknown') return false
  if (parsed.kind === 'lines') return true
  const { command: name } = parsed.kind === 'intent' ? parsed.intent : parsed.ask.intent
  const command = commands.find((each) => each.name === name)
  if (!command) return false
  const text = normalise(typed).toLowerCase()
  const { headed = false, shape } = command.phrases ?? {}
  const shaped = parsed.kind === 'intent' && (headed || (shape?.test(text) ?? false))
  return shaped || wordsAfter(text, command) !== null
}

/** Whether an intent is about what a question asks about: it answers it, or says it anew. */
export function goesOn(
  { intent, doubts, begun }: Question,
  other: Intent,
  phrasesOf: (command: string) => Command['phrases'] | undefined,
): boolean {
  if (begun) return phrasesOf(other.command)?.words.includes(begun) ?? false
  const asking = phrasesOf(intent.command)
  // What asks which task is meant is answered or said anew by the command itself.
  if (asksWhich(doubts, asking?.about ?? [])) return intent.command === other.command
  if (asking?.about && phrasesOf(other.command)?.about) return isAboutAll(intent, other, phrasesOf)
  const open = new Set(doubts.flatMap(({ slots }) => slots))
  const counts = (path: string) =>
    !open.has(path) && !asking?.free?.includes(path.split('.').at(-1) ?? '')
  return intent.command === other.command && holds(other.input, intent.input, counts, '')
}

const asksWhich = (doubts: readonly Doubt[], about: readonly string[]): boolean =>
  doubts.some(({ slots }) =>
    slots.some((slot) => slot.split('.').some((part) => about.includes(part))),
  )

/** Whether an intent is about all the tasks and clients that another is about. */
export function isAboutAll(
  one: Intent,
  other: Intent,
  phrasesOf: (command: string) => Command['phrases'] | undefined,
): boolean {
  const about = (intent: Intent) => valuesAt(intent.input, phrasesOf(intent.command)?.about ?? [])
  const named = new Set(about(other))
  return about(one).every((value) => named.has(value))
}

/**
 * What is open of a question once this is said: null, when that answers it; less, when it says some of
 * what the question is about ("2 拒绝", where 1 was clear and 2 and 3 were not); and where it says all
 * that was not clear, the intent of both.
 */
export function saidAgain(
  question: Question,
  said: Intent,
  phrasesOf: (command: string) => Command['phrases'] | undefined,
): Question | Intent | null {
  if (goesOn(question, said, phrasesOf)) return null
  const { intent, doubts } = question
  const about = phrasesOf(said.command)?.about
  if (!about || said.command !== intent.command) return question
  const input = intent.input as Readonly<Record<string, unknown>>
  const list = Object.keys(input).find((key) => Array.isArray(input[key]))
  const [items, again] = [itemsAt(intent.input, list), itemsAt(said.input, list)]
  const named = new Set(again.flatMap((item) => valuesAt(item, about)))
  const kept = [...items.keys()].filter(
    (index) => !valuesAt(items[index], about).some((value) => named.has(value)),
  )
  if (!list || kept.length === items.length) return question
  const [first, ...more] = doubts.flatMap((doubt) => {
    const slots = doubt.slots.flatMap((slot) => {
      const [, index = '', rest = ''] = slot.match(/^[^.]+\.(\d+)\.(.+)$/) ?? []
      const place = kept.indexOf(Number(index))
      return rest && place >= 0 ? [`${list}.${place}.${rest}`] : rest ? [] : [slot]
    })
    return slots.length > 0 ? [{ ...doubt, slots }] : []
  })
  const those = kept.map((index) => items[index])
  return first
    ? {
        intent: { command: intent.command, input: { ...input, [list]: those } },
        doubts: [first, ...more],
      }
    : { command: intent.command, input: { ...input, [list]: [...those, ...again] } }
}

const itemsAt = (input: unknown, list: string | undefined): readonly unknown[] => {
  const items = list && (input as Readonly<Record<string, unknown>> | null)?.[list]
  return Array.isArray(items) ? items : []
}

/** The values of fields of these names, at any depth. */
function valuesAt(input: unknown, fields: readonly string[]): unknown[] {
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([key, value]) =>
    fields.includes(key) ? [value].flat() : valuesAt(value, fields),
  )
}

function holds(
  whole: unknown,
  part: unknown,
  counts: (path: string) => boolean,
  path: string,
): boolean {
  if (part === null || part === undefined || part === '') return true
  if (typeof part !== 'object') return !counts(path) || part === whole
  return Object.entries(part).every(([key, value]) => {
    const its = (whole as Readonly<Record<string, unknown>> | null | undefined)?.[key]
    return holds(its, value, counts, path ? `${path}.${key}` : key)
  })
}
