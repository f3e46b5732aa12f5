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

/** What is done with all parts before the next is done with any: lines come on file before what is drawn on them. */
export type Pass = 'facts' | 'lines' | 'drawings' | 'newcomers' | 'columns'
export const PASSES: Readonly<Record<Feed, readonly Pass[]>> = {
  facts: ['facts'],
  facilities: ['lines', 'drawings'],
  clients: ['newcomers', 'columns'],
}

interface Merging {
  readonly day: Day
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

const NOTHING: Merged = { entered: 0, changed: 0, unmatched: [], refused: [] }

/** Matches and merges some staged rows, with what follows from them. */
export async function mergePart(
  tx: Queries,
  services: Services,
  pass: Pass,
  part: Part,
  { day, fields }: Merging,
): Promise<Merged> {
  const at = services.moment()
  switch (pass) {
    case 'facts': {
      const { changed, unmatched } = await mergeFacts(tx, part, fields as FactName[], {
        ...{ day, now: at.now },
      })
      await retier(tx, changed, at.today)
      return { ...NOTHING, changed: changed.length, unmatched }
    }
    case 'newcomers':
      await matchRows(tx, part)
      return { ...NOTHING, ...(await enterClients(tx, services, part)) }
    case 'columns':
      return { ...NOTHING, changed: (await mergeClients(tx, part, at.now)).length }
    case 'lines':
      await matchRows(tx, part)
      return {
        ...NOTHING,
        unmatched: await unmatchedLines(tx, part),
        changed: await mergeSome(tx, services, part, { day, drawings: false }),
      }
    case 'drawings': {
      const changed = await mergeSome(tx, services, part, { day, drawings: true })
      const held = await heldElsewhere(tx, part)
      return {
        ...{ ...NOTHING, changed },
        refused: held.map((line) => ({ line, because: HELD_ELSEWHERE })),
      }
    }
  }
}

/** Merges facilities of a part, with what follows; resolves to how many clients changed. */
async function mergeSome(
  tx: Queries,
  { moment, bank }: Services,
  part: Part,
  { day, drawings }: { readonly day: Day; readonly drawings: boolean },
): Promise<number> {
  const at = moment()
  const { changed, same } = await mergeFacilities(tx, part, drawings, day, at.now)
  await facilitiesChanged(tx, changed, { staffId: null, actId: null, at, bank })
  if (same.length > 0) await renewCredit(tx, same, day)
  return changed.length
}

const HELD_ELSEWHERE = text(
  '账号在另一位客户名下，没有改动，请核对',
  'another client holds this account; it was left as it is, please check it',
)
