import { sayDay } from '../../../core/calendar/time.ts'
import type { Block, Button, Card } from '../../../core/card.ts'
import { type Language, type Say, speaker } from '../../../core/text.ts'
import { type FactName, factKind, factLabel } from '../../tier-rules/facts.ts'
import { approverLabel, sayFact } from '../../tier-rules/labels.ts'
import { type CriterionResult, type TierDecision, tierLabel } from '../../tier-rules/rules.ts'
import { barredFrom } from '../entry/rules.ts'
import type { Nomination } from '../nominations/rules.ts'
import { type Aged, agedLines } from './aged.ts'
import { criterionLine, factNames, limitText, lostOf, MARK, namedLine, reasonsOf } from './lines.ts'
import { movedLine } from './moves.ts'
import type { Standing } from './rules.ts'

export interface TierAnswer extends Aged {
  readonly name: string
  readonly businessName: string | null
  readonly clientId: string
  readonly version: number
  /** From the lowest tier up to the best. */
  readonly ladder: readonly string[]
  readonly standing: Standing
  /** In force, and one whose end brought about the move that waits. */
  readonly nominations: readonly Nomination[]
  /** May record facts of this client. */
  readonly mayRecord: boolean
}

const titleOf = ({ name, businessName }: TierAnswer): string =>
  [name, businessName].filter(Boolean).join(' · ')

/** The tier, the two reasons that matter, what waits, what is missing; the rest is a button away. */
export function tierCard(answer: TierAnswer): Card {
  const { decision, language, clientId, ladder, mayRecord, standing } = answer
  const say = speaker(language)
  const lost = standing.tier === decision.tier ? [] : lostOf(decision, standing.tier, ladder)
  const reasons = [...lost, ...reasonsOf(decision, ladder[0] ?? null)].map(
    (each) => `${MARK[each.result]} ${criterionLine(each, say, language)}`,
  )
  const lines = [
    verdict(answer, say),
    ...openMove(answer, say),
    ...answer.nominations.map((nomination) => namedLine(nomination, answer.today, say)),
    reasons.join(say('；', '; ')),
    ...lastMove(answer, say),
    ...agedLines(answer, say),
  ]
  const blocks: Block[] = [{ kind: 'text', text: lines.filter(Boolean).join('\n') }]
  const missing = decision.missing.filter((fact) => !barredFrom('manager', fact))
  const ahead = [
    decision.provisional && missingLine(answer, missing, say),
    decision.next?.tier !== standing.tier && nextLine(decision, say, language),
  ].filter((line) => line !== false && line !== null)
  if (ahead.length > 0) blocks.push({ kind: 'text', text: ahead.join('\n') })
  const buttons: Button[] = [
    ...(mayRecord
      ? [
          {
            label: say('补充信息', 'Fill in'),
            opensForm: true,
            intent: { command: 'fact-form', input: { clientId } },
          },
        ]
      : []),
    {
      label: say('全部条件', 'All criteria'),
      intent: { command: 'tier', input: { clientId, full: true } },
    },
    {
      label: say('分层历史', 'History'),
      intent: { command: 'tier-history', input: { clientId } },
    },
  ]
  blocks.push({ kind: 'buttons', buttons })
  return { title: titleOf(answer), blocks }
}

function verdict({ decision, standing, version, today, language }: TierAnswer, say: Say): string {
  const name = `**${tierLabel(standing.tier ?? decision.tier, language)}**`
  const { since } = standing
  return [
    decision.provisional ? say(`${name}（暂定）`, `${name} (provisional)`) : name,
    since && say(`${sayDay(since, today, 'zh')}起`, `since ${sayDay(since, today, 'en')}`),
    say(`标准第 ${version} 版`, `standard version ${version}`),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** What the standard says instead of the tier in force, and why that does not hold (yet). */
function openMove({ decision, standing, today, language }: TierAnswer, say: Say): string[] {
  if (!standing.tier || standing.tier === decision.tier) return []
  const to = tierLabel(decision.tier, language)
  const move = standing.moves.find(({ status }) => status === 'pending' || status === 'rejected')
  if (move?.status === 'pending' && move.to === decision.tier) {
    const by = approverLabel(move.approver, language)
    return [
      say(
        `待${by}审批：改为 **${to}**（${sayDay(move.on, today, 'zh')}提出），批准前仍按原层。`,
        `Waiting for ${by}: **${to}** (since ${sayDay(move.on, today, 'en')}); until then the old tier holds.`,
      ),
    ]
  }
  if (move?.status !== 'rejected' || move.to !== decision.tier) return []
  return [
    say(
      `按标准应为 ${to}，${move.decidedBy ?? ''}未批准：${move.reason ?? ''}。`,
      `By the standard it would be ${to}; ${move.decidedBy ?? ''} rejected that: ${move.reason ?? ''}.`,
    ),
  ]
}

function lastMove({ standing, today, language }: TierAnswer, say: Say): string[] {
  const applied = standing.moves.filter(({ status }) => status === 'applied')
  const [last, before] = applied
  return last?.from ? [movedLine(last, before ?? null, today, say, language)] : []
}

const EXAMPLES = {
  yuan: ['320万', '3200000'],
  ratio: ['60%', '60%'],
  months: ['2019-05', '2019-05'],
  age: ['1985-03-02', '1985-03-02'],
  'yes-no': ['是', 'yes'],
  industry: ['一般', 'neutral'],
  country: ['中国', 'CN'],
} as const

function missingLine(answer: TierAnswer, missing: readonly FactName[], say: Say): string {
  const { language, decision, mayRecord, name } = answer
  const names = factNames(decision.missing, say, language)
  const line = say(
    `还缺 ${decision.missing.length} 项，补上后分层可能变化：${names}。`,
    `${decision.missing.length} facts are missing and may change the tier: ${names}.`,
  )
  if (!mayRecord || missing.length === 0) return line
  const example = missing.slice(0, 2).map((fact) => {
    const [zh, en] = EXAMPLES[factKind(fact)]
    return `${factLabel(fact)[language]} ${say(zh, en)}`
  })
  return `${line}${say(
    `回复"补 ${name} ${example.join(' ')}"。`,
    ` Reply "fill ${name} ${example.join(' ')}".`,
  )}`
}

/** What would lift the client; null where nothing would, or only what is missing anyway. */
function nextLine(decision: TierDecision, say: Say, language: Language): string | null {
  const { next, tier, missing } = decision
  if (!next) return null
  const name = tierLabel(next.tier, language)
  const leaving = next.needs.filter((each) => each.tier === tier && each.result === 'met')
  const line = (each: CriterionResult) => criterionLine(each, say, language)
  if (leaving.length > 0) {
    const what = leaving.map(line).join(say('；', '; '))
    return say(
      `消除后可到 **${name}**：${what}。`,
      `To become **${name}**, this must end: ${what}.`,
    )
  }
  const failed = next.needs.filter(({ result }) => result === 'failed')
  const unknown = next.needs.filter(({ result }) => result === 'unknown')
  const told = unknown.every((each) => each.missing.every((fact) => missing.includes(fact)))
  if (failed.length === 0 && told) {
    return say(`补齐并达标即可升到 **${name}**。`, `Filled in and met, they lead to **${name}**.`)
  }
  const more = unknown.length
  return [
    say(`升到 **${name}** 还需：`, `To become **${name}**: `),
    failed.map((each) => `✗ ${line(each)}`).join(say('；', '; ')),
    more > 0 &&
      say(
        `${failed.length > 0 ? '；' : ''}${more} 项待登记`,
        `${failed.length > 0 ? '; ' : ''}${more} to be recorded`,
      ),
  ]
    .filter(Boolean)
    .join('')
}

/** The value of a criterion; of one on several facts by which way it is met, or what is missing. */
function valueText(
  { fact, value, through, missing }: CriterionResult,
  say: Say,
  language: Language,
): string {
  if (fact !== null && value !== null) return sayFact(fact, value, say, language)
  if (through) return through[language]
  if (fact !== null || missing.length === 0) return '—'
  const names = factNames(missing, say, language)
  return say(`缺 ${names}`, `missing: ${names}`)
}

/** Every criterion of every tier, with value and limit. */
export function fullCard(answer: TierAnswer): Card {
  const { decision, language } = answer
  const say = speaker(language)
  const blocks: Block[] = [
    { kind: 'text', text: [verdict(answer, say), ...openMove(answer, say)].join('\n') },
    {
      kind: 'table',
      columns: [
        say('条件', 'Criterion'),
        say('结果', 'Result'),
        say('值', 'Value'),
        say('要求', 'Limit'),
      ],
      rows: decision.criteria.map((each) => [
        `${each.id} ${each.label[language]}`,
        MARK[each.result],
        valueText(each, say, language),
        each.by === null ? '—' : limitText(each, say, language),
      ]),
    },
  ]
  const { assumed } = decision
  if (assumed.length > 0) {
    blocks.push({
      kind: 'text',
      text: say(
        `${assumed.length} 项不良记录没有登记，按"无"计。`,
        `${assumed.length} adverse facts are not recorded and count as absent.`,
      ),
    })
  }
  return { title: titleOf(answer), blocks }
}
