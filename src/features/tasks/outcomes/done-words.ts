import type { Scanned } from '../../../bot/grammar/scan/scan.ts'
import { outcome } from '../../../bot/grammar/slots/kinds/outcome.ts'
import type { Account, Part } from '../../../bot/grammar/slots/slot.ts'

/** 打过了: something was done, and neither what nor with whom. */
export const DONE =
  /^(?:(?:已经?|都|刚刚?)?(?:(?:打|联系|跟进|处理|做|办)(?:过|完|好|掉)(?:电话)?了?|办了|搞定了?|弄好了?|完成了?)|已办|done|finished|called (?:him|her|them))[\s.。!！]*$/i

/** Which task it was, and what came of it. `0` stands for the number that is asked for. */
export function askWhich(scanned: Scanned): Account<unknown> {
  const part: Part = { scanned, start: 0, end: scanned.text.length, pieces: scanned.pieces }
  const missing = { code: 'missing', said: '', about: [] } as const
  const result = outcome('outcome').ask(missing, null, part)
  return {
    reading: {
      kind: 'asks',
      input: { items: [{ task: 0, outcome: null, note: null }] },
      doubts: [
        {
          question: {
            zh: '哪一件？写编号，比如 3；也可以连结果一起写，比如"3 没接"、"张三 有意向"。',
            en: 'Which one? Give its number, for example 3; or say all of it, such as "3 no answer".',
          },
          slots: ['items.0.task'],
          expects: 'count',
        },
        { ...result, slots: ['items.0.outcome'] },
      ],
    },
    accounted: new Set(scanned.pieces),
  }
}
