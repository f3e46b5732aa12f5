import { takeLabelled } from '../../../bot/grammar/labelled.ts'
import type { Doubt, Reading } from '../../../bot/grammar/reading.ts'
import { readSpan } from '../../../bot/grammar/span.ts'
import type { Moment } from '../../../bot/moment.ts'
import type { Day } from '../../../core/calendar/time.ts'

/** A plan in one line, as the form would send it; the audience is the planner's own unit unless said. */
export interface PlanWords {
  readonly name: string
  readonly startsOn: Day | null
  readonly endsOn: Day | null
  readonly audience?: string
  readonly products?: string
  readonly regions?: string
  readonly industries?: string
  readonly clusters?: string
  readonly segment?: string
  readonly controlShare?: string
  readonly talkingPoints?: string
}

const LABELS = {
  audience: /^(?:给|发给|范围|for)$/i,
  products: /^(?:产品|product|products)$/i,
  regions: /^(?:区域|地区|region|regions)$/i,
  industries: /^(?:行业|industry|industries)$/i,
  clusters: /^(?:集群|商圈|cluster|clusters)$/i,
  segment: /^(?:客群|segment)$/i,
  controlShare: /^(?:对照|对照组|control)$/i,
  talkingPoints: /^(?:话术|say|saying)$/i,
} as const

/** What stands before the days is the name, which may have blanks: 五一 活动 5/1-5/5. */
function nameAndSpan(words: readonly string[], at: Pick<Moment, 'today' | 'workdays'>) {
  for (let place = 1; place < words.length; place++) {
    const span = readSpan(words.slice(place).join(' '), at.today, at.workdays)
    if (span) return { name: words.slice(0, place).join(' '), span }
  }
  return { name: words[0] ?? '', span: null }
}

/** `五一活动 12/1-12/15 给 一队 产品 结算卡 话术 上门问候`: talking points come last. */
export function readPlan(rest: string, { today, workdays }: Moment): Reading<PlanWords> {
  const { head, values } = takeLabelled(rest, LABELS, 'talkingPoints')
  const { name, span } = nameAndSpan(head.split(' '), { today, workdays })
  if (!name) return { kind: 'no' }
  const input = { name, startsOn: span?.from ?? null, endsOn: span?.until ?? null, ...values }
  const doubts: Doubt[] = []
  if (/\s/.test(name)) {
    const joined = name.replace(/\s+/g, '')
    const question = {
      zh: `活动名称里不要有空格，便于打标。叫什么？比如 ${joined}。`,
      en: `A name has no blanks, so that tagging stays easy. What is it called? For example ${joined}.`,
    }
    doubts.push({ question, slots: ['name'], expects: 'text' })
  }
  if (!span) {
    const day = (slot: string, zh: string, en: string) =>
      doubts.push({ question: { zh, en }, slots: [slot], expects: 'day' })
    day('startsOn', '从哪天开始？比如 12月1日。', 'From which day? For example 1 Dec.')
    day('endsOn', '到哪天（含）结束？', 'Until which day, that one included?')
  }
  if (!values.audience) {
    doubts.push({
      question: {
        zh: '发给哪些支行、团队或客户经理？用顿号分开。',
        en: 'For which branches, teams or managers? Separate them by commas.',
      },
      slots: ['audience'],
      expects: 'text',
    })
  }
  if (!values.talkingPoints) {
    doubts.push({
      question: { zh: '话术怎么说？写几句。', en: 'What should managers say? A few sentences.' },
      slots: ['talkingPoints'],
      expects: 'text',
    })
  }
  const [first, ...more] = doubts
  return first ? { kind: 'asks', input, doubts: [first, ...more] } : { kind: 'understood', input }
}
