import { addDays, type Day } from '../../../core/calendar/time.ts'
import { quoted } from '../../../infra/database/quoted.ts'
import { OWN_LINE } from '../../catalogue/rules.ts'
import type { Playbook } from '../../playbook/rules.ts'
import { type Because, NOW_DAYS } from './priority-rules.ts'
import { byTier, dateOf } from './sql.ts'

/**
 * `weigh` of `care/priority-rules.ts` in SQL, for whole books: what follows `from`, giving
 * `weighed.priority` and `weighed.because`. It reads the columns `base`, `tier`, `due_on`,
 * `entered_on`, `last_contact_on`, `credit_expires_on`, `unused_since` and `wants_now`.
 */
export function weighedSql({ weights, events, tierWeight, care }: Playbook, today: Day): string {
  const on = dateOf(today)
  const quietFor = `(${on} - coalesce(last_contact_on, entered_on))`
  const rhythms = Object.fromEntries(
    weights.keyTiers.map((tier) => [tier, care[tier]?.call ?? null]),
  )
  const when = (test: string | null, weight: number) =>
    test ? `(case when ${test} then ${weight} else 0 end)` : '0'
  const raised: Readonly<Record<Because, string>> = {
    overdue: `least(${weights.overdue.most}, greatest(0, ${on} - due_on) * ${weights.overdue.perDay})`,
    'wants-now': when('wants_now', weights['wants-now']),
    'key-slipping': when(`${quietFor} > ${byTier(rhythms, null)}`, weights['key-slipping']),
    'credit-ends': when(
      events['credit-due'] &&
        `credit_expires_on between ${on} and ${dateOf(addDays(today, events['credit-due'].days))}`,
      weights['credit-ends'],
    ),
    unused: when(events.unused && `${on} - unused_since >= ${events.unused.days}`, weights.unused),
    quiet: when(events.quiet && `${quietFor} >= ${events.quiet.days}`, weights.quiet),
  }
  const words = Object.keys(raised) as Because[]
  const columns = words.map((word, index) => `${raised[word]} as w${index}`)
  const sum = words.map((_, index) => `w${index}`)
  const most = `greatest(${sum.join(', ')})`
  const first = words.map((word, index) => `when ${most} = w${index} then ${quoted(word)}`)
  return `
    cross join lateral (select ${columns.join(', ')} offset 0) as raised
    cross join lateral (select
      greatest(0, least(100, base + ${sum.join(' + ')} + ${byTier(tierWeight, 0)})) as priority,
      case when ${most} <= 0 then null ${first.join(' ')} end as because
    ) as weighed`
}

/** The clients with an open need that is urgent or wanted within a week, as `hot (client_id)`. */
export const hotSql = (today: Day): string => `(
    select distinct client_id from need
    where status = 'open' and line = ${quoted(OWN_LINE)} and (urgency = 'urgent'
      or wanted_on between ${dateOf(today)} and ${dateOf(addDays(today, NOW_DAYS))})
  ) as hot`
