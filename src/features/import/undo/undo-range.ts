import type { Moment } from '../../../bot/moment.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { takeBackChanges } from '../../clients/file/store.ts'
import { restoreFacilities } from '../../facilities/taken-back/store.ts'
import { restoreFacts } from '../../tiers/entry/store.ts'
import { retier } from '../../tiers/retier.ts'
import { takeBackEvents } from '../history/write-store.ts'
import {
  keepOfStaying,
  markBuiltUpon,
  markChangedSince,
  takeBackRest,
  takeBackTasks,
  takeOff,
} from './store.ts'

/**
 * Takes back one act of an import: clients whom it entered go, what it changed is as it was. Whoever something was
 * built upon stays, and their rows say why.
 */
export async function undoRange(
  tx: Queries,
  {
    importId,
    actId,
    yes,
  }: { readonly importId: string; readonly actId: string; readonly yes: string },
  at: Moment,
): Promise<void> {
  await takeBackEvents(tx, actId, at.now)
  const staying = await markBuiltUpon(tx, importId, actId)
  if (staying.length > 0) await keepOfStaying(tx, staying, { actId, yes })
  await markChangedSince(tx, importId, actId)
  const restored = await restoreFacilities(tx, actId, at)
  await takeBackTasks(tx, restored, { actId, yes }, at.now)
  await takeBackChanges(tx, actId, at.now)
  await restoreFacts(tx, actId, at)
  await takeBackRest(tx, importId, actId)
  const changed = await takeOff(tx, importId, actId)
  if (changed.length > 0) await retier(tx, changed, at.today)
  await tx.$executeRaw`
    update act set undone_at = ${at.now}::timestamptz where id = ${actId}::uuid`
}
