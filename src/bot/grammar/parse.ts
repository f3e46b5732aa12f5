import { distance } from 'fastest-levenshtein'
import type { Intent } from '../../core/intent.ts'
import type { Command } from '../command.ts'
import type { Moment } from '../moment.ts'
import { asTyped } from './as-typed.ts'
import { setOff } from './command-words.ts'
import { normalise } from './normalise.ts'
import { readNumber } from './number.ts'
import type { Doubt } from './reading.ts'

/** What was understood, with doubtful slots still open. */
export interface Question {
  readonly intent: Intent
  readonly doubts: readonly [Doubt, ...Doubt[]]
}

export type Parsed =
  | { readonly kind: 'intent'; readonly intent: Intent }
  | { readonly kind: 'asks'; readonly ask: Question }
  /** Several commands in one text, a line each, with what goes on in further lines. */
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'unknown'; readonly nearest: readonly Command[] }

/** What people say before what they want. */
const POLITE =
  /^\s*(?:麻烦(?:你|您)?|请(?:问|你|您)?|帮(?:我|忙)|给我|我(?:要|想|来)?|看看|看一?下|(?:please|pls|plz|can you|could you|i want to|i need to|i'd like to|help me|let me)\s)[\s,，]*/i

/**
 * What a typed text means among these commands. The longest word that it begins with decides; a
 * request may begin politely (帮我查 张三).
 */
export function parse(typed: string, commands: readonly Command[], at: Moment): Parsed {
  const lines = linesOf(typed, commands, at)
  if (lines.length > 1) return { kind: 'lines', lines }
  const parsed = parsePlain(typed, commands, at)
  const bare = typed.replace(POLITE, '').replace(POLITE, '').replace(POLITE, '')
  if (parsed.kind !== 'unknown' || bare === typed || bare === '') return parsed
  const asked = parsePlain(bare, commands, at)
  return asked.kind === 'unknown' ? parsed : asked
}

/**
 * A text cut where a line says a command of its own, which no free text before it may swallow. What
 * begins with no command is left whole.
 */
function linesOf(typed: string, commands: readonly Command[], at: Moment): readonly string[] {
  const [first = '', ...others] = typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (others.length === 0) return [typed]
  let saying = saidIn(first, commands, at)
  if (!saying) return [typed]
  const lines = [first]
  for (const line of others) {
    const said = saidIn(line, commands, at)
    if (said && !(said === saying && said.phrases?.itemsInLines)) {
      lines.push(line)
      saying = said
    } else lines[lines.length - 1] += `\n${line}`
  }
  return lines
}

/** The command that a line says by itself; null where it is a sentence that only begins like one. */
function saidIn(line: string, commands: readonly Command[], at: Moment): Command | null {
  const bare = line.replace(POLITE, '')
  for (const said of bare && bare !== line ? [line, bare] : [line]) {
    const text = counted(normalise(said))
    const command = candidates(text, commands).find(({ command: { phrases }, rest }) => {
      const reading = phrases?.read(rest, at)
      return reading && reading.kind !== 'no'
    })?.command
    if (command) return setOff(text, command) ? command : null
  }
  return null
}

/**
 * What is meant where the word stands behind the client (张三 需要 结算卡), said in order; null where
 * that says nothing either.
 */
export function inOrder(typed: string, commands: readonly Command[], at: Moment): Ordered | null {
  const [, named = '', rest = ''] = typed.match(/^\s*(\p{L}[^\s,，]{0,19})[\s,，]+(.+)$/su) ?? []
  const seen = normalise(rest)
  for (const { command, length } of candidates(seen, commands)) {
    if (length === 0 || /^\S/.test(seen.slice(length))) continue
    const said = `${seen.slice(0, length)} ${named} ${rest.slice(length).trim()}`.trim()
    const parsed = parsePlain(said, [command], at)
    if (parsed.kind === 'intent') return { said, intent: parsed.intent }
  }
  return null
}

export interface Ordered {
  readonly said: string
  readonly intent: Intent
}

function parsePlain(typed: string, commands: readonly Command[], at: Moment): Parsed {
  const text = counted(normalise(typed))
  for (const { command, rest } of candidates(text, commands)) {
    const reading = command.phrases?.read(rest, at)
    if (reading?.kind === 'understood') {
      return { kind: 'intent', intent: kept(command, reading.input, typed) }
    }
    if (reading?.kind === 'asks') {
      const intent = kept(command, reading.input, typed)
      return { kind: 'asks', ask: { intent, doubts: reading.doubts } }
    }
  }
  return { kind: 'unknown', nearest: nearest(text, commands) }
}

const kept = ({ name, phrases }: Command, input: unknown, typed: string): Intent => ({
  command: name,
  input: asTyped(input, phrases?.free ?? [], typed),
})

/** The place on a list that a line begins with, in digits: 第二个没接 is 第2件没接, #5 is 5. */
function counted(text: string): string {
  const begins =
    /^(?:第\s*[\d一二三四五六七八九十]{1,3}|[一二三四五六七八九十]{1,3}号|#|no\.? ?\d|number \d|\d{1,3}(?:st|nd|rd|th)\b|(?:first|second|third|fourth|fifth)\b)/i
  if (!begins.test(text)) return text
  return text
    .replace(/(^|[\s,;。、])(?:#|no\.? ?|number )(?=\d{1,3}(?!\d))/gi, '$1')
    .replace(/(^|[\s,;])(\d{1,3})(?:st|nd|rd|th)\b(?: one\b)?/gi, '$1$2')
    .replace(/(^|[\s,;])(first|second|third|fourth|fifth)\b(?: one\b)?/gi, (_, before, word) => {
      return `${before}${ORDINALS.indexOf(String(word).toLowerCase()) + 1}`
    })
    .replace(PLACE, (whole, before: string, _place, first, alone) => {
      const number = readNumber(String(first ?? alone))
      return number && number < 100 ? `${before}第${number}件` : whole
    })
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth']

const PLACE =
  /(^|[\s,;。、])(第\s*([\d一二三四五六七八九十]{1,3})\s*(?:个(?![月人星礼季])|件|条|位|户|号)|([一二三四五六七八九十]{1,3})号(?![楼店线码院]))/g

function candidates(text: string, commands: readonly Command[]) {
  const lower = text.toLowerCase()
  const found: { command: Command; rest: string; length: number }[] = []
  for (const command of commands) {
    if (command.phrases?.shape?.test(text)) found.push({ command, rest: text, length: 0 })
    for (const word of command.phrases?.words ?? []) {
      if (!lower.startsWith(word)) continue
      const rest = text.slice(word.length)
      if (/[a-z]$/.test(word) && /^[\p{L}\p{N}]/u.test(rest)) continue
      found.push({ command, rest: rest.replace(/^[\s:,]+/, ''), length: word.length })
    }
  }
  return found.sort((a, b) => b.length - a.length)
}

/** Whether a text begins with the word of a command. */
export const beginsLike = (typed: string, commands: readonly Command[]): boolean =>
  candidates(normalise(typed), commands).length > 0

/** The three commands that the text begins with, or whose words look most like its beginning. */
function nearest(text: string, commands: readonly Command[]): Command[] {
  const first = text.toLowerCase().split(/\s/)[0] ?? ''
  const unlike = (word: string) => {
    const start = first.slice(0, Math.max(word.length, 2))
    return distance(start, word) / Math.max(start.length, word.length, 1)
  }
  const begun = candidates(text, commands).map(({ command }) => command)
  const alike = commands
    .flatMap((command) => {
      const words = command.phrases?.words ?? []
      return words.length > 0 ? [{ command, score: Math.min(...words.map(unlike)) }] : []
    })
    .filter(({ score }) => score <= 0.6)
    .sort((a, b) => a.score - b.score)
    .map(({ command }) => command)
  return [...new Set([...begun, ...alike])].slice(0, 3)
}
