import type { Services } from '../../../bot/services.ts'
import type { Day } from '../../../core/calendar/time.ts'
import { text } from '../../../core/text.ts'
import type { Queries } from '../../../infra/database/index.ts'
import { facilitiesChanged } from '../../facilities/changed.ts'
import type { FactName } from '../../tier-rules/facts.ts'
import { retier } from '../../tiers/retier.ts'
import type { Feed } from '../rules.ts'
import type { RowFault } from '../store.ts'
import { enterClients } from './enter-clients.ts'
import { mergeFacts } from './facts-store.ts'
import {
  heldElsewhere,
  matchRows,
  mergeClients,
  mergeFacilities,
  type Part,
  renewCredit,
  unmatchedLines,
} from './store.ts'

interface Merging {
  readonly day: Day
  /** What is drawn on lines, which comes after all lines; or all else. */
  readonly drawings: boolean
  /** What the feed has columns of. */
  readonly fields: readonly string[]
}

/** What came of some rows. */
export interface Merged {
  /** How many clients came on file. */
  readonly entered: number
  /** How many clients changed. */
  readonly changed: number
  /** Lines of nobody on file. */
  readonly unmatched: readonly number[]
  /** Rows that were not taken, each with its reason. */
  readonly refused: readonly RowFault[]
}

/** Matches and merges some staged rows, with what follows from them. */
export async function mergePart(
  tx: Queries,
  services: Services,
  feed: Feed,
  part: Part,
  merging: Merging,
): Promise<Merged> {
  const at = services.moment()
  const { day, drawings } = merging
  if (feed === 'facts') {
    const facts = merging.fields as FactName[]
    const { changed, unmatched } = await mergeFacts(tx, part, facts, { day, now: at.now })
    await retier(tx, changed, at.today)
    return { entered: 0, changed: changed.length, unmatched, refused: [] }
  }
  // Of the second time through the same rows everything is known.
  if (!drawings) await matchRows(tx, part)
  if (feed === 'clients') {
    const { entered, refused } = await enterClients(tx, services, part)
    const changed = (await mergeClients(tx, part, at.now)).length
    return { entered, changed, unmatched: [], refused }
  }
  const unmatched = drawings ? [] : await unmatchedLines(tx, part)
  const { changed, same } = await mergeFacilities(tx, part, drawings, day, at.now)
  await facilitiesChanged(tx, changed, { staffId: null, actId: null, at, bank: services.bank })
  if (same.length > 0) await renewCredit(tx, same, day)
  const held = drawings ? await heldElsewhere(tx, part) : []
  const refused = held.map((line) => ({ line, because: HELD_ELSEWHERE }))
  return { entered: 0, changed: changed.length, unmatched, refused }
}

const HELD_ELSEWHERE = text(
  '账号在另一位客户名下，没有改动，请核对',
  'another client holds this account; it was left as it is, please check it',
)
