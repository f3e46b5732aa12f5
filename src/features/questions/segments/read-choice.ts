import { normalise } from '../../../bot/grammar/normalise.ts'
import type { Moment } from '../../../bot/moment.ts'
import { Refusal, refuse } from '../../../core/decision.ts'
import { asked, mayBeName, settled } from '../read-question.ts'
import { type Question, question } from '../rules.ts'
import { scan } from '../scan.ts'

/** Longer than any choice that somebody reads again. */
const MOST_CHARACTERS = 160
const MOST_NAMES = 3

const EXAMPLE = {
  zh: '客群 城东 B类 用信低于30% 60天未联系',
  en: 'segment Chengdong tier B usage under 30% not contacted for 60 days',
} as const

const unread = (part: string): Refusal =>
  refuse(
    `没读懂"${part}"，所以没有选客户。条件可以是分层、类别、产品、用信、授信、到期、区域、集群、行业、来源、机构、多少天未联系、资料齐不齐，例如：${EXAMPLE.zh}`,
    `"${part}" was not understood, so no clients were chosen. Choose by tier, kind, product, usage, limit, end of credit, region, cluster, industry, source, unit, days without contact or completeness, such as: ${EXAMPLE.en}`,
  )

/**
 * The clients that a line chooses, as a question for them: 城东 B类 用信低于30% 60天未联系. What stands between
 * words that are known is a name each, still to be found. Every part counts, or nothing does.
 */
export function readChoice(said: string, at: Moment): Question | Refusal {
  const line = normalise(said)
  if (!line || line.length > MOST_CHARACTERS || line.includes('\n'))
    return unread(line.slice(0, 20))
  const pieces = scan(line, at.catalogue, () => true) ?? []
  const names = pieces.flatMap(({ text, means }) => (means ? [] : namesOf(text)))
  const noNames = names.filter((name) => !mayBeName(name) || [...name].length < 2)
  if (noNames.length > 0) return unread(noNames.join('"、"'))
  if (names.length > MOST_NAMES) return unread(names.slice(MOST_NAMES).join(' '))
  const meant = settled(pieces.flatMap(({ means }) => means ?? []))
  const reading = asked([...meant, { asks: true, of: 'clients', as: 'list' }], names)
  if (reading.kind === 'no') return unread(line)
  if (reading.kind === 'asks') return new Refusal(reading.doubts[0].question)
  const read = question.parse(reading.input)
  return read.of === 'clients' && read.as === 'list' && !read.by && read.whose === null
    ? read
    : unread(line)
}

/** Chinese names stand apart by blanks, but for 行业 餐饮; English ones have them. */
const namesOf = (run: string): readonly string[] =>
  /\p{Script=Han}/u.test(run) ? (run.match(NAME) ?? []) : [run]
const NAME = /(?:(?:区域|地区|集群|市场|行业)\s+)?\S+/gu
