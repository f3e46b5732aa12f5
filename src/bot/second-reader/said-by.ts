import { inLanguage } from '../../core/text.ts'
import type { Command } from '../command.ts'

/**
 * Whether a proposed line says nothing that was not typed, but for words of its command: a model that
 * invents a name or a reason, or was told to by the text, proposes nothing.
 */
export function saidBy(line: string, typed: string, { phrases, help }: Command): boolean {
  const usual = [
    inLanguage(help.usage, 'zh'),
    inLanguage(help.usage, 'en'),
    ...(phrases?.words ?? []),
  ]
  const known = wordsOf([typed, help.purpose.zh, help.purpose.en, ...usual].join(' '))
  return [...wordsOf(line)].every((word) => known.has(word))
}

/** Words of letters and digits, and each character of Chinese by itself. */
const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu),
  )
