import type { Language, Say } from '../../../core/text.ts'
import { type Day, sayDay } from '../../../core/time.ts'
import { type FactName, factLabel } from '../facts.ts'
import { sayFact } from '../labels.ts'
import { tierLabel } from '../rules.ts'
import type { Move } from './rules.ts'

/** Facts that a line names as the cause of a move at most. */
const MOST_CAUSES = 3

/**
 * What brought a move about: a newer version of the standard, the facts recorded on that day, or
 * those that differ from the move before; empty where nothing on file tells.
 */
export function causeOf(move: Move, before: Move | null, say: Say, language: Language): string {
  if (before && before.version < move.version) {
    return say(`标准第 ${move.version} 版生效`, `standard version ${move.version}`)
  }
  const then = before?.facts
  const differing = then
    ? (Object.keys(move.facts ?? {}) as FactName[]).filter(
        (fact) => move.facts?.[fact] !== then[fact],
      )
    : []
  const names = move.recorded.length > 0 ? move.recorded : differing
  return names
    .slice(0, MOST_CAUSES)
    .map((fact) => {
      const value = move.facts?.[fact] ?? null
      const label = factLabel(fact)[language]
      return value === null ? label : `${label} ${sayFact(fact, value, say, language)}`
    })
    .join(say('、', ', '))
}

/** "11月20日 D 普惠 → B 潜力（房产 120万）". */
export function movedLine(
  move: Move,
  before: Move | null,
  today: Day,
  say: Say,
  language: Language,
): string {
  const cause = causeOf(move, before, say, language)
  const from = move.from ? tierLabel(move.from, language) : say('首次', 'first')
  const path = `${from} → ${tierLabel(move.to, language)}`
  return `${sayDay(move.on, today, language)} ${path}${cause && say(`（${cause}）`, ` (${cause})`)}`
}
