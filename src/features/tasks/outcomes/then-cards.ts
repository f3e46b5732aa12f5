import type { Moment } from '../../../bot/moment.ts'
import { sayDay } from '../../../core/calendar/time.ts'
import { daysOffered } from '../../../core/calendar/workdays.ts'
import type { Button } from '../../../core/card.ts'
import { isContact } from '../../../core/outcome.ts'
import { type Language, speaker } from '../../../core/text.ts'
import type { Logged } from './rules.ts'

/** What the note says of somebody who went there: 今天去店里看了, 上门看过; not of who will, or did not. */
const WENT =
  /(?<![没未不再要会想约])(?:[去到](?=[^，。,.]{0,6}(?:店|厂|家|公司|单位|铺|现场|工地))|上门|登门|拜访|走访)[^，。,.]{0,8}[了过]|\b(?:visited|went (?:to|there)|stopped by|was at (?:the|his|her|their) (?:shop|office|factory))\b/i

/**
 * What may be said of an outcome with one more tap: another day, where the playbook's own was taken, and the visit
 * that its note tells of.
 */
export function thenButtons(logged: readonly Logged[], at: Moment, language: Language): Button[] {
  const [only, another] = logged
  if (!only || another) return []
  return [...otherDays(only, at, language), ...visitTold(only, language)]
}

function otherDays({ item, kind, task, next }: Logged, at: Moment, language: Language): Button[] {
  const settled = item.nextDate !== null || item.nextTime !== null || 'none' in next
  if (settled || !isContact(kind.stage) || kind.stage === 'lost') return []
  const say = speaker(language)
  const { outcome, amount, product, also, note } = item
  return daysOffered(at)
    .filter((day) => day !== next.task.dueOn)
    .map((nextDate) => {
      const day = sayDay(nextDate, at.today, language)
      const input = { taskId: task.id, outcome, amount, product, also, note, nextDate }
      return { label: say(`改到${day}`, `On ${day}`), intent: { command: 'log-outcome', input } }
    })
}

const visitTold = ({ item: { note }, task: { clientId } }: Logged, language: Language): Button[] =>
  note !== null && WENT.test(note)
    ? [
        {
          label: speaker(language)('记一次走访', 'Log the visit'),
          intent: { command: 'visit', input: { clientId, note } },
        },
      ]
    : []
