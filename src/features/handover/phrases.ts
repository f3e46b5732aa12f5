import type { Phrases } from '../../bot/command.ts'
import { rest } from '../../bot/grammar/slots/fill.ts'
import { onlyThese, rowsAt, saidOf } from '../../bot/grammar/slots/numbered.ts'
import { type Account, NOT_MEANT } from '../../bot/grammar/slots/slot.ts'

/** Which rows, and what is said of them. */
export interface AnswerWords {
  /** Empty: all that are open. */
  readonly numbers: readonly number[]
  readonly words: string
}

/**
 * "接 3", "接 1、2、5", "退 1-4 不符合条件", "办结 全部". `behind`: the word as it may stand behind the number (第2个退回去).
 */
export function answerPhrases(words: readonly string[], behind?: string): Phrases<unknown> {
  const shape = behind
    ? new RegExp(`^(?:第|#)?[\\d一二三四五六七八九十、,和 -]{1,20}[个条件号]?\\s*${behind}`)
    : null
  const word = new RegExp(behind ? `^\\s*${behind}` : '(?!)')
  return {
    words,
    free: ['words'],
    slots: [rest('words')],
    // Before the number of a task: it is one of the needs.
    ...(shape && { shape, anywhere: shape }),
    scans(scanned, from): Account<AnswerWords> {
      const rows = rowsAt(scanned, from)
      if (!rows) return NOT_MEANT
      const said = from > 0 ? '' : scanned.text.slice(rows.end).match(word)?.[0]
      if (said === undefined) return NOT_MEANT
      const { words: told, pieces, other } = saidOf(scanned, rows.end + said.length)
      const input = { numbers: rows.numbers ?? [], words: told }
      const before = scanned.pieces.filter(({ start }) => start < rows.end)
      return {
        reading: other
          ? { kind: 'asks', input, doubts: [onlyThese(other, 'words')] }
          : { kind: 'understood', input },
        accounted: new Set([...before, ...pieces]),
      }
    },
  }
}
