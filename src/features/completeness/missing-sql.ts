import type { Day } from '../../core/calendar/time.ts'
import { keptSql, quoted } from '../../infra/database/quoted.ts'
import type { Standard } from '../tier-rules/standard.ts'
import type { Standards } from '../tiers/batch/apply-tiers.ts'
import { conditionSql } from '../tiers/batch/tier-sql.ts'
import { type Item, itemsOf } from './rules.ts'

/** The columns of `client` that the basics of a file stand in. */
const BASIC_COLUMNS: Readonly<Record<string, string>> = {
  phone: 'client.phone',
  address: 'client.address',
  idNumber: 'client.id_number',
}

/**
 * The keys of what is missing on a file, as an array, over `client` and `facts` (its row of
 * `client_facts`, or nulls). A question is answered when its condition is not unknown, which SQL's null is.
 */
export const missingSql = ({ existing, prospect }: Standards, today: Day): string =>
  ofBoth(existing, prospect, today)

const ofBoth = keptSql(
  (existing: Standard, prospect: Standard, today: Day) =>
    `case client.kind when 'prospect' then ${missing(prospect, today)} else ${missing(existing, today)} end`,
)

function missing(standard: Standard, today: Day): string {
  const open = (item: Item): string =>
    item.conditions
      ? item.conditions
          .map((condition) => `(${conditionSql(condition, standard, today)}) is null`)
          .join(' or ')
      : `${BASIC_COLUMNS[item.key]} is null`
  const cases = itemsOf(standard).map(
    (item) => `case when ${open(item)} then ${quoted(item.key)} end`,
  )
  return `array_remove(array[${cases.join(', ')}]::text[], null)`
}
