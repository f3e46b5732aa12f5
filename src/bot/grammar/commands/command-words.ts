import type { Command } from '../../command.ts'

/** Latin words alone, more than a command and a name. */
export const PROSE = /^[a-z]+(?:[\s,.!-]+[a-z']+){2,}[.!]?$/

/** Whether a line that a command reads says it, and is no prose that only begins like it. */
export function setOff(typed: string, command: Command): boolean {
  const text = typed.toLowerCase()
  if (PROSE.test(text)) return false
  const { headed = false, shape, anywhere } = command.phrases ?? {}
  const within = shape?.test(text) || anywhere?.test(text)
  return headed || within === true || wordsAfter(text, command) !== null
}

/** What follows the command's word where that is set off; null where it is not. */
export function wordsAfter(text: string, { phrases }: Command): string | null {
  for (const word of phrases?.words ?? []) {
    const after = text.startsWith(word) ? text.slice(word.length) : null
    if (after !== null && SET_OFF.test(after)) return after.replace(/^[\s:,.!?。]+/, '')
  }
  return null
}

const SET_OFF = /^(?:$|[\s:,.!?。]|\d+(?:[\s,、-]|$))/
