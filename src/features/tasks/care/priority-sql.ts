import { addDays, type Day } from '../../../core/calendar/time.ts'
import { quoted } from '../../../infra/database/quoted.ts'
import { OWN_LINE } from '../../catalogue/rules.ts'
import { WORTHS, type Worth } from '../../clients/filter/rules.ts'
import type { Playbook } from '../../playbook/rules.ts'
import { type Because, NOW_DAYS } from './priority-rules.ts'
import { byTier, dateOf } from './sql.ts'

/**
 * `weigh` of `care/priority-rules.ts` in SQL, for whole books: what follows `from`, giving
 * `weighed.priority` and `weighed.because`. It reads the columns `base`, `tier`, `due_on`,
 * `entered_on`, `last_contact_on`, `credit_expires_on`, `unused_since`, `wants_now` and those of
 * `WORTH_COLUMNS`.
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
    worth: worthSql(weights),
  }
  const words = Object.keys(raised) as Because[]
  const columns = words.map((word, index) => `${raised[word]} as w${index}`)
  const sum = words.map((_, index) => `w${index}`)
  const told = words.map((word, index) =>
    word === 'worth' ? when(`w${index} = ${weights.worth.most}`, weights.worth.most) : `w${index}`,
  )
  const most = `greatest(${told.join(', ')})`
  const first = words.map((word, index) => `when ${most} = ${told[index]} then ${quoted(word)}`)
  return `
    cross join lateral (select ${columns.join(', ')} offset 0) as raised
    cross join lateral (select
      greatest(0, least(100, base + ${sum.join(' + ')} + ${byTier(tierWeight, 0)})) as priority,
      case when ${most} <= 0 then null ${first.join(' ')} end as because
    ) as weighed`
}

/** What tells what a client brings, of `client_facts`. */
export const WORTH_COLUMNS = 'credit_limit, usage_rate, deposits, yearly_income'

const WORTH: Readonly<Record<Worth, string>> = {
  balance: 'credit_limit::float8 * usage_rate',
  deposits: 'deposits::float8',
  income: 'yearly_income::float8',
}

/** `worthPoints` in SQL, in the same arithmetic of doubles. */
function worthSql({ worth }: Playbook['weights']): string {
  const points = WORTHS.flatMap((part) => {
    const full = worth[part]
    const yuan = `floor(coalesce(${WORTH[part]}, 0) + 0.5)`
    return full === null ? [] : [`floor(${worth.most} * least(${full}, ${yuan}) / ${full})::int`]
  })
  return worth.most === 0 ? '0' : `greatest(${['0', ...points].join(', ')})`
}

/** The clients with an open need that is urgent or wanted within a week, as `hot (client_id)`. */
export const hotSql = (today: Day): string => `(
    select distinct client_id from need
    where status = 'open' and line = ${quoted(OWN_LINE)} and (urgency = 'urgent'
      or wanted_on between ${dateOf(today)} and ${dateOf(addDays(today, NOW_DAYS))})
  ) as hot`
