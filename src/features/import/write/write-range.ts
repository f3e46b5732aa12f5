import type { Moment } from '../../../bot/moment.ts'
import type { BankSetting } from '../../../bot/services.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { ensureNames } from '../../registers/store.ts'
import { erasedAmong } from '../../risk/erased-store.ts'
import { listedAmong, screen } from '../../risk/screen.ts'
import { openEntryTasks } from '../../tasks/entry-tasks.ts'
import { leaveProspectClass } from '../../tiers/leave-prospect-class.ts'
import { retier } from '../../tiers/retier.ts'
import { compareRows } from '../check/compare-store.ts'
import { forgetAgain, lookInto, matchRows, type Range } from '../check/match-store.ts'
import type { Importer } from '../rules.ts'
import { addNotes, addPhones, changeClients, keepColumns, writeFacts } from './changes-store.ts'
import { type By, insertClients, placesIn, spellNames } from './clients-store.ts'
import { writeFacilities, writeHeld } from './holdings-store.ts'
import { changedClients, markWritten } from './rows-store.ts'

export interface Writing {
  readonly importer: Importer
  readonly actId: string
  readonly at: Moment
  readonly bank: BankSetting
  /** What every feature does with clients who came on file. */
  clientEntered(tx: Queries, clientIds: readonly string[]): Promise<void>
}

/**
 * Looks through a range of rows once more, as much may have happened since it was shown, and writes what is to be
 * written: first those that are the first of their client, then those that say more of the same.
 */
export async function writeRange(tx: Queries, range: Range, writing: Writing): Promise<void> {
  const { hashes, passes } = await lookInto(tx, range)
  const listed = await listedAmong(tx, hashes)
  const erased = await erasedAmong(tx, hashes)
  if (passes.includes(true)) await forgetAgain(tx, range)
  for (const again of passes) {
    await matchRows(tx, range, writing.importer, { listed, erased, again })
    await compareRows(tx, range, again)
    await writePass(tx, range, writing)
  }
}

async function writePass(tx: Queries, range: Range, writing: Writing): Promise<void> {
  const { importer, actId, at, bank } = writing
  const by: By = { staffId: importer.staffId, actId, now: at.now }
  for (const [register, names] of await placesIn(tx, range)) {
    await ensureNames(tx, register, names, by)
  }
  const spelt = await spellNames(tx, range)
  const entered = await insertClients(tx, range, spelt, by)
  await keepColumns(tx, range, by)
  await changeClients(tx, range, spelt, at.today)
  await addPhones(tx, range, by)
  await writeFacts(tx, range, by)
  await writeHeld(tx, range, by)
  await addNotes(tx, range, by)
  await writeFacilities(tx, range, { ...by, at, bank })
  const { ids, numbers, moved } = await changedClients(tx, range)
  await markWritten(tx, range, actId)
  if (entered.length > 0) {
    await writing.clientEntered(tx, entered)
    await openEntryTasks(tx, entered, actId, at)
  }
  if (numbers.length > 0) await screen(tx, bank, numbers)
  if (ids.length > 0) await retier(tx, ids, at.today)
  await leaveProspectClass(tx, moved, at.today)
}
