import type { Moment } from '../../bot/moment.ts'
import type { Queries } from '../../infra/database/index.ts'
import { monthOf, type Progress } from './rules.ts'
import { progressOf } from './store.ts'

/**
 * How far people or units have come with this month's quotas, by their id; who has none is left out.
 */
export const quotaProgress = (
  tx: Queries,
  holders: readonly string[],
  { today, timezone }: Pick<Moment, 'today' | 'timezone'>,
): Promise<Map<string, Progress[]>> => progressOf(tx, holders, monthOf(today), timezone)
