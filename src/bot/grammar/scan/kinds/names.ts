import { NAME_DOTS, nameKey } from '../../../../core/identity/name-key.ts'
import { literally } from '../../../../core/text.ts'
import { type Piece, type Recogniser, type ScanContext, viewOf } from '../piece.ts'
import { simplified } from '../typed-line.ts'
import { DAYS } from './days.ts'
import { OUTCOMES } from './outcomes.ts'
import { TIMES } from './times.ts'

/** Whether a name could as well be a day, an hour or an outcome (周五, 明天, 高兴). */
function isDouble(name: string, context: ScanContext): boolean {
  const view = viewOf(name, context)
  return [DAYS, ...TIMES, ...OUTCOMES].some((each) => [...each.find(view)].length > 0)
}

const DOTS = `[${literally(NAME_DOTS)}]?`
const keyOf = (name: string): string => simplified(nameKey(name))

/** A name however its blanks and dots are typed. */
const spelt = (name: string): string => {
  const letters = Array.from(keyOf(name), literally).join(DOTS)
  return /^[a-z]/i.test(name) ? `(?<![a-z])${letters}(?![a-z])` : letters
}

/** Names of clients. One that is a word of ours too counts only where it begins a line. */
export const NAMES: Recogniser = {
  ...{ rank: 2, needs: [] },
  *find({ open, context }): Iterable<Piece> {
    if (context.names.length === 0) return
    const longest = context.names.toSorted((a, b) => b.length - a.length)
    const byKey = new Map(longest.map((name) => [keyOf(name), name]))
    const source = new RegExp(longest.map(spelt).join('|'), 'gi')
    for (const { 0: said, index: start } of open.matchAll(source)) {
      const value = byKey.get(keyOf(said)) ?? said
      const begins = start === 0 || open[start - 1] === '\n'
      if (!begins && isDouble(value, context)) continue
      yield { kind: 'name', start, end: start + said.length, said, value }
    }
  },
}
