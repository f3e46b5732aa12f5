import type { Phrases } from '../../../bot/command.ts'
import { asking } from '../../../bot/grammar/commands/lacking.ts'
import type { Doubt } from '../../../bot/grammar/reading.ts'
import { ofKind, type Piece } from '../../../bot/grammar/scan/piece.ts'
import { type Scanned, scan } from '../../../bot/grammar/scan/scan.ts'
import { asTypedIn } from '../../../bot/grammar/scan/typed-line.ts'
import { opt, rest } from '../../../bot/grammar/slots/fill.ts'
import { client, othersNamed } from '../../../bot/grammar/slots/kinds/client.ts'
import { colleagues } from '../../../bot/grammar/slots/kinds/colleagues.ts'
import { atTime, onDay } from '../../../bot/grammar/slots/kinds/when.ts'
import { accountOf } from '../../../bot/grammar/slots/phrase.ts'
import {
  type Account,
  inDoubt,
  NOT_MEANT,
  nothing,
  type Part,
  type Slot,
} from '../../../bot/grammar/slots/slot.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { CLIENT_FIRST } from '../give/give-words.ts'

export interface AssignWords {
  to: string | readonly string[] | null
  named: string | null
  kind: 'call' | 'visit' | 'other'
  dueOn: Day | null
  note: string | null
}

const VISIT = '(?:去|上门)?(?:走访|拜访|看看|看望)|上门看?|去看|去找|visit'
const CALL = '电话联系|联系|打电话给|给|致电|回访|回电|call|phone'
const DOES = new RegExp(
  `^(?:(?<visit>${VISIT})|(?<call>${CALL.replace('给|', '')})|(?<other>跟进|找|给|see\\b))(?:一下|下(?!个?[周月]))?\\s*`,
  'i',
)
/** What may be glued to the name of whoever is to do it: 王五走访李四. */
const GLUED = new RegExp(`前?去|前往|到|${VISIT}|${CALL.replace('给|', '')}|跟进`, 'i')
/** 务必, 再: between the parts of what is to be done. */
const BETWEEN =
  /^(?:[\s,;:。]|务必|记得|尽快|再去?|去(?=联系|跟进)|to(?= (?:visit|call|see|phone)\b))+/i
const WORD = /^[^\s,;:。、]+/

/** 去张三店里收资料: they are visited, whatever is done there. */
const GOES = /^(?:前往|去|到|上)/
const AT_THEIR_PLACE =
  /^(?:前往|去|到|上)([\p{Script=Han}·]{2,4}?)(?=的?(?:店|那[里边儿]|家|公司|厂)(?:里面?|上)?)/u
const goingTo = (text: string, place: number): number =>
  text.slice(place).match(GOES)?.[0].length ?? 0
const nameAt = (pieces: readonly Piece[], place: number) =>
  ofKind(pieces, 'name').find(({ start }) => start === place)

/** What is to be done with whom: the day may stand before. */
const whom: Slot = {
  field: 'named',
  kinds: ['name'],
  required: true,
  take(part: Part) {
    const { scanned, start, end, pieces } = part
    const { text } = scanned
    let place = start
    let does: RegExpMatchArray | null = null
    for (let before = -1; before !== place; ) {
      before = place
      place += text.slice(place).match(BETWEEN)?.[0].length ?? 0
      const when = pieces.find(
        (each) => each.start === place && (each.kind === 'day' || each.kind === 'time'),
      )
      if (when) place = when.end
      const found: RegExpMatchArray | null = does ? null : text.slice(place).match(DOES)
      if (found) [does, place] = [found, place + found[0].length]
    }
    const name = nameAt(pieces, place) ?? nameAt(pieces, place + goingTo(text, place))
    const stranger = does ? null : text.slice(place).match(AT_THEIR_PLACE)
    const goes = name ? name.start > place : stranger !== null
    if (goes) place += goingTo(text, place)
    const groups = does?.groups ?? {}
    const kind = groups['visit'] || goes ? 'visit' : groups['call'] ? 'call' : 'other'
    const word = stranger?.[1] ?? text.slice(place, end).match(WORD)?.[0] ?? ''
    const until = name?.end ?? place + word.length
    const named = name ? (name.value ?? name.said) : asTypedIn(scanned, place, until)
    if (named === '') return { ...nothing, more: { kind }, from: place }
    const from = until + (text.slice(until).match(/^[\s,;:。]+/)?.[0].length ?? 0)
    const others = othersNamed(part, until)
    if (others.length > 0) {
      const said = asTypedIn(scanned, place, others[0]?.end ?? until)
      const all = [...(name ? [name] : []), ...others]
      return { ...inDoubt('several', all, said), more: { kind }, from }
    }
    return { value: named, claims: name ? [name] : [], more: { kind }, from }
  },
  ask: client().ask,
}

const WHO = colleagues('to', { stops: GLUED, alone: true })

const SLOTS: readonly Slot[] = [
  WHO,
  opt(onDay('dueOn', { unread: true })),
  atTime('dueTime'),
  whom,
  rest('note'),
]

/** 让王五明天联系李四: only with what is to be done, and with whom. */
const LET = /^(?:让|叫|安排|请)\s?(?=[\u4e00-\u9fffa-z])/i

/** 王五明天: a name that ends in a numeral is set off from the day, of which it is no part. */
function apart(scanned: Scanned, place: number): Scanned {
  const { text, pieces, context } = scanned
  const part = { scanned, start: place, end: text.length, pieces }
  const { from } = WHO.take(
    { ...part, pieces: pieces.filter(({ start }) => start >= place) },
    null,
    new Set(),
  )
  const glued = pieces.some((each) => each.start === from && each.doubt === 'strange')
  if (from === undefined || !glued) return scanned
  return scan(`${asTypedIn(scanned, 0, from)} ${asTypedIn(scanned, from, text.length)}`, context)
}

/** 派张三给Lee gives a task of a client of theirs to a colleague. */
const isClientFirst = ({ text, pieces }: Scanned, place: number): boolean =>
  nameAt(pieces, place) !== undefined && GIVES_CLIENT.test(text.slice(place))
const GIVES_CLIENT = new RegExp(`^${CLIENT_FIRST}`, 'i')

/** Reads "王五 联系李四 明天 问续贷": who, what with whom, when, and what about. */
function read(scanned: Scanned, from: number): Account<AssignWords> {
  const place = from > 0 ? from : (scanned.text.match(LET)?.[0].length ?? 0)
  if (place === 0 || isClientFirst(scanned, place)) return NOT_MEANT
  const { reading, accounted } = accountOf(apart(scanned, place), place, SLOTS)
  if (reading.kind === 'no') return NOT_MEANT
  const input = reading.input as unknown as AssignWords
  if (from === 0 && (input.kind === 'other' || input.named === null)) return NOT_MEANT
  const doubts: Doubt[] = reading.kind === 'asks' ? [...reading.doubts] : []
  if (input.kind === 'other' && !input.note) {
    const question = { zh: '要做什么？', en: 'What is to be done?' }
    doubts.push({ question, slots: ['note'], expects: 'text' })
  }
  const [first, ...more] = doubts
  return {
    reading: first
      ? { kind: 'asks', input, doubts: [first, ...more] }
      : { kind: 'understood', input },
    accounted,
  }
}

export const ASSIGN_PHRASES: Phrases<unknown> = {
  words: ['派', '指派', '交办', 'assign'],
  lacks: asking({ zh: '派给哪位同事？', en: 'To which colleague?' }, 'colleague'),
  free: ['note'],
  slots: SLOTS,
  anywhere: new RegExp(`${LET.source}.{0,20}?(?:${GLUED.source})`, 'i'),
  scans: read,
}
