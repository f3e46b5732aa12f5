import type { Queries } from '../../../infra/database/index.ts'
import { retier } from '../retier.ts'
import { type NewNomination, nameClients } from './store.ts'

/** Clients named for exit by risk; their moves into F wait for the approval of somebody else of risk. */
export async function nameByRisk(
  tx: Queries,
  nominations: readonly NewNomination[],
  by: Parameters<typeof nameClients>[3],
): Promise<void> {
  await nameClients(tx, 'risk', nominations, by)
  const ids = nominations.map(({ clientId }) => clientId)
  await retier(tx, ids, by.today)
}
