import { distance } from 'fastest-levenshtein'
import type { Command } from '../../command.ts'
import { normalise } from '../normalise.ts'
import { simplified } from '../scan/typed-line.ts'

/** A number with which something may begin, after a few words of correction perhaps. */
const HEADED =
  /^[\s\S]{0,24}?[\d第#]|^[\s\S]{0,6}?[一二三四五六七八九十]{1,3}号|^[一二三四五六七八九十]|^(?:the )?(?:first|second|third|fourth|fifth)\b/i

/** A command that a text may mean, by the word with which it begins (or none). */
interface Candidate {
  readonly command: Command
  readonly word: string
  /** What stands behind the word. */
  readonly rest: string
  /** The word stands somewhere else in the line. */
  readonly anywhere: boolean
}

/** What a text may mean, the likeliest first. `named`: it may begin with a client's name. */
export function candidates(
  text: string,
  commands: readonly Command[],
  named = false,
): readonly Candidate[] {
  const lower = simplified(text).toLowerCase()
  const found: Candidate[] = []
  const { shaped, worded } = vocabularyOf(commands)
  for (const command of shaped) {
    const { shape, headed, anywhere: within } = command.phrases ?? {}
    const anywhere = within?.test(lower) ?? false
    if ((headed && (named || HEADED.test(text))) || shape?.test(text) || anywhere) {
      found.push({ command, rest: text, word: '', anywhere })
    }
  }
  for (const { command, word } of worded.get(lower.slice(0, 1)) ?? []) {
    if (!lower.startsWith(word)) continue
    const rest = text.slice(word.length)
    if (/[a-z]$/.test(word) && /^[\p{L}\p{N}]/u.test(rest)) continue
    found.push({ command, rest: rest.replace(/^[\s:,]+/, ''), word, anywhere: false })
  }
  // 查询 is no 询 that is looked for.
  const whole = found.some(({ word }) => word === lower)
  const likely = whole
    ? found.filter(({ word, anywhere }) => word === lower || (word === '' && !anywhere))
    : found
  // With its word in the line it is likelier than what any line that begins so may mean.
  return likely.sort(
    (a, b) =>
      b.word.length - a.word.length || Number(b.anywhere) - Number(a.anywhere) || yielding(a, b),
  )
}

const yielding = (a: Candidate, b: Candidate): number =>
  Number(a.command.phrases?.yields ?? false) - Number(b.command.phrases?.yields ?? false)

/** The commands of which a text is the word and nothing else. */
export function commandsOfWord(typed: string, commands: readonly Command[]): readonly Command[] {
  const text = wordIn(typed)
  const words = vocabularyOf(commands).worded.get(text.slice(0, 1)) ?? []
  return words.flatMap(({ word, command }) => (word === text ? command : []))
}

/** A text as words of commands are compared: 走访？ is 走访. */
export const wordIn = (typed: string): string =>
  simplified(normalise(typed))
    .toLowerCase()
    .replace(/[\s,.!?。、:]+$/, '')

/** The longest word of a command that a text begins with; empty: none. `setOff`: with a blank or nothing behind it. */
export function beginningOf(
  typed: string,
  commands: readonly Command[],
  { setOff = false } = {},
): string {
  const text = simplified(normalise(typed)).toLowerCase()
  const words = vocabularyOf(commands).worded.get(text.slice(0, 1)) ?? []
  const begun = words.flatMap(({ word }) => {
    const whole = text === word || text.startsWith(`${word} `)
    return whole || (!setOff && text.startsWith(word)) ? word : []
  })
  return begun.reduce((longest, word) => (word.length > longest.length ? word : longest), '')
}

/** Whether a text is the word of a command and nothing else, so that it names nobody. */
export const isCommandWord = (typed: string, commands: readonly Command[]): boolean =>
  commandsOfWord(typed, commands).length > 0

/** How commands are begun: by a shape, or by a word, which is found by its first letter. */
interface Vocabulary {
  readonly shaped: readonly Command[]
  readonly worded: ReadonlyMap<string, readonly Word[]>
  /** Words by every letter that they have. */
  readonly having: ReadonlyMap<string, readonly Word[]>
}

interface Word {
  readonly command: Command
  readonly word: string
}

const VOCABULARIES = new WeakMap<readonly Command[], Vocabulary>()

function vocabularyOf(commands: readonly Command[]): Vocabulary {
  const known = VOCABULARIES.get(commands)
  if (known) return known
  const words = commands.flatMap((command) =>
    (command.phrases?.words ?? []).map((word) => ({ command, word })),
  )
  const vocabulary = {
    shaped: commands.filter(
      ({ phrases }) => phrases?.shape ?? phrases?.headed ?? phrases?.anywhere,
    ),
    worded: Map.groupBy(words, ({ word }) => word.slice(0, 1)),
    having: lettersOf(words),
  }
  VOCABULARIES.set(commands, vocabulary)
  return vocabulary
}

function lettersOf(words: readonly Word[]): ReadonlyMap<string, readonly Word[]> {
  const having = new Map<string, Word[]>()
  for (const each of words) {
    for (const letter of new Set(each.word)) {
      const words = having.get(letter)
      if (words) words.push(each)
      else having.set(letter, [each])
    }
  }
  return having
}

/** The three commands that the text begins with, or whose words look most like its beginning. */
export function nearest(text: string, commands: readonly Command[]): Command[] {
  const first = text.toLowerCase().split(/\s/)[0] ?? ''
  const unlike = (word: string) => {
    const start = first.slice(0, Math.max(word.length, 2))
    return distance(start, word) / Math.max(start.length, word.length, 1)
  }
  const begun = candidates(text, commands).flatMap(({ command, word }) =>
    word || command.phrases?.shape ? command : [],
  )
  const { having } = vocabularyOf(commands)
  // What has no letter in common is not alike.
  const some = new Set(Array.from(new Set(first), (letter) => having.get(letter) ?? []).flat())
  const scores = new Map<Command, number>()
  for (const { command, word } of some) {
    const score = unlike(word)
    if (score <= Math.min(0.6, scores.get(command) ?? 1)) scores.set(command, score)
  }
  const order = (command: Command) => commands.indexOf(command)
  const alike = [...scores]
    .sort(([one, a], [other, b]) => a - b || order(one) - order(other))
    .map(([command]) => command)
  return [...new Set([...begun, ...alike])].slice(0, 3)
}
