import { type Day, sayDay } from '../../../core/calendar/time.ts'
import type { Language, Say } from '../../../core/text.ts'
import { type FactName, factLabel } from '../../tier-rules/facts.ts'
import { approverLabel, noted, sayFact } from '../../tier-rules/labels.ts'
import { tierLabel } from '../../tier-rules/rules.ts'
import type { Move } from './rules.ts'

/** Facts that a line names as the cause of a move at most. */
const MOST_CAUSES = 3

/**
 * What brought a move about (a first tier has no cause): a newer version of the standard, or the
 * facts that differ from the move before, those first that somebody recorded on that day; empty
 * where nothing on file tells.
 */
export function causeOf(move: Move, before: Move | null, say: Say, language: Language): string {
  if (move.from === null) return ''
  if (before && before.version < move.version) {
    return say(`标准第 ${move.version} 版生效`, `standard version ${move.version}`)
  }
  const [then, now] = [before?.facts, move.facts ?? {}]
  const known = Object.keys({ ...then, ...now }) as FactName[]
  const differing = then
    ? known.filter((fact) => (now[fact] ?? null) !== (then[fact] ?? null))
    : known
  const recorded = differing.filter((fact) => move.recorded.includes(fact))
  // Counted facts differ from day to day, so that without the move before only what was recorded tells.
  const names = recorded.length > 0 || !then ? recorded : differing
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

/** What a move is called while it waits or after it was decided; empty for one that held at once. */
export function decidedNote(move: Move, today: Day, say: Say, language: Language): string {
  const by = move.decidedBy ?? ''
  const on = move.decidedOn ? sayDay(move.decidedOn, today, language) : ''
  switch (move.status) {
    case 'pending':
      return say(
        `待${approverLabel(move.approver, 'zh')}审批`,
        `waiting for ${approverLabel(move.approver, 'en')}`,
      )
    case 'rejected':
      return say(
        `${by} ${on}驳回：${move.reason ?? ''}`,
        `rejected by ${by} ${on}: ${move.reason ?? ''}`,
      )
    case 'superseded':
      return say('审批前已有新的判定', 'something newer came before it was decided')
    case 'applied':
      if (!move.approver) return ''
      return say(`${by} ${on}批准`, `approved by ${by} ${on}`) + noted(move.reason, say)
  }
}
