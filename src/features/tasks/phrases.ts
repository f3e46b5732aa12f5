import { BARE_NUMBER, takeAmount } from '../../bot/grammar/amount.ts'
import { type TakenDay, takeDay } from '../../bot/grammar/day.ts'
import { noteLeft } from '../../bot/grammar/note.ts'
import type { Doubt, Reading } from '../../bot/grammar/reading.ts'
import type { Moment } from '../../bot/moment.ts'
import type { Day } from '../../core/calendar/time.ts'
import type { Catalogue, Product } from '../../core/catalogue.ts'
import { findKind, type OutcomeKinds, offeredKinds, SILENCES } from '../../core/outcome.ts'
import { speaker } from '../../core/text.ts'
import { findProduct, OWN_LINE, offered, UNWANTED } from '../catalogue/rules.ts'
import { takeCorrection, takeCorrectionBefore } from './correct/correction-words.ts'
import { outcomeLabel } from './labels.ts'
import { aloneOutcome, hearOutcomes } from './outcomes/outcome-words.ts'
import { pieces } from './outcomes/pieces.ts'
import { askForUnsaid } from './outcomes/unsaid.ts'

export interface OutcomeWords {
  task: number
  /** Null while it is asked for. */
  outcome: string | null
  amount: number | null
  product: string | null
  /** What else is named, by code; absent: nothing. */
  also?: readonly string[]
  nextDate: Day | null
  note: string | null
  /** Said in words of correction: what was logged before never was. Absent: plainly said. */
  correction?: true
}

/** A doubt about one field of an outcome. */
type FieldDoubt = Omit<Doubt, 'slots'> & { readonly field: 'outcome' | 'amount' | 'nextDate' }

/**
 * Reads one or several outcomes: "1 有意向 50万 周五再联系", "1、2 没接", a line each or several in a
 * line. What is not certain is asked, with the rest kept; nothing is guessed.
 */
export function readOutcomes(line: string, at: Moment): Reading<{ items: OutcomeWords[] }> {
  const items: OutcomeWords[] = []
  const doubts: Doubt[] = []
  const before = takeCorrectionBefore(line)
  for (const piece of pieces(before.rest, at.kinds)) {
    const { rest, corrects } = takeCorrection(piece.rest, at.kinds)
    const read = readPiece(rest, piece.tasks, at)
    const correction = before.corrects || corrects ? { correction: true as const } : {}
    const slots = (field: string) =>
      piece.tasks.map((_, index) => `items.${items.length + index}.${field}`)
    doubts.push(...read.doubts.map(({ field, ...doubt }) => ({ ...doubt, slots: slots(field) })))
    for (const task of piece.tasks) items.push({ task, ...read.found, ...correction })
  }
  if (items.length === 0) return { kind: 'no' }
  const [first, ...more] = doubts
  return first
    ? { kind: 'asks', input: { items }, doubts: [first, ...more] }
    : { kind: 'understood', input: { items } }
}

interface Read {
  readonly found: Omit<OutcomeWords, 'task' | 'correction'>
  readonly doubts: readonly FieldDoubt[]
}

function readPiece(said: string, tasks: readonly number[], at: Moment): Read {
  const { kind, rest: afterOutcome, doubtful, spoken } = takeOutcome(joined(said), at.kinds)
  const amount = takeAmount(afterOutcome)
  const named = takeDay(amount?.rest ?? afterOutcome, at.today, at.workdays)
  // 昨天没接: before the outcome it says when that was, and nothing of a next time.
  const wanted = named && kind && isOfThePast(named, said, at.kinds) ? null : named
  const { codes, rest } = takeProductWords(
    at.catalogue,
    wanted?.rest ?? amount?.rest ?? afterOutcome,
  )
  const [product = null, ...also] = codes
  const second = amount && takeAmount(amount.rest)
  const bare = amount ? null : rest.match(BARE_NUMBER)
  const found: Omit<OutcomeWords, 'task' | 'correction'> = {
    outcome: kind,
    amount: amount && 'yuan' in amount && !second ? amount.yuan : null,
    product,
    ...(also.length > 0 && { also }),
    nextDate: wanted && 'day' in wanted ? wanted.day : null,
    note: noteOf(bare ? rest.replace(BARE_NUMBER, ' ') : rest, spoken),
  }
  const number = tasks.join('、')
  const doubts: FieldDoubt[] = []
  if (!kind || (kind === SILENCES && found.nextDate)) {
    found.outcome = null
    doubts.push(
      askOutcome(number, doubtful, at.kinds, wanted && 'day' in wanted ? wanted.said : null),
    )
  }
  if (second) doubts.push(askAmount(number, `${amount.said}、${second.said}`))
  else if (amount && 'fault' in amount) doubts.push(askAmount(number, amount.said))
  else if (bare?.[1]) doubts.push(askAmount(number, bare[1]))
  else if (!amount && found.note && SPOKEN_NUMBER.test(found.note)) {
    doubts.push(askAmount(number, found.note))
    found.note = null
  }
  if (wanted && 'fault' in wanted) doubts.push(askDay(number, wanted))
  const wants = doubts.length === 0 && kind ? findKind(at.kinds, kind) : null
  const unsaid = wants && askForUnsaid(number, wants, found)
  if (unsaid) doubts.push(unsaid)
  return { found, doubts }
}

/** 有意向三十: heard by a machine, the unit left out. */
const SPOKEN_NUMBER = /^[一二三四五六七八九两]?[十百][一二三四五六七八九]?$/

/** A word of the past (昨天) before the first outcome. */
const isOfThePast = (named: TakenDay, said: string, kinds: OutcomeKinds): boolean =>
  'fault' in named &&
  named.fault === 'past' &&
  !/\d/.test(named.said) &&
  said.indexOf(named.said) < (hearOutcomes(said, kinds)[0]?.start ?? 0)

/** A phone number in groups, and a date as 20261203, are not amounts. */
const joined = (said: string): string =>
  said
    .replace(/(?<!\d)(1[3-9]\d)[ -](\d{4})[ -](\d{4})(?!\d)/g, '$1$2$3')
    .replace(/(?<!\d)(20[23]\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d|\s*[万元块])/g, '$1-$2-$3')

/** Where an outcome's word stands within a sentence, whose words stay together (他说考虑考虑). */
const SPOKEN = '\ue000'
/** All of them had it, or it was so once more. */
const ALL_OF_THEM = /^(?:(?:全都|全部|都|全|也|均|还是|又|仍然?|依然|同样)\s*)+/

function takeOutcome(line: string, kinds: OutcomeKinds) {
  const all = line.replace(ALL_OF_THEM, '')
  const said = hearOutcomes(all, kinds)[0]?.start === 0 ? all : line
  const [token = ''] = said.split(/[\s,;:。、]/)
  const heard = hearOutcomes(said, kinds)
  const [first] = heard
  const alone = first?.start === 0 || NOT_ALONE.test(said) ? null : aloneOutcome(token)
  const certain =
    first?.start === 0 && first.kind !== 'unsure' && PARTICLES.test(token.slice(first.end))
  // A word of its own at the beginning is the outcome; a doubtful one after it is a remark.
  const decisive = alone !== null || certain
  const sure = heard.filter(({ kind }) => kind !== 'unsure')
  const named = new Set([...(alone ? [alone] : []), ...sure.map(({ kind }) => kind)])
  const [kind = null] = named
  if (!kind || named.size > 1 || (heard.length > sure.length && !decisive)) {
    return { kind: null, rest: said, doubtful: [...named], spoken: '' }
  }
  const [start, end] = alone ? [0, token.length] : [sure[0]?.start ?? 0, sure[0]?.end ?? 0]
  const spoken = /[\u4e00-\u9fff]$/.test(said.slice(0, start)) ? said.slice(start, end) : ''
  const rest = `${said.slice(0, start)}${spoken ? SPOKEN : ' '}${said.slice(end).replace(/^[了啊哦呢吧呀的过]+(?=$|[\s,;。])/, '')}`
  return { kind, rest, doubtful: [], spoken }
}

/** "no idea yet", 申请 被拒. */
const NOT_ALONE = /^(?:no [a-z]|申请[\s,]*(?:被|失败|没|不|未))/i

const PARTICLES = /^[了啊哦呢吧呀的过]*$/

/** So many products are named in one line at most. */
const MOST_PRODUCTS = 4

/** The products of a line, by code, the first that our own line serves before the others. */
function takeProductWords(catalogue: Catalogue, text: string): { codes: string[]; rest: string } {
  const found: string[] = []
  let rest = text
  while (found.length < MOST_PRODUCTS) {
    const others = offered(catalogue).filter(({ code }) => !found.includes(code))
    const taken = takeProductWord(others, rest)
    if (!taken.product) break
    found.push(taken.product)
    rest = taken.rest
  }
  const own = found.find((code) => findProduct(catalogue, code)?.line === OWN_LINE)
  return { codes: own ? [own, ...found.filter((code) => code !== own)] : found, rest }
}

/** English words before a product that make it part of a sentence, which stays whole. */
const IN_SENTENCE = /\b(?:an?|the|some|our|wants?|needs?|for)\s+$/i

/** A product, where a word of its own names it: 流贷, 要流贷, 办信用卡. */
function takeProductWord(
  others: readonly Product[],
  text: string,
): { product: string | null; rest: string } {
  for (const { code, words } of others) {
    const name = words.find((word) => / /.test(word) && text.toLowerCase().includes(word))
    if (!name) continue
    const start = text.toLowerCase().indexOf(name)
    const before = text.slice(0, start)
    if (UNWANTED.test(before)) continue
    const rest = IN_SENTENCE.test(before) ? text : `${before} ${text.slice(start + name.length)}`
    return { product: code, rest }
  }
  for (const token of text.split(/[\s,;。、]+/)) {
    const word = token
      .toLowerCase()
      .replace(/^(?:想|要|办|做|用|申请|需要|还|也|顺便|再|和|一张|个)+/, '')
    const product = word && others.find(({ words }) => words.includes(word))
    if (product) return { product: product.code, rest: text.replace(token, ' ') }
  }
  return { product: null, rest: text }
}

/** Words that only say that there will be a next time. */
const FILLER =
  /(?<=^|\s)(?:那天|之前|前|再)?(?:再联系|联系|再?见面?|再打(?:电话)?|打电话|再聊|再约|再说|再谈|再来电|再回访|回访|再跟进|跟进|回电|提醒我?|call (?:back|again)|call|follow[ -]?up|contact|again|on|by|next)(?=\s|$)/gi

function noteOf(rest: string, spoken: string): string | null {
  const note = noteLeft(
    rest
      .replace(FILLER, ' ')
      .replace(
        /^\s*(?:备注|注|note)[:\s]+|(?<=^|[\s,;])(?:要|想要|大概|大约|金额|或|或者|around|about|or)(?=$|[\s,;])/g,
        ' ',
      ),
  )
  // Nothing is left but the outcome itself, or whose it is.
  return note === null || note === SPOKEN || /^(?:he|she|they)(?:'s|'re| is)?$/i.test(note)
    ? null
    : note.replace(SPOKEN, spoken)
}

const zh = speaker('zh')
const en = speaker('en')

/** Every outcome's own labels, for the answer to "which one?". */
const amongOf = (kinds: OutcomeKinds): Readonly<Record<string, string>> =>
  Object.fromEntries(
    kinds.flatMap(({ code, label }) => [label.zh, label.en, code].map((word) => [word, code])),
  )

/** `day`: what was said of another time, which may be all that was meant. */
function askOutcome(
  number: string,
  heard: readonly string[],
  kinds: OutcomeKinds,
  day: string | null,
): FieldDoubt {
  const all = offeredKinds(kinds)
  const among = (say: typeof zh) =>
    (heard.length > 1 ? heard : all.map(({ code }) => code)).map((code) =>
      outcomeLabel(kinds, code, say),
    )
  return {
    field: 'outcome',
    expects: { among: amongOf(all) },
    question: {
      zh: `第 ${number} 件的结果是哪一种：${among(zh).join('、')}？${day ? `只改日期就发"改期 ${number} ${day}"。` : ''}`,
      en: `What came of number ${number}: ${among(en).join(', ')}?${day ? ` For another day only say "postpone ${number} ${day}".` : ''}`,
    },
  }
}

const askAmount = (number: string, said: string): FieldDoubt => ({
  field: 'amount',
  expects: 'amount',
  question: {
    zh: `第 ${number} 件的金额"${said}"不确定，是多少？比如 50万。其他内容已记下，只回金额即可。`,
    en: `How much is "${said}" of number ${number}? For example 500000. The rest is kept; just send the amount.`,
  },
})

function askDay(
  number: string,
  { fault, said }: { fault: 'past' | 'not-on-calendar' | 'unclear'; said: string },
): FieldDoubt {
  const why = {
    past: { zh: '已经过去了', en: 'has gone by' },
    'not-on-calendar': { zh: '不在日历上', en: 'is not on the calendar' },
    unclear: { zh: '不确定是哪一天', en: 'could be more than one day' },
  }[fault]
  return {
    field: 'nextDate',
    expects: 'day',
    question: {
      zh: `第 ${number} 件的日期"${said}"${why.zh}，哪天再联系？比如 12月3日。其他内容已记下，只回日期即可。`,
      en: `"${said}" of number ${number} ${why.en}. Which day? For example 3 Dec. The rest is kept; just send the day.`,
    },
  }
}
