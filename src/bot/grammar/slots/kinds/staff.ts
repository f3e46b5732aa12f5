import type { Piece } from '../../scan/piece.ts'
import { asTypedIn } from '../../scan/typed-line.ts'
import { inDoubt, nothing, type Part, type Slot } from '../slot.ts'

/** Whoever is meant, it is nobody of the bank: 转给他爱人谈. */
const NOBODY =
  /^(?:[他她它我你您咱](?!们队)|客户|对方|老板|别人|人家|家人|(?:his|her|him|them|me|us|someone)\b)/i
const WORD = /^[^\s,;:。、]+/
const GAP = /^[\s,;:。]+/
/** Another person is named beside. */
const ANOTHER = /^\s?[,、和跟与及&]\s?(?=[^\s,;:。、])/
/** A name in Chinese, or a staff code, with what is glued to it: 王五走访, M005. */
const SHORTEST = 2

const STOPS: readonly Piece['kind'][] = ['day', 'time', 'name']

/** Where the first word of a part ends, and that of a name before a piece or before what `stops` finds. */
function endOf({ scanned, start, end, pieces }: Part, stops?: RegExp): number {
  const word = scanned.text.slice(start, end).match(WORD)?.[0] ?? ''
  const from = start + SHORTEST
  const piece = pieces.find((each) => STOPS.includes(each.kind) && each.start >= from)
  const stop = stops ? word.slice(SHORTEST).search(stops) : -1
  return Math.min(start + word.length, piece?.start ?? end, stop < 0 ? end : from + stop)
}

/**
 * Somebody of the bank, by name or staff code, whom a line names first. `stops`: what may be glued to the name;
 * `alone`: nothing needs follow.
 */
export const staff = (
  field: string,
  { stops, alone = false }: { readonly stops?: RegExp; readonly alone?: boolean } = {},
): Slot => ({
  field,
  kinds: [],
  first: true,
  take(part) {
    const { scanned, start, end } = part
    const after = endOf(part, stops)
    const right = scanned.text.slice(after, end)
    const gap = right.match(GAP)?.[0].length ?? 0
    if (
      after <= start ||
      NOBODY.test(scanned.text.slice(start, end)) ||
      (!alone && after + gap >= end)
    )
      return nothing
    const said = asTypedIn(scanned, start, after)
    // Whatever else the word is, it stands for whom.
    const weighed = part.pieces.filter((each) => each.start < after)
    const from = after + gap
    const other = right.match(ANOTHER)?.[0]
    if (!other || scanned.pieces.some((each) => each.start === after + other.length)) {
      return { value: said, claims: [], weighed, from }
    }
    const both = right.slice(other.length).match(WORD)?.[0].length ?? 0
    return {
      ...inDoubt('several', [], asTypedIn(scanned, start, after + other.length + both)),
      weighed,
      from,
    }
  },
  ask: ({ code, said }) => ({
    expects: 'colleague',
    question:
      code === 'several'
        ? {
            zh: `一次说一位同事："${said}"里先是哪一位？`,
            en: `One colleague at a time: which of "${said}" is first?`,
          }
        : { zh: '哪位同事？姓名或工号。', en: 'Which colleague? A name or a staff code.' },
  }),
})
