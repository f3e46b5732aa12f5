import { sayYuan } from '../../core/money.ts'
import { type Language, type Say, type Text, text } from '../../core/text.ts'
import { type FactName, type FactValue, factKind, type IndustryClass } from './facts.ts'
import { type ApproverRole, tierLabel } from './rules.ts'

export const INDUSTRY_LABEL: Readonly<Record<IndustryClass, Text>> = {
  promising: text('前景好', 'promising'),
  neutral: text('一般', 'neutral'),
  cautious: text('审慎', 'cautious'),
  barred: text('禁入', 'barred'),
}

/** A recorded value as people say it: 320万, 60%, 41 个月, 是. */
export function sayFact(fact: FactName, value: FactValue, say: Say, language: Language): string {
  if (typeof value === 'boolean') return value ? say('是', 'yes') : say('否', 'no')
  if (typeof value === 'string') return INDUSTRY_LABEL[value as IndustryClass]?.[language] ?? value
  switch (factKind(fact)) {
    case 'yuan':
      return sayYuan(value, language)
    case 'ratio':
      return `${Number((value * 100).toFixed(1))}%`
    case 'months':
      return say(`${value} 个月`, `${value} months`)
    case 'age':
      return say(`${value} 岁`, `${value}`)
    default:
      return `${value}`
  }
}

/** The department that decides a move. */
export const approverLabel = (role: ApproverRole | null, language: Language): string =>
  (role === 'risk' ? text('风险部门', 'risk') : text('营销部门', 'marketing'))[language]

/** A reason in brackets; nothing where none was given. */
export const noted = (reason: string | null, say: Say): string =>
  reason ? say(`（${reason}）`, ` (${reason})`) : ''

/** The tier in force with the one that waits for approval: "B 潜力（A 待批）"; null without one. */
export function tierWithPending(
  { tier, pendingTier }: { readonly tier: string | null; readonly pendingTier: string | null },
  language: Language,
): string | null {
  if (tier === null) return null
  const held = tierLabel(tier, language)
  if (pendingTier === null) return held
  return language === 'zh' ? `${held}（${pendingTier} 待批）` : `${held} (${pendingTier} waits)`
}
