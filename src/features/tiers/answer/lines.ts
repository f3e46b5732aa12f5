import { type Day, sayDay } from '../../../core/calendar/time.ts'
import type { Language, Say } from '../../../core/text.ts'
import { type FactName, type FactValue, factLabel } from '../../tier-rules/facts.ts'
import { approverLabel, sayFact } from '../../tier-rules/labels.ts'
import type { CriterionResult, TierDecision } from '../../tier-rules/rules.ts'
import type { Nomination } from '../nominations/rules.ts'

export const MARK = { met: '✓', failed: '✗', unknown: '?' } as const

/** "年销售额：600万（≥ 500万）"; for what nobody recorded the limit alone. */
export function criterionLine(each: CriterionResult, say: Say, language: Language): string {
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
      : sayFact(each.fact, each.value, say, language)
  return say(`${label}：${value}（${limit}）`, `${label}: ${value} (${limit})`)
}

export function limitText({ fact, by, limit }: CriterionResult, say: Say, language: Language) {
  if (fact === null || limit === null) return '—'
  const shown = (value: FactValue) => sayFact(fact, value, say, language)
  if (by === 'between' && Array.isArray(limit)) return limit.map(shown).join('–')
  if (Array.isArray(limit)) return limit.map(shown).join('/')
  const prefix = by === 'is' ? '' : `${by} `
  return `${prefix}${shown(limit as FactValue)}`
}

/** Reasons that a short answer gives. */
const REASONS = 2

/** Why a client is not in a tier of the ladder any more: what they no longer meet of it. */
export const lostOf = (
  { criteria }: TierDecision,
  from: string | null,
  ladder: readonly string[],
): CriterionResult[] =>
  from !== null && ladder.includes(from)
    ? criteria.filter((each) => each.tier === from && each.result === 'failed').slice(0, REASONS)
    : []

/**
 * The reasons that matter most: what is met of the tier's own criteria, figures before the rest,
 * since they say how near the limit is; where no tier holds, what failed of the lowest one.
 */
export function reasonsOf(
  { tier, criteria }: TierDecision,
  lowest: string | null,
): CriterionResult[] {
  const met = criteria.filter((each) => each.tier === tier && each.result === 'met')
  const weight = ({ by, through }: CriterionResult) =>
    by === '≥' || by === '≤' || by === '>' || by === '<' ? 0 : through ? 1 : 2
  if (met.length > 0) return met.toSorted((a, b) => weight(a) - weight(b)).slice(0, REASONS)
  const failed = criteria.filter((each) => each.tier === lowest && each.result === 'failed')
  return failed.slice(0, REASONS)
}

export const factNames = (names: readonly FactName[], say: Say, language: Language): string =>
  names.map((name) => factLabel(name)[language]).join(say('、', ', '))

/** Who named the client, why, on what evidence, and until when, or how it ended. */
export function namedLine(
  { role, by, reason, evidence, until, ended }: Nomination,
  today: Day,
  say: Say,
): string {
  const zh = [`理由：${reason}`, evidence && `证据：${evidence}`].filter(Boolean).join('；')
  const en = [reason, evidence && `evidence: ${evidence}`].filter(Boolean).join('; ')
  const [named, namedEn] = [
    `${approverLabel(role, 'zh')}${by}`,
    `${by} of ${approverLabel(role, 'en')}`,
  ]
  const on = (day: Day) => [sayDay(day, today, 'zh'), sayDay(day, today, 'en')]
  if (!ended) {
    const [last, lastEn] = on(until)
    return say(
      `${named}指定，到 ${last} 为止（${zh}）。`,
      `Named by ${namedEn} until ${lastEn} (${en}).`,
    )
  }
  const [day, dayEn] = on(ended.by === null ? until : ended.on)
  return ended.by === null
    ? say(
        `${named}的指定 ${day} 到期（${zh}）。`,
        `The nomination by ${namedEn} lapsed; its last day was ${dayEn} (${en}).`,
      )
    : say(
        `${named}的指定 ${day} 由${ended.by}解除（${zh}）。`,
        `The nomination by ${namedEn} was ended by ${ended.by}, ${dayEn} (${en}).`,
      )
}
