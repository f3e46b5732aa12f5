import type { Moment } from '../moment.ts'
import { readAmount } from './amount.ts'
import { type SaidDay, saidDay } from './day.ts'
import { normalise } from './normalise.ts'
import { readPhone } from './phone.ts'
import type { Expects } from './reading.ts'
import { readCount } from './scan/kinds/numerals.ts'
import { hourText, readTime } from './scan/kinds/times.ts'

/** What says that the rest is the answer, whatever it looks like. */
const ANSWERING = /^(?:答|回答|答复|理由|原因|answer|reason)\s*:\s*/i

/**
 * The hour that an answer names beside its day (明天下午3点); null: none. `unclear`: there is one that may be
 * several.
 */
export function hourBesideDay(typed: string, at: Moment): string | null {
  const times = saidDay(typed, at)?.times ?? []
  const hours = new Set(
    times.flatMap(({ value, doubt }) => {
      if (doubt) return 'unclear'
      return value && 'minutes' in value ? hourText(value.minutes) : []
    }),
  )
  const [hour = null] = hours
  return hours.size > 1 ? 'unclear' : hour
}

/** What may stand beside the day of an answer: 那就改到周五吧, let's say Friday. */
const BESIDE_DAY = new RegExp(
  `^(?:${[
    '[\\s,.;:。、!?\'"]|嗯+|哦|那|就|是|好的?|行|可以|吧|他|她|它|客户|对方|说|我|想|要|再|请|麻烦|日期|时间|从|自|等|到|大概|可能|应该',
    '改[到成]?|推[到迟]?|定[在到]?|约[在到了]?|排[在到]?|联系|打|见面?|办|过?去|拜访|走访|回访|直到|截止|左右|前后|之前|之后|以前|以后|的|呢|啊|了|再说',
    "\\b(?:on|by|at|the|make it|let'?s|say|maybe|then|try|until|till|from|ok|yes|call|ring|again|back|visit|see|meet|him|her|them|it|go|for|to|is|should be|will be)\\b",
  ].join('|')})*$`,
  'i',
)

/** Whether a text names a day and says nothing else: 那就周五吧, and not 我周五请假. */
export function saysOnlyDay(typed: string, at: Moment): boolean {
  const found = saidDay(normalise(typed), at)
  return found !== null && BESIDE_DAY.test(found.words)
}

/** 周五他有空 and 他说周五，那时有空 answer with a day; 他说周五要去开会 tells of one. */
const isMeant = ({ words, before, behind }: SaidDay): boolean =>
  before === '' ||
  BESIDE_DAY.test(words) ||
  (BESIDE_DAY.test(before) && /^\s*(?:$|[,;.。!、])/.test(behind))

/** Around the colleague of an answer: 让王五顶吧, 答：王五. */
const AROUND_COLLEAGUE =
  /^(?:那|就|让|由|给|叫|请|找|是|转给|交给|it is |to )+|(?:来)?(?:代班|代办|代|顶班|顶一下|顶|接)?(?:吧|啊|呢|好了)?[\s.。!]*$/gi
const COLLEAGUE = /^(?:[\p{Script=Han}·]{2,8}|[a-z][\w.'\- ]{0,39})$/iu

/** A name or a staff code; what has a day or a number in it is none. */
function colleagueIn(said: string, at: Moment): string | null {
  const named = said.replace(ANSWERING, '').replace(AROUND_COLLEAGUE, '').trim()
  return COLLEAGUE.test(named) && !saidDay(named, at) ? named : null
}

/** The value that an answer gives to a slot; null when it is no answer to that. */
export function readSlot(expects: Expects, typed: string, at: Moment): string | number | null {
  const said = normalise(typed)
  switch (expects) {
    case 'text':
    case 'client':
      return said.replace(ANSWERING, '') || null
    case 'colleague':
      return colleagueIn(said, at)
    case 'file':
      return null
    case 'amount':
      return readAmount(said)
    case 'count': {
      const count = readCount(said.replace(/(?:次|户|个|笔|家|单|times)$/i, '').trim())
      return Number.isInteger(count) ? count : null
    }
    case 'hour':
      return readTime(said)
    case 'phone':
      return readPhone(said)
    case 'day': {
      const found = saidDay(said, at)
      return found && 'day' in found && isMeant(found) ? found.day : null
    }
    default:
      return expects.among[said.toLowerCase()] ?? null
  }
}
