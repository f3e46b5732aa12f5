import type { Block, Card } from '../../core/card.ts'
import { sayYuan } from '../../core/money.ts'
import { type Language, type Say, speaker } from '../../core/text.ts'
import type { Day } from '../../core/time.ts'
import { type FactName, type FactValue, factLabel } from './facts.ts'
import { type CriterionResult, type TierDecision, tierLabel } from './rules.ts'

export interface TierCardFacts {
  readonly name: string
  readonly businessName: string | null
  readonly clientId: string
  readonly standardVersion: number
  /** Since when the tier in force holds; null before the first decision. */
  readonly since: Day | null
  readonly language: Language
  /** With every criterion of every tier. */
  readonly full: boolean
}

/** The tier, why, what is missing, and what would lift the client. */
export function tierCard(decision: TierDecision, facts: TierCardFacts): Card {
  const { language } = facts
  const say = speaker(language)
  const { tier, provisional, missing, criteria, next, assumed } = decision
  const blocks: Block[] = [{ kind: 'text', text: verdict(decision, facts, say) }]
  const own = criteria.filter((each) => each.tier === tier && each.result === 'met')
  if (own.length > 0) {
    const items = own.map((each) => ({ text: `✓ ${criterionLine(each, say, language)}` }))
    blocks.push({ kind: 'list', heading: say('依据', 'Because'), items })
  }
  if (provisional) blocks.push({ kind: 'text', text: missingLine(missing, say, language) })
  if (next) {
    const leaving = criteria.some(
      (each) => each.tier === tier && next.needs.includes(each) && each.result === 'met',
    )
    const name = tierLabel(next.tier, language)
    blocks.push({
      kind: 'list',
      heading: leaving
        ? say(`消除后可到 ${name}`, `To become ${name}, this must end`)
        : say(`升到 ${name} 还需`, `To become ${name}`),
      items: next.needs.map((each) => ({
        text: `${leaving ? '' : MARK[each.result]} ${criterionLine(each, say, language)}`.trim(),
      })),
    })
  }
  if (assumed.length > 0) {
    blocks.push({
      kind: 'text',
      text: say(
        `${assumed.length} 项不良记录没有登记，按"无"计。`,
        `${assumed.length} adverse facts are not recorded and count as absent.`,
      ),
    })
  }
  if (facts.full) blocks.push(everyCriterion(criteria, say, language))
  else {
    const input = { clientId: facts.clientId, full: true }
    const label = say('全部条件', 'All criteria')
    blocks.push({ kind: 'buttons', buttons: [{ label, intent: { command: 'tier', input } }] })
  }
  return { title: [facts.name, facts.businessName].filter(Boolean).join(' · '), blocks }
}

const MARK = { met: '✓', failed: '✗', unknown: '?' } as const

function verdict({ tier, provisional }: TierDecision, facts: TierCardFacts, say: Say): string {
  const name = `**${tierLabel(tier, facts.language)}**`
  return [
    provisional ? say(`${name}（暂定）`, `${name} (provisional)`) : name,
    facts.since && say(`自 ${facts.since} 起`, `since ${facts.since}`),
    say(`标准第 ${facts.standardVersion} 版`, `standard version ${facts.standardVersion}`),
  ]
    .filter(Boolean)
    .join(' · ')
}

const missingLine = (missing: readonly FactName[], say: Say, language: Language): string => {
  const names = missing.map((name) => factLabel(name)[language]).join(say('、', ', '))
  return say(
    `还缺 ${missing.length} 项，补上后分层可能变化：${names}。`,
    `${missing.length} facts are missing and may change the tier: ${names}.`,
  )
}

/** "年销售额 600万(≥ 500万)"; for what nobody recorded the limit alone. */
function criterionLine(each: CriterionResult, say: Say, language: Language): string {
  const label = each.label[language]
  if (each.fact === null || each.by === null) {
    const names = each.missing.map((name) => factLabel(name)[language]).join(say('、', ', '))
    const { through } = each
    if (through) return say(`${label}：${through.zh}`, `${label}: ${through.en}`)
    return names ? say(`${label}（缺：${names}）`, `${label} (missing: ${names})`) : label
  }
  if (each.by === 'is' || each.by === 'one-of') {
    return each.result === 'unknown' ? say(`${label}（未登记）`, `${label} (not recorded)`) : label
  }
  const limit = limitText(each, say, language)
  const value =
    each.value === null
      ? say('未登记', 'not recorded')
      : valueText(each.fact, each.value, say, language)
  return say(`${label}：${value}（${limit}）`, `${label}: ${value} (${limit})`)
}

function everyCriterion(criteria: readonly CriterionResult[], say: Say, language: Language): Block {
  return {
    kind: 'table',
    columns: [
      say('条件', 'Criterion'),
      say('结果', 'Result'),
      say('值', 'Value'),
      say('要求', 'Limit'),
    ],
    rows: criteria.map((each) => [
      `${each.id} ${each.label[language]}`,
      MARK[each.result],
      each.fact === null || each.value === null
        ? '—'
        : valueText(each.fact, each.value, say, language),
      each.by === null ? '—' : limitText(each, say, language),
    ]),
  }
}

function limitText({ fact, by, limit }: CriterionResult, say: Say, language: Language): string {
  if (fact === null || limit === null) return '—'
  const shown = (value: FactValue) => valueText(fact, value, say, language)
  if (by === 'between' && Array.isArray(limit)) return limit.map(shown).join('–')
  if (Array.isArray(limit)) return limit.map(shown).join('/')
  const prefix = by === 'is' ? '' : `${by} `
  return `${prefix}${shown(limit as FactValue)}`
}

const YUAN: ReadonlySet<FactName> = new Set([
  'netAssets',
  'annualSales',
  'annualInvoiced',
  'homeValue',
  'carValue',
  'homeMarketValue',
  'savings',
  'policyValue',
  'creditLimit',
])
const RATIO: ReadonlySet<FactName> = new Set(['debtRatio', 'collateralLtv', 'usageRate'])
const MONTHS: ReadonlySet<FactName> = new Set(['monthsOperating', 'mortgageMonthsPaid'])

function valueText(fact: FactName, value: FactValue, say: Say, language: Language): string {
  if (typeof value === 'boolean') return value ? say('是', 'yes') : say('否', 'no')
  if (typeof value === 'string') return INDUSTRY[value]?.[language] ?? value
  if (YUAN.has(fact)) return sayYuan(value, language)
  if (RATIO.has(fact)) return `${Number((value * 100).toFixed(1))}%`
  if (MONTHS.has(fact)) return say(`${value} 个月`, `${value} months`)
  return fact === 'age' ? say(`${value} 岁`, `${value}`) : `${value}`
}

const INDUSTRY: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  promising: { zh: '前景好', en: 'promising' },
  neutral: { zh: '一般', en: 'neutral' },
  cautious: { zh: '审慎', en: 'cautious' },
  barred: { zh: '禁入', en: 'barred' },
}
