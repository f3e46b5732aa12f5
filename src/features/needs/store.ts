import type { Day } from '../../core/calendar/time.ts'
import type { Product } from '../../core/catalogue.ts'
import { newId } from '../../core/ids.ts'
import { toYuan } from '../../infra/database/columns.ts'
import { secret } from '../../infra/database/encryption/secret.ts'
import type { Queries } from '../../infra/database/index.ts'
import { idsOf } from '../../infra/database/raw-statements.ts'
import { LATEST, rowsPerClient } from '../clients/per-client.ts'
import type { Urgency } from '../playbook/rules.ts'

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
      ${need.urgency}, ${secret('note', need.note)}, ${now}::timestamptz, ${need.campaignId}::uuid)`
}

/** Withdraws the needs that an act noted. */
export async function needsBack(tx: Queries, actId: string): Promise<void> {
  await tx.$executeRaw`update need set status = 'withdrawn' where act_id = ${actId}::uuid`
}

/** Withdraws what an act noted for one client, but for what a department has on a list. */
export async function withdrawNeeds(
  tx: Queries,
  actId: string,
  clientId: string,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    update need set status = 'withdrawn'
    where act_id = ${actId}::uuid and client_id = ${clientId}::uuid and status = 'open'
      and not exists (select from hand_over_row where need_id = need.id)
    returning id::text`
  return rows.map(({ id }) => id)
}

/** What was withdrawn is wanted again. */
export async function needsAgain(tx: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.$executeRaw`update need set status = 'open' where id = any(${ids}::uuid[])`
}

/** A need that is open. */
export interface OpenNeed {
  readonly clientId: string
  /** The code of the product. */
  readonly product: string
  readonly amount: number | null
  readonly wantedOn: Day | null
  /** How far the department is that it was handed over to; null: it was not. */
  readonly handedOver: 'sent' | 'accepted' | null
  /** What the department said of it, a line each; null: nothing. */
  readonly said: string | null
}

type OpenNeedRow = Omit<OpenNeed, 'amount'> & { readonly amount: bigint | null }

/** The open needs of a client, the latest first. */
export const openNeedsOf = rowsPerClient(async (tx, clientIds): Promise<OpenNeed[]> => {
  const rows = await tx.$queryRaw<OpenNeedRow[]>`
    select asked.id::text as "clientId", open.*
    from (select distinct unnest(${idsOf(clientIds)}) as id) as asked
    cross join lateral (
      select product, amount, wanted_on::text as "wantedOn", hand_over_row.status as "handedOver",
        hand_over_row.note as said
      from need left join hand_over_row on need_id = need.id
      where client_id = asked.id and need.status = 'open'
      order by registered_at desc limit ${LATEST}
    ) as open`
  return rows.map((row) => ({ ...row, amount: toYuan(row.amount) }))
})
