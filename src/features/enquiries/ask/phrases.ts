import type { Phrases } from '../../../bot/command.ts'
import { lacking } from '../../../bot/grammar/commands/lacking.ts'
import { saidDay } from '../../../bot/grammar/day.ts'
import { ofKind, type Piece } from '../../../bot/grammar/scan/piece.ts'
import { client } from '../../../bot/grammar/slots/kinds/client.ts'
import { whyNotDay } from '../../../bot/grammar/slots/kinds/day.ts'
import { words } from '../../../bot/grammar/slots/kinds/words.ts'
import { rowsAt } from '../../../bot/grammar/slots/numbered.ts'
import { accountOf } from '../../../bot/grammar/slots/phrase.ts'
import { inDoubt, NOT_MEANT, nothing, type Slot } from '../../../bot/grammar/slots/slot.ts'
import type { Department } from '../rules.ts'

/** Before a day, and behind it, where it is the last for the answer: 最晚周五, 周五前答复, 12月3日之前回我, by Friday. */
const UNTIL = /(?:最晚|最迟|截止到?|截至|\b(?:by|until|before))\s*$/i
/** The same within what is read as a day. */
const LIMITS = /^(?:by|until|before)\s|(?:之|以)?前$/i
const BEFORE = /^\s*(?:(?:之|以)?前)?/
const REPLY = /^\s*(?:(?:请|给|要|能)*(?:答复|回复|回|告诉)(?:我|我们|一下)*)?[\s,.。，!！]*/

/** A day with what makes it the last one for an answer; null: it is a part of the question. */
function lastDay(
  text: string,
  day: Piece<'day'>,
): { readonly start: number; readonly end: number; readonly leads: boolean } | null {
  const led = text.slice(0, day.start).match(UNTIL)?.[0] ?? ''
  const before = text.slice(day.end).match(BEFORE)?.[0] ?? ''
  const reply = text.slice(day.end + before.length).match(REPLY)?.[0] ?? ''
  const limits = led !== '' || before.trim() !== '' || LIMITS.test(day.said)
  const asks = /[\u4e00-\u9fff]/.test(reply)
  if (!limits && !asks) return null
  const end = day.end + before.length + reply.length
  // 12月3日前到期的: nothing parts it from the question.
  return { start: day.start - led.length, end, leads: asks || /[\s,.。，!！]$/.test(reply) }
}

/** The last day for the answer, said before or behind the question, of which it is no part. */
const answerDay: Slot = {
  field: 'dueOn',
  kinds: ['day'],
  leaves: true,
  take({ scanned, pieces, start, end }) {
    const { text, context } = scanned
    const days = ofKind(pieces, 'day')
    for (const day of days) {
      const place = lastDay(text, day)
      const atEnd = place && text.slice(place.end, end).trim() === ''
      const atStart = place?.leads && text.slice(start, place.start).trim() === ''
      if (!place || !(atEnd || atStart)) continue
      const whole: Piece<'day'> = { ...day, start: place.start, end: place.end }
      const said = saidDay(day.said.replace(LIMITS, ''), context.at)
      return said && 'day' in said
        ? { value: said.day, claims: [whole], weighed: days }
        : { ...inDoubt(day.doubt ?? 'unclear', [whole], day.said.trim()), weighed: days }
    }
    return { ...nothing, weighed: days }
  },
  ask({ code, said }) {
    const why = whyNotDay(code)
    return {
      expects: 'day',
      question: {
        zh: `日期"${said}"${why.zh}，最晚哪天要答复？比如 12月3日。问题已记下，只回日期即可。`,
        en: `"${said}" ${why.en}. By which day is the answer wanted? The question is kept; just send the day.`,
      },
    }
  },
}

const question = words('question', ({ zh, en }) => ({
  zh: `关于 ${zh} 要问什么？请写一句。`,
  en: `What is to be asked about ${en}? One sentence will do.`,
}))

const SLOTS: readonly Slot[] = [client('named', { alone: true }), answerDay, question]

/** Words that say which department is asked; 调查 and 询问 alone leave it open. */
const TO: readonly (readonly [RegExp, Department])[] = [
  [/营销|marketing/i, 'marketing'],
  [/风险|风控|risk/i, 'risk'],
]

/** "问营销 张三 能不能先不进E类？ 周五前答复", "调查 2 流水为什么掉了一半？". */
export const ENQUIRY_PHRASES: Phrases<unknown> = {
  words: [
    ...['问营销部', '问营销', '问一下营销', '问问营销', '请示营销', '请示营销部'],
    ...['问风险部', '问风险', '问一下风险', '问问风险', '问风控', '请示风险', '请示风险部'],
    ...['调查', '询问', 'ask marketing', 'ask risk', 'enquire'],
  ],
  free: ['question'],
  lacks: (at) => lacking(SLOTS, at),
  slots: SLOTS,
  scans(scanned, from) {
    const word = scanned.text.slice(0, from)
    const addressee = TO.find(([said]) => said.test(word))?.[1]
    const rows = addressee ? null : rowsAt(scanned, from)
    const [number, another] = rows?.numbers ?? []
    const numbered = number !== undefined && another === undefined && rows
    const { reading, accounted } = numbered
      ? accountOf(scanned, rows.end, [answerDay, question])
      : accountOf(scanned, from, SLOTS)
    if (reading.kind === 'no') return NOT_MEANT
    const more = { ...(addressee && { addressee }), ...(numbered && { number }) }
    const before = scanned.pieces.filter(({ start }) => numbered && start < rows.end)
    return {
      reading: { ...reading, input: { ...reading.input, ...more } },
      accounted: new Set([...before, ...accounted]),
    }
  },
}
