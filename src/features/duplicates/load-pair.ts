import { z } from 'zod'
import type { Asker } from '../../bot/policy.ts'
import type { Refusal } from '../../core/decision.ts'
import type { Queries } from '../../infra/database/index.ts'
import { notFound } from '../clients/rules.ts'
import { findVisible } from '../clients/store.ts'
import type { Pair } from './rules.ts'

/** Two clients by their ids: which file stays, and which goes. */
export const pairRef = z.object({ keptId: z.uuid(), mergedId: z.uuid() })
export type PairRef = z.infer<typeof pairRef>

/** Both, if they are within reach. */
export async function loadPair(
  tx: Queries,
  { keptId, mergedId }: PairRef,
  asker: Asker,
): Promise<Pair | Refusal> {
  const kept = await findVisible(tx, asker, keptId)
  const merged = await findVisible(tx, asker, mergedId)
  return kept && merged ? { kept, merged } : notFound('—')
}
