import { WHICH_CLIENT } from '../../commands/lacking.ts'
import { normalise } from '../../normalise.ts'
import { ofKind, type Piece } from '../../scan/piece.ts'
import { asTypedIn } from '../../scan/typed-line.ts'
import { inDoubt, nothing, type Part, type Slot } from '../slot.ts'

/** A particle of the verb before: 拜访了王大力. */
const PARTICLE = /^[了过]/
const WORD = /^[^\s,;:。、]+/
const GAP = /^[\s,;:。、]+/
/** Between two names: both are meant. */
const AND = /^\s?(?:[和跟与及、&]|还有|\band\b)\s?$/i
/** Nobody is called so. */
const PRONOUN =
  /^(?:us|me|him|her|them|you|it|the|this|that|an?|my|our|[他她它我你]们?|咱们?|大家)$/i

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
    const weighed = part.pieces.filter((each) => each.start < found.end)
    const [another, ...more] = othersNamed(part, found.end)
    if (another) {
      const all = [...(found.piece ? [found.piece] : []), another, ...more]
      return { ...inDoubt('several', all, joined(part, found, another)), weighed, from }
    }
    // 走访 3 带合同: whatever else the word is, it stands for whom.
    return { value: found.said, claims: found.piece ? [found.piece] : [], weighed, from }
  },
  ask: ({ code, said }) =>
    code === 'several'
      ? {
          question: {
            zh: `一次说一位客户："${said}"里先记哪一位？`,
            en: `One client at a time: which of "${said}" is first?`,
          },
          expects: 'text',
        }
      : WHICH_CLIENT,
})

/** Further clients behind one: 张三和李四, 张三 结算卡 苏德 没接. */
export const othersNamed = ({ scanned: { text }, pieces }: Part, end: number): Piece<'name'>[] =>
  ofKind(pieces, 'name').filter(
    (each) => each.start >= end && (AND.test(text.slice(end, each.start)) || !each.tells),
  )

const joined = ({ scanned, start }: Part, { end }: Named, another: Piece): string =>
  asTypedIn(scanned, start, Math.max(end, another.end))

interface Named {
  readonly said: string
  /** Where it ends; where the part begins for one that stands behind what is said of it. */
  readonly end: number
  readonly piece?: Piece
}

function named({ scanned, start, end, pieces }: Part): Named | null {
  const text = scanned.text.slice(start, end)
  for (const skipped of PARTICLE.test(text) ? [1, 0] : [0]) {
    const piece = pieces.find((each) => each.kind === 'name' && each.start === start + skipped)
    if (piece?.kind === 'name') return { said: piece.value ?? piece.said, end: piece.end, piece }
  }
  const behind = nameBehindValue({ scanned, start, end, pieces })
  if (behind) return behind
  const word = text.match(WORD)?.[0]
  return word && !PRONOUN.test(word)
    ? { said: normalise(asTypedIn(scanned, start, start + word.length)), end: start + word.length }
    : null
}

/** 需求 100万 房抵贷 李四: a value comes first, and one name after it. */
function nameBehindValue({ start, pieces }: Part): Named | null {
  const [name, another] = ofKind(pieces, 'name')
  const first = pieces.find((each) => each.start === start)
  if (!name || another || !first || !VALUES.includes(first.kind)) return null
  return { said: name.value ?? name.said, end: start, piece: name }
}
const VALUES: readonly Piece['kind'][] = ['amount', 'product', 'day', 'urgency']
