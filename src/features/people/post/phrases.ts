import type { Phrases } from '../../../bot/command.ts'
import type { Piece } from '../../../bot/grammar/scan/piece.ts'
import { asTypedIn } from '../../../bot/grammar/scan/typed-line.ts'
import { since } from '../../../bot/grammar/slots/fill.ts'
import { staff } from '../../../bot/grammar/slots/kinds/staff.ts'
import { phrase } from '../../../bot/grammar/slots/phrase.ts'
import { inDoubt, nothing, type Part, type Slot } from '../../../bot/grammar/slots/slot.ts'
import { roleOf } from '../../staff/labels.ts'

/** A word of a line, with where it stands. */
interface Word {
  readonly said: string
  readonly start: number
  readonly end: number
}

/** The words of a part but for those that say something else: a day, a telephone. */
function wordsOf({ scanned, start, end, pieces }: Part, taken: ReadonlySet<Piece>): Word[] {
  const others = pieces.filter(({ kind }) => kind !== 'opaque' && kind !== 'name')
  // A line of a thousand days is walked once.
  const said = new Uint8Array(scanned.text.length)
  for (const each of [...others, ...taken]) said.fill(1, each.start, each.end)
  return [...scanned.text.slice(start, end).matchAll(/[^\s,;]+/g)].flatMap(({ 0: word, index }) => {
    const place = { start: start + index, end: start + index + word.length }
    return said.subarray(place.start, place.end).includes(1) ? [] : { said: word, ...place }
  })
}

const pieceOf = ({ scanned }: Part, { start, end }: Pick<Word, 'start' | 'end'>): Piece => {
  return { kind: 'opaque', value: null, start, end, said: scanned.text.slice(start, end) }
}

/** What somebody is to be: the last word that is a role. */
const role = (isFirst: boolean): Slot => ({
  field: 'role',
  kinds: [],
  leaves: true,
  take(part, _before, claimed) {
    const words = wordsOf(part, claimed)
    const said = words.slice(isFirst ? 0 : 1).findLast((word) => roleOf(word.said))
    if (!said) return nothing
    const before = part.scanned.text.slice(part.start, said.start)
    const lead = before.match(/(?:任|\bas)\s*$/i)?.[0].length ?? 0
    return {
      value: roleOf(said.said),
      claims: [pieceOf(part, { start: said.start - lead, end: said.end })],
    }
  },
  ask: () => ({ expects: 'text', question: { zh: '什么岗位？', en: 'Which role?' } }),
})

const ASK_UNIT = {
  expects: 'text',
  question: { zh: '哪个机构或团队？', en: 'Which branch or team?' },
} as const

/** Where to: the one word behind what leads to it. */
const where: Slot = {
  field: 'unit',
  kinds: [],
  first: true,
  take(part, _before, claimed) {
    const words = wordsOf(part, claimed)
    const [only, ...more] = words.filter(({ said }) => !/^(?:到|去|to)$/i.test(said))
    if (!only || more.length > 0) return nothing
    const lead = only.said.match(/^[到去](?=.{2})/)?.[0].length ?? 0
    const value = asTypedIn(part.scanned, only.start + lead, only.end)
    return { value, claims: words.map((word) => pieceOf(part, word)) }
  },
  ask: () => ASK_UNIT,
}

/** "M003 二队", "M003 二队 主管", "M003 to T2 as lead". */
export const MOVE_PHRASES: Phrases<unknown> = phrase(
  { words: ['调岗', '调到', 'transfer'], strict: true },
  staff('person'),
  role(false),
  where,
)

const CODE = /^[a-z_-]*\d[\w-]*(?=$|[\s,;])/i

const code: Slot = {
  field: 'code',
  kinds: [],
  first: true,
  take(part) {
    const { scanned, start, end } = part
    const said = scanned.text.slice(start, end).match(CODE)?.[0]
    if (!said) return nothing
    const place = { start, end: start + said.length }
    const from = place.end + (scanned.text.slice(place.end, end).match(/^[\s,;]+/)?.[0].length ?? 0)
    // Whatever else a code looks like, it is one.
    const weighed = part.pieces.filter((each) => each.start < place.end)
    const value = asTypedIn(scanned, place.start, place.end)
    return { value, claims: [pieceOf(part, place)], weighed, from }
  },
  ask: () => ({ expects: 'text', question: { zh: '工号是什么？', en: 'Which staff code?' } }),
}

const UNIT = /^[A-Za-z]+\d+$|队$|行$|部$/

/** Behind a role all is the unit; else a word that looks like one, where a name stands before it. */
const unit: Slot = {
  field: 'unit',
  kinds: [],
  leaves: true,
  take(part, _before, claimed) {
    const role = [...claimed].find(({ start, said }) => start >= part.start && roleOf(said))
    const behind = role ? wordsOf(since(part, role.end), claimed) : []
    const words = wordsOf(part, claimed)
    const last = words.at(-1)
    const own = behind[0] ? behind : words.length > 1 && last && UNIT.test(last.said) ? [last] : []
    const [first, end] = [own[0], own.at(-1)]
    if (!first || !end) return nothing
    const value = asTypedIn(part.scanned, first.start, end.end)
    return { value, claims: own.map((word) => pieceOf(part, word)) }
  },
  ask: () => ASK_UNIT,
}

/** What is left. A Chinese name is one word: 张伟 王芳 is a name and something else. */
const name: Slot = {
  field: 'name',
  kinds: [],
  required: true,
  take(part, _before, claimed) {
    const words = wordsOf(part, claimed)
    const claims = words.map((word) => pieceOf(part, word))
    const said = words.map(({ start, end }) => asTypedIn(part.scanned, start, end)).join(' ')
    if (words.length > 1 && /\p{Script=Han}/u.test(said)) return inDoubt('several', claims, said)
    return said ? { value: said, claims } : nothing
  },
  ask: ({ said }) => ({
    expects: 'text',
    question: said
      ? {
          zh: `"${said}"里哪个是姓名？只回姓名。`,
          en: `Which of "${said}" is the name? Just send it.`,
        }
      : { zh: '姓名是什么？', en: 'What is the name?' },
  }),
}

/** "M099 张伟", "M099 张伟 一队", "L09 李英 主管 一队": what follows a role is a unit. */
export const JOIN_PHRASES: Phrases<unknown> = phrase(
  { words: ['入职', 'join'], strict: true },
  code,
  role(true),
  unit,
  name,
)
