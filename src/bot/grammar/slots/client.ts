import type { Piece } from '../scan/piece.ts'
import { asTypedIn } from '../scan/typed-line.ts'
import { nothing, type Part, type Slot } from './slot.ts'

/** A particle of the verb before: 拜访了王大力. */
const PARTICLE = /^[了过]/
const WORD = /^[^\s,;:。、]+/
const GAP = /^[\s,;:。、]+/

/**
 * The client whom a line names first: one whom the asker has, else the first word. `alone`: a line that
 * says nothing else is read too.
 */
export const client = (field = 'named', { alone = false } = {}): Slot => ({
  field,
  kinds: ['name'],
  first: true,
  take(part) {
    const found = named(part)
    if (!found) return nothing
    const rest = part.scanned.text.slice(found.end, part.end)
    const from = found.end + (rest.match(GAP)?.[0].length ?? 0)
    if (from >= part.end && !alone) return nothing
    return { value: found.said, claims: found.piece ? [found.piece] : [], from }
  },
  ask: () => ({
    question: { zh: '哪位客户？', en: 'Which client?' },
    expects: 'text',
  }),
})

interface Named {
  readonly said: string
  readonly end: number
  readonly piece?: Piece
}

function named({ scanned, start, end, pieces }: Part): Named | null {
  const text = scanned.text.slice(start, end)
  for (const skipped of PARTICLE.test(text) ? [1, 0] : [0]) {
    const piece = pieces.find((each) => each.kind === 'name' && each.start === start + skipped)
    if (piece?.kind === 'name') return { said: piece.value ?? piece.said, end: piece.end, piece }
  }
  const word = text.match(WORD)?.[0]
  return word
    ? { said: asTypedIn(scanned, start, start + word.length), end: start + word.length }
    : null
}
