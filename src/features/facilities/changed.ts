import type { Day } from '../../core/calendar/time.ts'
import type { Queries } from '../../infra/database/index.ts'
import { playbookOn } from '../playbook/store.ts'
import { thankForConfirmed } from '../referrals/entries/tell-granted.ts'
import { generate } from '../tasks/care/store.ts'
import { endSettled } from '../tasks/contact/settled.ts'
import { leaveProspectClass } from '../tiers/leave-prospect-class.ts'
import { retier } from '../tiers/retier.ts'
import { confirmClaims } from './claims/store.ts'
import { type Changing, type KindMove, writeCredit, writeKinds } from './credit/store.ts'
import { type ConfirmedFacility, saveEnd, saveFacilities } from './store.ts'
import { keepFacilities } from './taken-back/store.ts'

/**
 * What follows after facilities of these clients were put on file, changed or ended, by whatever door:
 * limit and usage as facts with their day, what else the client's row says of its credit, and what the
 * client is. One that holds a facility is an existing client, its first tier is decided, its care begins,
 * the claims that it confirms are confirmed, and the referrer is thanked; one whose last is settled has
 * lapsed. Whoever is without a facility on file is left as they are. Resolves to who became what.
 * A few statements however many clients there are; so many at a time as one may lock (5000).
 */
export async function facilitiesChanged(
  tx: Queries,
  clientIds: readonly string[],
  by: Changing,
): Promise<readonly KindMove[]> {
  if (clientIds.length === 0) return []
  const { at, actId } = by
  await tx.$queryRaw`
    select count(*)::int from (
      select 1 from client where id = any(${[...clientIds]}::uuid[]) order by id for no key update
    ) as locked`
  await writeCredit(tx, clientIds, by)
  const moves = await writeKinds(tx, clientIds, at)
  await retier(tx, clientIds, at.today)
  await leaveProspectClass(tx, idsOf(moves, 'existing'), at.today)
  await endSettled(tx, idsOf(moves, 'lapsed'), actId, at.now)
  const confirmed = await confirmClaims(tx, clientIds)
  if (by.bank.tellsReferrerOfGrant) {
    await thankForConfirmed(tx, [...new Set([...confirmed, ...idsOf(moves, 'existing')])], by)
  }
  await generate(tx, await playbookOn(tx, at.today), at, { clients: clientIds }, actId)
  return moves
}

/**
 * Puts facilities on file, over those of the same account, with everything that follows; what stood there
 * is kept for undo. Resolves to how many were written: one whose account another client holds is not.
 */
export async function putFacilities(
  tx: Queries,
  facilities: readonly ConfirmedFacility[],
  by: Changing,
): Promise<number> {
  const clientIds = [...new Set(facilities.map(({ clientId }) => clientId))]
  if (by.actId) await keepFacilities(tx, clientIds, by.actId)
  const saved = await saveFacilities(tx, facilities, { ...by, now: by.at.now })
  await facilitiesChanged(tx, clientIds, by)
  return saved.length
}

/** Writes another end of a facility, with everything that follows; what stood there is kept for undo. */
export async function moveEnd(
  tx: Queries,
  { id, clientId }: { readonly id: string; readonly clientId: string },
  endsOn: Day,
  by: Changing & { readonly actId: string },
): Promise<void> {
  await keepFacilities(tx, [clientId], by.actId)
  await saveEnd(tx, id, endsOn)
  await facilitiesChanged(tx, [clientId], by)
}

const idsOf = (moves: readonly KindMove[], to: KindMove['to']): string[] =>
  moves.flatMap((move) => (move.to === to ? [move.clientId] : []))
