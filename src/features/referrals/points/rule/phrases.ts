import { normalise } from '../../../../bot/grammar/normalise.ts'
import { asTypedIn } from '../../../../bot/grammar/scan/typed-line.ts'
import { days } from '../../../../bot/grammar/slots/kinds/days.ts'
import { NAME } from '../../../../bot/grammar/slots/labels/section-values.ts'
import { type SectionValue, sections } from '../../../../bot/grammar/slots/labels/sections.ts'
import { phrase } from '../../../../bot/grammar/slots/phrase.ts'
import type { Part, Slot } from '../../../../bot/grammar/slots/slot.ts'
import { type Text, text } from '../../../../core/text.ts'
import { earnersIn, pointsIn } from './read-terms.ts'

const { head, behind } = sections({
  details: { words: '留信息|留资|留下信息|details' },
  contact: { words: '已?联系|contact(?:ed)?' },
  loan: { words: '放款|授信|loan' },
  budget: { words: '总?预算|budget' },
  ceiling: { words: '每人每月|每月上限|每月|上限|monthly|ceiling' },
  earners: { words: '给|谁得|for' },
  unit: { words: '范围|机构|units?' },
})

const [from, until] = days('fromDay', 'untilDay', {
  from: {
    zh: '从哪天开始？写一年（2027年）或第一天，比如 1月1日。',
    en: 'From which day? A year (2027) or the first day, such as 1 Jan.',
  },
  until: { zh: '到哪天（含）结束？', en: 'Until which day, that one included?' },
})

const YEAR =
  /(?<![\d./-])(?:今年|明年|this year|next year|(20\d\d) ?年?)(?![\d./-]|年|\s?\d{1,2}月)/i

/** A year that is said for all its days. */
function yearIn({ scanned, start, end, pieces }: Part, which: 'first' | 'last') {
  const found = YEAR.exec(scanned.text.slice(start, end))
  if (!found) return null
  const { today } = scanned.context.at
  const next = /明|next/i.test(found[0]) ? 1 : 0
  const year = found[1] ?? String(Number(today.slice(0, 4)) + next)
  const [at, to] = [start + found.index, start + found.index + found[0].length]
  const piece = { kind: 'opaque', value: null, start: at, end: to, said: found[0] } as const
  const within = pieces.filter((each) => each.start < to && each.end > at)
  return { value: `${year}-${which === 'first' ? '01-01' : '12-31'}`, claims: [piece, ...within] }
}

const orYear = (slot: Slot, which: 'first' | 'last'): Slot => ({
  ...slot,
  take: (part, ...more) => yearIn(part, which) ?? slot.take(part, ...more),
})

const saidIn = ({ scanned, start, end }: Part): string => normalise(asTypedIn(scanned, start, end))

/** A number of points, 0 too; what is less is refused as what it is. */
const POINTS: SectionValue = {
  expects: 'text',
  example: { zh: '100', en: '100' },
  read: (part) =>
    pointsIn(saidIn(part)) === null ? { doubt: 'unclear' } : { value: saidIn(part) },
}

/** Who earns them, parted by marks. */
const WHO: SectionValue = {
  expects: 'text',
  example: { zh: '客户、员工', en: 'clients, staff' },
  read: (part) =>
    earnersIn(saidIn(part)) === null ? { doubt: 'unclear' } : { value: saidIn(part) },
}

const points = (field: string, called: Text, asks?: Text): Slot =>
  behind(field, called, POINTS, asks ? { required: true, asks } : {})

/** Where the rule is said in a line and in a form. */
export const RULE = ['谢礼 规则', '谢礼规则', 'points rule', 'rule of points']

/** "2027年 留信息 10 联系 20 放款 100 预算 50000 每月 500 给 客户、员工 范围 城东支行" */
export const RULE_PHRASES = phrase(
  { words: RULE, strict: true },
  head(orYear(from, 'first')),
  head(orYear(until, 'last')),
  points('details', text('留信息的积分', 'number of points for details left')),
  points('contact', text('联系的积分', 'number of points for being contacted')),
  points('loan', text('放款的积分', 'number of points for a loan')),
  points(
    'budget',
    text('预算', 'budget'),
    text(
      '预算一共多少积分？用完就不再计。比如 50000。',
      'How many points is the budget? Nobody earns any beyond it. Such as 50000.',
    ),
  ),
  points('ceiling', text('每人每月上限', 'monthly ceiling')),
  behind('earners', text('谁得积分', 'kind of referrer'), WHO, {
    required: true,
    asks: {
      zh: '推荐人里谁得积分：客户、员工、客户经理？可以几个一起写，用顿号分开。',
      en: 'Which referrers earn points: clients, staff, managers? Several may be given, with commas.',
    },
  }),
  behind('unit', text('机构', 'unit'), NAME),
)
