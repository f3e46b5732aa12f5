import type { Phrases } from '../../bot/command.ts'
import type { Piece } from '../../bot/grammar/scan/piece.ts'
import { asTypedIn } from '../../bot/grammar/scan/typed-line.ts'
import { rest } from '../../bot/grammar/slots/fill.ts'
import { onlyThese, rowsAt, saidOf } from '../../bot/grammar/slots/numbered.ts'
import { phrase } from '../../bot/grammar/slots/phrase.ts'
import {
  type Account,
  NOT_MEANT,
  nothing,
  type Part,
  type Slot,
} from '../../bot/grammar/slots/slot.ts'
import type { Text } from '../../core/text.ts'
import type { Rhythm } from './rules.ts'

/** Which rows, and what is said of them. */
export interface AnswerWords {
  /** Empty: all that are open. */
  readonly numbers: readonly number[]
  readonly words: string
}

/**
 * "接 3", "接 1、2、5", "退 1-4 不符合条件", "办结 全部". `behind`: the word as it may stand behind the number (第2个退回去).
 * `wanted`: asks for what must be said of them.
 */
export function answerPhrases(
  words: readonly string[],
  { behind, wanted }: { readonly behind?: string | undefined; readonly wanted?: Text | undefined },
): Phrases<unknown> {
  const shape = behind
    ? new RegExp(`^(?:第|#)?[\\d一二三四五六七八九十、,和 -]{1,20}[个条件号]?\\s*${behind}`)
    : null
  const word = new RegExp(behind ? `^\\s*${behind}` : '(?!)')
  return {
    words,
    free: ['words'],
    slots: [rest('words')],
    // Before the number of a task: it is one of the needs.
    ...(shape && { shape, anywhere: shape }),
    scans(scanned, from): Account<AnswerWords> {
      const rows = rowsAt(scanned, from)
      if (!rows) return from > 0 && from === scanned.text.length ? askWhich(wanted) : NOT_MEANT
      const said = from > 0 ? '' : scanned.text.slice(rows.end).match(word)?.[0]
      if (said === undefined) return NOT_MEANT
      const { words: told, pieces, other } = saidOf(scanned, rows.end + said.length)
      const input = { numbers: rows.numbers ?? [], words: told }
      const before = scanned.pieces.filter(({ start }) => start < rows.end)
      const doubt = other
        ? onlyThese(other, 'words')
        : wanted && told === ''
          ? ({ question: wanted, slots: ['words'], expects: 'text' } as const)
          : null
      return {
        reading: doubt ? { kind: 'asks', input, doubts: [doubt] } : { kind: 'understood', input },
        accounted: new Set([...before, ...pieces]),
      }
    },
  }
}

/** The word alone. `0` stands for the number that is asked for. */
const askWhich = (wanted: Text | undefined): Account<AnswerWords> => ({
  reading: {
    kind: 'asks',
    input: { numbers: [0], words: '' },
    doubts: [
      {
        question: {
          zh: '名单上的哪一条？写编号，比如 3。',
          en: 'Which row of your list? Give its number, for example 3.',
        },
        slots: ['numbers.0'],
        expects: 'count',
      },
      ...(wanted ? [{ question: wanted, slots: ['words'], expects: 'text' } as const] : []),
    ],
  },
  accounted: new Set(),
})

const EVERY =
  /(?:每个?|\bevery\s?)(?:(?<daily>天|日|工作日|(?:work)?day\b)|(?:周|星期|礼拜)(?<zh>[一二三四五六日天])|(?<en>mon|tue|wed|thu|fri|sat|sun)[a-z]*)/i

const inPart = ({ scanned, start, end }: Part) => EVERY.exec(scanned.text.slice(start, end))

/** Which day of the week, 1 Monday to 7. */
function weekdayIn({ zh, en }: Readonly<Record<string, string | undefined>>): number {
  if (zh) return '一二三四五六日'.indexOf(zh.replace('天', '日')) + 1
  const names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
  return names.indexOf(en?.toLowerCase() ?? '') + 1
}

/** The days of the list by what they are called, as the answer gives them. */
const LIST_DAYS = Object.fromEntries(
  ['周一 Monday', '周二 Tuesday', '周三 Wednesday', '周四 Thursday', '周五 Friday'].flatMap(
    (names, place) => names.split(' ').map((name) => [name.toLowerCase(), String(place + 1)]),
  ),
)

/** When a department gets its list: every day, or on one of the week. On days off nobody sends any. */
const rhythm: Slot = {
  field: 'rhythm',
  kinds: ['day'],
  first: true,
  take(part) {
    const found = inPart(part)
    if (!found) return nothing
    const start = part.start + found.index
    const end = start + found[0].length
    const claim: Piece = { kind: 'opaque', value: null, start, end, said: found[0] }
    const weighed = part.pieces.filter((each) => each.start < end && each.end > start)
    const groups = found.groups ?? {}
    const taken = { claims: [claim], weighed }
    if (groups['daily']) return { value: { every: 'day' } satisfies Rhythm, ...taken }
    const on = weekdayIn(groups)
    if (on <= 5) return { value: { every: 'week', on } satisfies Rhythm, ...taken }
    const doubt = { code: 'unclear', said: found[0], about: [claim], within: 'on' } as const
    return { value: { every: 'week' }, doubt, ...taken }
  },
  ask: ({ said }) => ({
    expects: { among: LIST_DAYS },
    question: {
      zh: `"${said}"是休息日，不发名单。改周几：周一、周二、周三、周四还是周五？`,
      en: `"${said}" is a day off, on which no list is sent. Which weekday?`,
    },
  }),
}

/** Which department: what stands before the rhythm. */
const department: Slot = {
  field: 'department',
  kinds: [],
  first: true,
  take(part) {
    const end = part.start + (inPart(part)?.index ?? 0)
    const said = asTypedIn(part.scanned, part.start, end).replace(/[\s,，:：]+$/, '')
    const place = { start: part.start, end, said }
    return said ? { value: said, claims: [{ kind: 'opaque', value: null, ...place }] } : nothing
  },
  ask: () => ({ expects: 'text', question: { zh: '哪个部门？', en: 'Which department?' } }),
}

/** "支付结算部 每周三", "Payments every day": when a department gets its list. */
export const RHYTHM_PHRASES: Phrases<unknown> = phrase(
  { words: ['移交', '移交节奏', '移交 节奏', 'hand-over'], strict: true },
  department,
  rhythm,
)
