import { newId } from '../../core/ids.ts'
import type { Day } from '../../core/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import type { Urgency } from '../tasks/playbook.ts'
import type { Product } from './rules.ts'

export interface NewNeed {
  readonly clientId: string
  readonly product: Product
  readonly amount: number | null
  readonly wantedOn: Day | null
  readonly urgency: Urgency
  readonly note: string | null
  /** The campaign in which it was found; null outside of one. */
  readonly campaignId: string | null
}

/** Registers a need; whoever undoes the act withdraws it. */
export async function insertNeed(
  tx: Queries,
  need: NewNeed,
  by: { readonly staffId: string; readonly actId: string },
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    insert into need (id, act_id, client_id, registered_by, product, line, amount, wanted_on,
      urgency, note, registered_at, campaign_id)
    values (${newId()}::uuid, ${by.actId}::uuid, ${need.clientId}::uuid, ${by.staffId}::uuid,
      ${need.product.code}, ${need.product.line}, ${need.amount}::bigint, ${need.wantedOn}::date,
      ${need.urgency}, ${need.note}, ${now}::timestamptz, ${need.campaignId}::uuid)`
}

/** Withdraws the needs that an act noted. */
export async function needsBack(tx: Queries, actId: string): Promise<void> {
  await tx.$executeRaw`update need set status = 'withdrawn' where act_id = ${actId}::uuid`
}
