import type { Day } from '../../core/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { monthOf, type Progress } from './rules.ts'
import { progressOf } from './store.ts'

/**
 * How far people or units have come with this month's quotas, by their id; who has none is left out.
 */
export const quotaProgress = (
  tx: Queries,
  holders: readonly string[],
  today: Day,
): Promise<Map<string, Progress[]>> => progressOf(tx, holders, monthOf(today))
