import type { OutcomeKinds } from '../../../core/outcome.ts'
import { MAYBE_CORRECTION } from '../correct/correction-words.ts'
import { hearOutcomes } from './outcome-words.ts'

/** Begins with a task's number, after a word of correction perhaps, and not with an amount, a date or a phone number. */
export const OUTCOME_SHAPE = new RegExp(
  `^${MAYBE_CORRECTION}${
    /(?:第\s*)?\d{1,3}(?![\d%]|\.\d|,\d{3}(?!\d)|,\d+[万千百亿wk]|\s*(?:[万千百亿元块天年月日点]|[wk]\b|个(?!人))|号\d|\/|-\d+[万千百亿\d])/
      .source
  }`,
  'i',
)

/** What is said of some tasks. */
export interface Piece {
  readonly tasks: readonly number[]
  readonly rest: string
}

/** What stands between one number of a list and the next. */
const AND = '(?:[,、和跟及与& ]|还有|以及|,? ?and )'
/** What makes a number one of something else than the list. */
const COUNTED = '[万千百亿元块天个次月日年点台家人周岁成笔趟回遍套层楼栋平期手线路分秒声多几%./]'

const NUMBERED = new RegExp(
  `^(?:第\\s*)?(\\d{1,3}(?:\\s*${AND}\\s*\\d{1,3}(?![\\d号]|${COUNTED}|-\\d))*)(?:\\s*(?:[-~到至]{1,3}|to )\\s*(\\d{1,3})(?!\\d|${COUNTED}))?\\s*(?:件|条|号(?![\\d码]))?[\\s.、:,)]*`,
)

/** A list that goes on is no beginning: "1、2 没接" is one outcome for two tasks. */
const ONLY_NUMBERS = /^(?:[\s\d,、和跟及与&第()~到至-]|还有|以及|and\b|to\b)*$/

/** So much of what follows a number is looked at to tell whether it begins an outcome. */
const LOOKED_AT = 40

/** After a Chinese word it may count what was said: 打了3遍, 第2次, 50万3. */
const NUMBERS_WITHIN =
  /(?<![\d.])(?:(?<=[\s,;。、(])|(?<=[\u4e00-\u9fff)])(?<![第万千百亿了近过打月到至和跟及与有]))(?:第\s*)?\d{1,3}(?![\d.]\d|\d)/g

/** The rest of a list of numbers, and what it is closed with: 2、3号: 拒绝. */
const LISTED = /^(?:\s?[、和跟及与到至~-]\s?\d{1,3}){0,9}\s?(?:件|条|号)?[\s.、:)]{0,3}/

/** Said of another before: 同上. */
const SAME = /^(?:也是|同上|一样|同样|同前|也一样|ditto|same(?: here)?)[\s,;.!。]*$/i
/** What people say before an outcome's word: (李四) 也还是没接. */
const BEFORE_OUTCOME =
  /^(?:\([^)]{0,20}\)\s*)?(?:他|她|客户|对方)?(?:也|还是|还|又|仍然?|依然|同样|都|是|说|表示|打通了?|接通了?|[\s,])*/

/** Lines, and within a line every number that begins an item of its own. */
export function pieces(text: string, kinds: OutcomeKinds): Piece[] {
  const found: Piece[] = []
  for (const line of text.split(/\n/).flatMap((each) => itemsOf(each, kinds))) {
    const numbers = OUTCOME_SHAPE.test(line) ? line.match(NUMBERED) : null
    const last = found.at(-1)
    if (numbers) {
      const tasks = tasksOf(numbers)
      if (!tasks) return []
      const rest = line.slice(numbers[0].length)
      const same = SAME.test(rest) && last && saysOnlyOutcome(last.rest, kinds)
      found.push({ tasks, rest: same ? last.rest : rest })
    }
    // A line without a number goes on with the one before.
    else if (last) found[found.length - 1] = { ...last, rest: `${last.rest} ${line}` }
    else return []
  }
  return found
}

function itemsOf(line: string, kinds: OutcomeKinds): string[] {
  const starts: number[] = []
  for (const { 0: number, index } of line.matchAll(NUMBERS_WITHIN)) {
    const since = line.slice(starts.at(-1) ?? 0, index)
    const goesOn = since.length < LOOKED_AT * 5 && ONLY_NUMBERS.test(since)
    if (!goesOn && begins(line, index, index + number.length, kinds)) starts.push(index)
  }
  return [0, ...starts].map((start, index) =>
    line.slice(start, starts[index]).replace(/[\s,;。、(]{1,9}$/, ''),
  )
}

/** Whether a number within a line begins an item: "2、…" always, else where an outcome follows. */
function begins(line: string, start: number, end: number, kinds: OutcomeKinds): boolean {
  const before = line[start - 1] ?? ''
  const after = line.slice(end, end + LOOKED_AT)
  if (/[\s,;。、(]/.test(before) && /^\s?[、:)]\s*[^\s\d]/.test(after)) return true
  const labelled = /^\s?(?:件|条|号)/.test(after)
  if (!labelled && new RegExp(`^\\s?${COUNTED}(?!$)`).test(after.replace(/^\.(?!\d)/, ''))) {
    return false
  }
  const said = after.replace(LISTED, '')
  if (SAME.test(clauseOf(said)) || followsOutcome(said, kinds)) return true
  // Set off by a comma, an outcome may follow at the end: 2 李四说拒绝.
  return (
    !labelled && /[,;。]\s?$/.test(line.slice(Math.max(0, start - 2), start)) && hears(said, kinds)
  )
}

const clauseOf = (said: string): string => said.split(/[\d,;。]/, 1)[0] ?? ''
const hears = (said: string, kinds: OutcomeKinds): boolean =>
  hearOutcomes(clauseOf(said), kinds).length > 0
const followsOutcome = (said: string, kinds: OutcomeKinds): boolean =>
  [said, said.replace(BEFORE_OUTCOME, '')].some((text) => hearOutcomes(text, kinds)[0]?.start === 0)

function saysOnlyOutcome(rest: string, kinds: OutcomeKinds): boolean {
  const [first] = hearOutcomes(rest, kinds)
  return first?.start === 0 && /^[了啊哦呢吧呀的过\s]*$/.test(rest.slice(first.end))
}

/** So many tasks are named at once by a first and a last number, at most. */
export const MOST_IN_SPAN = 20

/** Null for a span that is none, so that it is asked about: 3-1. */
function tasksOf([, list = '', last]: RegExpMatchArray): number[] | null {
  const named = list.split(/\D+/).filter(Boolean).map(Number)
  if (last === undefined) return [...new Set(named)]
  const from = named.at(-1) ?? 0
  const more = Number(last) - from
  if (more < 1 || more >= MOST_IN_SPAN) return null
  return [...new Set([...named, ...Array.from({ length: more }, (_, i) => from + 1 + i)])]
}
