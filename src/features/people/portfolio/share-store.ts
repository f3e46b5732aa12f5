import { keepSnapshot, snapshotsOf } from '../../../bot/commands/undo-snapshot.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { TOGETHER } from '../../staff/store.ts'

/** Somebody who serves a client besides its owner. */
export interface Share {
  readonly staffId: string
  /** They get the client first when the owner leaves. */
  readonly backup: boolean
}

export const sharesOf = (tx: Queries, clientId: string): Promise<Share[]> =>
  tx.$queryRaw<Share[]>`
    select staff_id as "staffId", backup from share where client_id = ${clientId}::uuid`

/** Whom a client is shared with from now on, and, for `undo`, was before. */
export async function changeShares(
  tx: Queries,
  clientId: string,
  { before, after }: { readonly before: readonly Share[]; readonly after: readonly Share[] },
  actId: string,
): Promise<void> {
  await keepSnapshot(tx, actId, 'shares', clientId, before)
  await writeShares(tx, clientId, after)
}

/** Who left meanwhile, or went to another branch, gets nothing back. */
async function writeShares(tx: Queries, clientId: string, shares: readonly Share[]): Promise<void> {
  await tx.$executeRaw`delete from share where client_id = ${clientId}::uuid`
  await tx.$executeRaw`
    insert into share (client_id, staff_id, backup)
    select ${clientId}::uuid, other.id, backup
    from jsonb_to_recordset(${JSON.stringify(shares)}::jsonb) as kept ("staffId" uuid, backup bool)
    join staff as other on other.id = "staffId"
    join client on client.id = ${clientId}::uuid join staff as owner on owner.id = owner_id
    where ${TOGETHER}`
}

/** Takes back what an act changed of shares; resolves to those who no longer have one. */
export async function sharesBack(
  tx: Queries,
  actId: string,
): Promise<{ readonly staffId: string; readonly client: string }[]> {
  const ended: { staffId: string; client: string }[] = []
  for (const { clientId, before } of await snapshotsOf<Share[]>(tx, actId, 'shares')) {
    const { name } = await tx.client.findUniqueOrThrow({ where: { id: clientId } })
    const was = new Set(before.map(({ staffId }) => staffId))
    for (const { staffId } of await sharesOf(tx, clientId)) {
      if (!was.has(staffId)) ended.push({ staffId, client: name })
    }
    await writeShares(tx, clientId, before)
  }
  return ended
}
