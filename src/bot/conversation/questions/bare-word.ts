import type { Intent } from '../../../core/intent.ts'
import type { Text } from '../../../core/text.ts'
import { commandsOfWord, isCommandWord, wordIn } from '../../grammar/commands/candidates.ts'
import { parse, type Question } from '../../grammar/parse.ts'
import type { Utterance } from '../utterance.ts'

// A command's word that is all that was said: 走访, 派, 需求. What it lacks is asked for; what is said next is read as
// if it stood behind the word (张三 库存充足), so that an answer may say as much as a line.

/** What a text asks that is a word and nothing else; null: it is none, or what it lacks cannot be asked for. */
export function askedByWord({ text, sayable, at }: Utterance): Question | null {
  for (const { name, phrases } of commandsOfWord(text, sayable)) {
    const [first, ...more] = phrases?.lacks?.(at) ?? []
    if (!first) continue
    const begun = wordIn(text)
    const intent = { command: name, input: {} }
    const doubts = [{ ...first, question: behind(begun, first.question) }, ...more] as const
    return { intent, doubts, begun }
  }
  return null
}

const behind = (word: string, { zh, en }: Text): Text => ({
  zh: `${word}：${zh}`,
  en: `${word}: ${en}`,
})

/**
 * What a word comes to with what was said next; null: that says nothing behind it, or is another command's word.
 * `names`: of clients whom that may name.
 */
export function readBehind(
  word: string,
  said: string,
  names: readonly string[],
  { sayable, at }: Pick<Utterance, 'sayable' | 'at'>,
): Intent | Question | null {
  if (isCommandWord(said, sayable)) return null
  const parsed = parse(`${word} ${said}`, commandsOfWord(word, sayable), at, names)
  if (parsed.kind === 'intent') return parsed.intent
  return parsed.kind === 'asks' ? parsed.ask : null
}
