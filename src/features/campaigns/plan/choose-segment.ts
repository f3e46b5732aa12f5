import { type Refusal, refuse } from '../../../core/decision.ts'
import type { Actor } from '../../../core/staff.ts'
import type { Queries } from '../../../infra/database/index.ts'
import type { ClientFilter } from '../../clients/filter/rules.ts'
import { segmentNamed, segmentsSeenBy } from '../../clients/segments/store.ts'
import type { Campaign } from '../rules.ts'
import { isGoing } from './change-running.ts'

/**
 * The conditions of the segment that a plan names; none where it names none. A plan that has started keeps those it
 * started with, and one whose segment is gone, or is not seen by whoever changes it, those that it has.
 */
export async function conditionsNamed(
  tx: Queries,
  who: Actor,
  name: string | null,
  before: Campaign | null,
): Promise<ClientFilter | Refusal> {
  if (!name) return []
  const kept = before?.segment === name ? before.filter : null
  if (before && kept && isGoing(before)) return kept
  const segment = await segmentNamed(tx, who, name)
  return (
    segment?.filter ??
    kept ??
    refuse(
      `没有叫"${name}"的客群。发"客群"看有哪些，或先存一个：保存客群 ${name} B类 60天未联系。`,
      `There is no segment "${name}". Say "segments" for those there are, or keep one first: save segment ${name} tier B.`,
    )
  )
}

/** The names that a planner may choose from: those they see, and what the plan has. */
export async function segmentNames(
  tx: Queries,
  who: Actor,
  campaign: Campaign | null,
): Promise<readonly string[]> {
  const seen = (await segmentsSeenBy(tx, who)).map(({ name }) => name)
  return [...new Set([...(campaign?.segment ? [campaign.segment] : []), ...seen])]
}
