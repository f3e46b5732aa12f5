import { COMMANDS } from '../../../src/app-features.ts'
import { aloneIn, type Parsed, parse } from '../../../src/bot/grammar/parse.ts'
import type { Moment } from '../../../src/bot/moment.ts'
import { pinyinOf } from '../../../src/core/identity/pinyin.ts'
import type { Intent } from '../../../src/core/intent.ts'
import { askForHour } from '../../../src/features/tasks/outcomes/item-rules.ts'
import { outcomesInput } from '../../../src/features/tasks/outcomes/rules.ts'

/** What was made of a line: its intents, of several lines all, and the fields that are asked for. */
export interface Answer {
  readonly intents: readonly { readonly command: string; readonly input: unknown }[]
  /** By their paths in the input; empty: nothing is asked. */
  readonly asks: readonly string[]
  /** Some of it was not understood at all. */
  readonly unknown: boolean
}

/** The clients of whoever says a line, as far as it may name them. */
const BOOK = [
  '李四',
  '吴建',
  '苏德',
  '段国斌',
  '韩艳',
  '贺宁',
  '张三',
  '林小芳',
  '王大力',
  'John Smith',
  '欧阳明',
  '沈华',
  '袁德',
  '顾明平',
  '于婷',
  '吴珍珍',
  '杨健超',
  '余永',
  '姜倩',
  'Mary Brown',
  '大力汽修',
  '芳芳水果店',
]

/**
 * Reads a line as it is read when somebody says it and nothing waits. What the command's own schema refuses
 * is not stored.
 */
export function answerTo(text: string, at: Moment): Answer {
  const names = BOOK.filter((name) => text.includes(name))
  const parsed = parse(text, COMMANDS, at, names)
  const alone = parsed.kind === 'unknown' ? aloneIn(text, COMMANDS, at) : null
  return alone && isClient(alone.named)
    ? { intents: [alone.intent], asks: [], unknown: false }
    : answerOf(parsed, at)
}

/** Whether the command asks which hour is meant, as one of today has gone by. */
const asksHour = ({ command, input }: Intent, at: Moment): boolean =>
  command === 'log-outcome' && askForHour(outcomesInput.parse(input).items, at, 'zh') !== null

/** The end of a phone in the book. */
const TAIL = '0072'

const isClient = (text: string): boolean =>
  text === TAIL || BOOK.some((name) => name.includes(text) || pinyinOf(name).initials === text)

function answerOf(parsed: Parsed, at: Moment): Answer {
  switch (parsed.kind) {
    case 'intent': {
      const { command, input } = parsed.intent
      const fault = COMMANDS.find(({ name }) => name === command)?.faultOf(input, at)
      const asks = !fault && asksHour(parsed.intent, at) ? ['items.nextTime'] : []
      return { intents: fault ? [] : [parsed.intent], asks, unknown: Boolean(fault) }
    }
    case 'asks': {
      const { intent, doubts } = parsed.ask
      return { intents: [intent], asks: doubts.flatMap(({ slots }) => slots), unknown: false }
    }
    case 'lines': {
      const answers = parsed.lines.map((line) => answerTo(line, at))
      return {
        intents: answers.flatMap(({ intents }) => intents),
        asks: answers.flatMap(({ asks }) => asks),
        unknown: answers.some(({ unknown }) => unknown),
      }
    }
    case 'unknown':
      return { intents: [], asks: [], unknown: true }
  }
}
