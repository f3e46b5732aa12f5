import { z } from 'zod'
import { readAmount } from '../../../../bot/grammar/amount.ts'
import { dayField } from '../../../../bot/grammar/fields.ts'
import { readCount } from '../../../../bot/grammar/scan/kinds/numerals.ts'
import { EARNERS, type Earner, MOST_BUDGET, MOST_POINTS } from '../rules.ts'

/** "100", "100分", "5万", "无"; null: no number of points. */
export function pointsIn(said: string): number | null {
  const text = said.trim().replace(/\s*(?:分|积分|points?)$/i, '')
  if (/^(?:无|不给|没有|none|no)$/i.test(text)) return 0
  const [, minus = '', number = ''] = text.match(/^([-−负]?)\s*(.+)$/) ?? []
  const plain = number.replaceAll(/,(?=\d{3})/g, '')
  const value = readCount(plain) ?? (/[万千百亿wk]$/i.test(plain) ? readAmount(plain) : null)
  return value !== null && Number.isInteger(value) ? (minus ? -value : value) : null
}

const WORDS: Readonly<Record<Earner, RegExp>> = {
  clients: /^(?:客户|clients?)$/i,
  staff: /^(?:员工|行员|全员|staff)$/i,
  managers: /^(?:客户经理|经理|managers?)$/i,
}
const EVERYBODY = /^(?:全部|所有人|都|everybody|everyone|all)$/i

/** "客户、员工"; null: somebody else is named, or nobody. */
export function earnersIn(said: string): readonly Earner[] | null {
  const words = said
    .split(/[、,，;；和]|\band\b/i)
    .map((word) => word.trim())
    .filter(Boolean)
  if (words.some((word) => EVERYBODY.test(word))) return words.length === 1 ? EARNERS : null
  const found = words.map((word) => EARNERS.find((each) => WORDS[each].test(word)))
  if (found.length === 0 || found.includes(undefined)) return null
  return EARNERS.filter((each) => found.includes(each))
}

/** A number of points as a line or a form has it, or what stands for a blank. */
const points = <Blank extends number | null = never>(
  called: { readonly zh: string; readonly en: string },
  { most, blank }: { readonly most: number; readonly blank?: Blank },
) =>
  z
    .union([z.int(), z.string()])
    .nullable()
    .default(null)
    .transform((said, context): number | Blank => {
      const isBlank = said === null || (typeof said === 'string' && said.trim() === '')
      if (isBlank && blank !== undefined) return blank
      const value = typeof said === 'string' ? pointsIn(said) : said
      if (value !== null && value >= 0 && value <= most) return value
      context.addIssue(
        value === null
          ? `${called.zh}"${said ?? ''}"不是整数，请写如 100。 ${called.en} "${said ?? ''}" is no whole number; write it as 100.`
          : value < 0
            ? `${called.zh}不能是负数（${said}）。 ${called.en} is not less than 0 (${said}).`
            : `${called.zh}最多 ${most}。 ${called.en} is at most ${most}.`,
      )
      return z.NEVER
    })

const stagePoints = points(
  { zh: '积分', en: 'A number of points' },
  { most: MOST_POINTS, blank: 0 },
)

const day = (zh: string, en: string) =>
  dayField.transform((value, context) => {
    if (value) return value
    context.addIssue(`${zh} ${en}`)
    return z.NEVER
  })

/** What a line or the form of a rule sends. */
export const termsInput = z.object({
  fromDay: day('请写第一天。', 'Please give the first day.'),
  untilDay: day('请写最后一天。', 'Please give the last day.'),
  details: stagePoints,
  contact: stagePoints,
  loan: stagePoints,
  budget: points({ zh: '预算', en: 'The budget' }, { most: MOST_BUDGET }),
  /** Blank: none. */
  ceiling: points({ zh: '每月上限', en: 'The ceiling' }, { most: MOST_BUDGET, blank: null }),
  earners: z.string().transform((said, context) => {
    const found = earnersIn(said)
    if (found) return found
    context.addIssue(
      `"${said}"不能得积分，请写 客户、员工 或 客户经理。 "${said}" earns no points; give clients, staff or managers.`,
    )
    return z.NEVER
  }),
  /** A unit, by name or code; blank: the whole bank. */
  unit: z
    .string()
    .trim()
    .max(40)
    .nullable()
    .default(null)
    .transform((value) => value || null),
})
export type TermsInput = z.infer<typeof termsInput>
