import { distance } from 'fastest-levenshtein'
import type { Intent } from '../core/chat.ts'
import type { Command } from './command.ts'
import type { Moment } from './moment.ts'
import { asTyped } from './words/as-typed.ts'
import { normalise } from './words/normalise.ts'
import type { Doubt } from './words/reading.ts'

/** What was understood, with doubtful slots still open. */
export interface Question {
  readonly intent: Intent
  readonly doubts: readonly [Doubt, ...Doubt[]]
}

export type Parsed =
  | { readonly kind: 'intent'; readonly intent: Intent }
  | { readonly kind: 'asks'; readonly ask: Question }
  | { readonly kind: 'unknown'; readonly nearest: readonly Command[] }

/** What a typed text means among these commands. The longest word that it begins with decides. */
export function parse(typed: string, commands: readonly Command[], at: Moment): Parsed {
  const text = normalise(typed)
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

/** The three commands whose words look most like the beginning of the text. */
function nearest(text: string, commands: readonly Command[]): Command[] {
  const first = text.toLowerCase().split(/\s/)[0] ?? ''
  const unlike = (word: string) => {
    const start = first.slice(0, Math.max(word.length, 2))
    return distance(start, word) / Math.max(start.length, word.length, 1)
  }
  return commands
    .flatMap((command) => {
      const words = command.phrases?.words ?? []
      return words.length > 0 ? [{ command, score: Math.min(...words.map(unlike)) }] : []
    })
    .filter(({ score }) => score <= 0.6)
    .sort((a, b) => a.score - b.score)
    .slice(0, 3)
    .map(({ command }) => command)
}
